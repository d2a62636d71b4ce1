import { until } from '../browser/wait.js';
import { hide, needsProfile, pause, type Situation, tracking } from './situation.js';

/** The collector fails in every way, the browser is killed, the network goes. */
export const outages: Situation[] = [
  {
    name: 'collector refuses connections for 10 s, page stays, no further event',
    tracked: 100,
    async run({ tab, collector }) {
      await collector.down();
      await tab.run(tracking(100));
      await pause(10_000);
      await collector.up();
    },
  },
  ...[1000, 10_000].map(
    (ms): Situation => ({
      name: `collector down, browser SIGKILLed ${ms / 1000} s after track 100, restarted`,
      tracked: 100,
      impossible: needsProfile,
      async run({ tab, collector, session, restart }) {
        await collector.down();
        await tab.run(tracking(100));
        await pause(ms);
        await session.kill();
        await collector.up();
        await restart();
      },
    }),
  ),
  {
    name: 'offline, track 100, close the tab, back online, open the site again',
    tracked: 100,
    // The request of the closing tab may still arrive, where the network comes back before the browser gives it up; nobody
    // hears its answer.
    extraCopies: 1,
    async run({ visit, collector }) {
      const tab = await visit('/offline');
      if (tab.offline) await tab.offline(true);
      else await collector.down();
      await tab.run(tracking(100));
      await pause(200);
      await tab.close();
      if (!tab.offline) await collector.up();
      await visit();
    },
  },
  {
    name: '429 with Retry-After 5 for 10 s',
    tracked: 100,
    async run({ tab, collector }) {
      collector.mood = () => ({ kind: 'status', status: 429, retryAfter: 5 });
      await tab.run(tracking(100));
      await pause(10_000);
      collector.mood = () => ({ kind: 'ok' });
    },
  },
  {
    name: '503 with Retry-After 1 for the first 5 requests',
    tracked: 100,
    async run({ tab, collector }) {
      let left = 5;
      collector.mood = () => (left-- > 0 ? { kind: 'status', status: 503, retryAfter: 1 } : { kind: 'ok' });
      await tab.run(tracking(100));
    },
  },
  ...([500, 502, 408, 425] as const).map(
    (status): Situation => ({
      name: `${status} for the first 2 requests`,
      tracked: 20,
      async run({ tab, collector }) {
        let left = 2;
        collector.mood = () => (left-- > 0 ? { kind: 'status', status } : { kind: 'ok' });
        await tab.run(tracking(20));
      },
    }),
  ),
  {
    name: 'connection reset before the request is read, twice',
    tracked: 20,
    async run({ tab, collector }) {
      let left = 2;
      collector.mood = () => (left-- > 0 ? { kind: 'drop-before' } : { kind: 'ok' });
      await tab.run(tracking(20));
    },
  },
  {
    name: 'the connection is closed in good order after the request was read, without an answer, twice',
    tracked: 20,
    async run({ tab, collector }) {
      let left = 2;
      collector.mood = () => (left-- > 0 ? { kind: 'hang-up' } : { kind: 'ok' });
      await tab.run(tracking(20));
    },
  },
  {
    name: 'acknowledgement lost: connection reset after the events were taken',
    tracked: 20,
    extraCopies: 1,
    async run({ tab, collector }) {
      let left = 1;
      collector.mood = () => (left-- > 0 ? { kind: 'drop-after' } : { kind: 'ok' });
      await tab.run(tracking(20));
    },
  },
  {
    name: 'half an answer, then reset',
    tracked: 20,
    async run({ tab, collector }) {
      let left = 1;
      collector.mood = () => (left-- > 0 ? { kind: 'half-answer' } : { kind: 'ok' });
      await tab.run(tracking(20));
    },
  },
  {
    name: 'a captive portal answers 200 with HTML twice',
    tracked: 20,
    async run({ tab, collector }) {
      let left = 2;
      collector.mood = () =>
        left-- > 0 ? { kind: 'status', status: 200, type: 'text/html', body: '<h1>Log in</h1>' } : { kind: 'ok' };
      await tab.run(tracking(20));
    },
  },
  {
    name: '413 until batches have 10 events or fewer',
    tracked: 100,
    async run({ tab, collector }) {
      collector.moodFor = (events) => (events.length > 10 ? { kind: 'status', status: 413 } : { kind: 'ok' });
      await tab.run(tracking(100));
    },
  },
  {
    name: '401 (a wrong key), repaired before the next page',
    tracked: 20,
    async run({ tab, collector }) {
      collector.mood = () => ({ kind: 'status', status: 401 });
      await tab.run(tracking(20));
      await pause(2000);
      collector.mood = () => ({ kind: 'ok' });
      await tab.go(`${await tab.run('location.origin')}/after`);
    },
  },
  {
    name: 'three tabs tracking 30 each while the collector is down, then up',
    tracked: 90,
    async run({ tab, visit, collector }) {
      const tabs = [tab, await visit('/two'), await visit('/three')];
      await collector.down();
      for (const each of tabs) await each.run(tracking(30));
      await pause(3000);
      await collector.up();
    },
  },
  {
    name: '20 tabs at once, 10 events each',
    tracked: 200,
    async run({ visit }) {
      const tabs = [];
      for (let i = 0; i < 20; i++) tabs.push(await visit(`/tab${i}`));
      for (const each of tabs) await each.run(tracking(10));
    },
  },
  {
    name: 'the collector fails for 10 s while a hidden page tracks 40, one each 250 ms: no more than 12 requests, then it is shown',
    tracked: 40,
    async run({ tab, collector }) {
      collector.mood = () => ({ kind: 'status', status: 503 });
      await tab.run(hide(true));
      await tab.run(
        `void (window.ticks = 0, window.ticking = setInterval(() => { if (++ticks > 40) clearInterval(ticking); else filrouge.track('Fault') }, 250))`,
      );
      await until('all', () => tab.run('ticks > 40'));
      const attempts = collector.requests.filter(({ events }) => events.some(({ event }) => event === 'Fault')).length;
      if (attempts > 12) throw new Error(`${attempts} requests to a collector that fails`);
      collector.mood = () => ({ kind: 'ok' });
      await tab.run(hide(false));
    },
  },
  {
    name: 'burst of 5,000 with the collector down for 5 s',
    tracked: 5000,
    async run({ tab, collector }) {
      await collector.down();
      await tab.run(tracking(5000));
      await pause(5000);
      await collector.up();
    },
  },
];
