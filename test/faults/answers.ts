import { until } from '../browser/wait.js';
import { faultsIn, needsProfile, pause, type Situation, track, tracking } from './situation.js';

/** Answers of collectors that are not ours, and what stands between: the events were taken all the same. */
const ODD: { status: number; body?: string; type?: string }[] = [
  { status: 202, body: '' },
  { status: 200, body: 'OK', type: 'text/plain' },
  { status: 200, body: 'null' },
  { status: 200, body: '[]' },
  { status: 200, body: '1' },
  { status: 200, body: '{"success":true,"rejected":0}' },
  { status: 200, body: '{"success":true,"rejected":{}}' },
  { status: 201, body: '{"success":true,"rejected":[null]}' },
  { status: 200, body: '\u0000\u0001', type: 'application/octet-stream' },
];

/** The collector answers, but not as one should: elsewhere, without trust, too late, for one event only. */
export const answers: Situation[] = [
  ...[307, 308].map(
    (status): Situation => ({
      name: `${status} to another address that takes the events`,
      tracked: 20,
      async run({ tab, collector }) {
        let isFirst = true;
        const location = `${collector.url.replace('127.0.0.1', 'localhost')}/v1/batch`;
        collector.mood = () => {
          const here = isFirst;
          isFirst = !isFirst;
          return here ? { kind: 'status', status, location } : { kind: 'ok' };
        };
        await tab.run(tracking(20));
      },
    }),
  ),
  ...[301, 302, 303].map(
    (status): Situation => ({
      // The browser makes a GET without the events of it (Fetch, "HTTP-redirect fetch").
      name: `${status} to a health page that answers 200, for the first 2 requests`,
      tracked: 20,
      async run({ tab, collector }) {
        let left = 2;
        const location = `${collector.url}/health`;
        collector.mood = () => (left-- > 0 ? { kind: 'status', status, location } : { kind: 'ok' });
        await tab.run(tracking(20));
      },
    }),
  ),
  {
    name: 'redirects in a circle for the first 2 requests',
    tracked: 20,
    async run({ tab, collector }) {
      const end = Date.now() + 1500;
      const location = `${collector.url}/v1/batch`;
      collector.mood = () => (Date.now() < end ? { kind: 'status', status: 307, location } : { kind: 'ok' });
      await tab.run(tracking(20));
    },
  },
  {
    name: "the collector's TLS breaks for 3 s",
    tracked: 20,
    tls: true,
    browser: { trustsAnyCertificate: true },
    async run({ tab, front }) {
      if (!front) throw new Error('no TLS front');
      front.broken = true;
      await tab.run(tracking(20));
      await pause(3000);
      front.broken = false;
    },
  },
  {
    name: 'a certificate that nobody vouches for, trusted after a restart',
    tracked: 20,
    tls: true,
    impossible: needsProfile,
    async run({ tab, session, restart }) {
      await tab.run(tracking(20));
      await pause(2000);
      await session.close();
      await restart({ trustsAnyCertificate: true });
    },
  },
  {
    name: 'the first answer takes 35 s, longer than we wait',
    tracked: 20,
    extraCopies: 1,
    async run({ tab, collector }) {
      collector.delayMs = 35_000;
      await tab.run(tracking(20));
      await pause(2000);
      collector.delayMs = 0;
    },
  },
  {
    name: '400 for every batch that holds one event of 20',
    tracked: 20,
    async run({ tab, collector }) {
      collector.moodFor = (events) =>
        events.some(({ event }) => event === 'Poison') ? { kind: 'status', status: 400 } : { kind: 'ok' };
      await tab.run(`(() => {${track(10)} filrouge.track('Poison'); ${track(10)}})()`);
    },
  },
  {
    name: 'answers are compressed (gzip)',
    tracked: 20,
    async run({ tab, collector }) {
      collector.mood = () => ({ kind: 'ok', gzip: true });
      await tab.run(tracking(20));
    },
  },
  {
    name: `the events are taken, the answers are odd in ${ODD.length} ways: empty, text, null, lists, no list of rejections`,
    tracked: ODD.length * 30,
    async run({ tab, collector }) {
      let next = 0;
      collector.mood = () => ({ kind: 'status', takes: true, ...(ODD[next++ % ODD.length] ?? { status: 200 }) });
      // Three to a request: those behind an answer that trips us would stay.
      await tab.run(tracking(ODD.length * 30, 15_000));
      await until('every answer', () => next >= ODD.length);
    },
  },
  {
    name: 'the body of the first answer never ends',
    tracked: 40,
    async run({ tab, collector }) {
      let left = 1;
      collector.mood = () => (left-- > 0 ? { kind: 'endless' } : { kind: 'ok' });
      await tab.run(tracking(20));
      const taken = () => faultsIn(collector).length;
      await until('the request', taken);
      await tab.run(tracking(20));
      // So long we wait for an answer, and then some.
      await until('the rest', () => taken() >= 40, 90_000);
    },
  },
];
