import { until } from '../browser/wait.js';
import { GRANT, runAndLeave, type Situation, type Stage, track } from './situation.js';

const run = (count: number) => `(() => {${track(count)}})()`;

/** What a device does to its pages: storage without an answer, and clocks that jump. */
export const devices: Situation[] = [
  {
    name: 'a tab that ignores every sign holds the database open, a deletion waits behind it: the page stays',
    tracked: 20,
    async run({ tab, visit, session, site }) {
      await holdDatabase(await visit('/plain'));
      await tab.close();
      const late = await session.open(`${site.url}/late`);
      await until('the tag', () => late.run('!!(window.filrouge && filrouge.track && !filrouge.q)'));
      await late.run(`void filrouge.consent(${GRANT})`);
      await late.run(run(20));
    },
  },
  {
    name: 'the clock is set back by an hour while a retry waits',
    tracked: 20,
    async run({ tab, collector }) {
      let left = 1;
      collector.mood = () => (left-- > 0 ? { kind: 'status', status: 503, retryAfter: 1 } : { kind: 'ok' });
      await tab.run(run(20));
      await until('the failed request', () => collector.requests.some(({ events }) => events[0]?.event === 'Fault'));
      await tab.run(`(() => { const now = Date.now; Date.now = () => now.call(Date) - 3.6e6 })()`);
    },
  },
  {
    name: 'the clock jumps an hour ahead with a request under way, then the page is left',
    tracked: 40,
    extraCopies: 1,
    async run({ tab, collector, site }) {
      collector.delayMs = 3000;
      await tab.run(run(20));
      await until('the request', () => countFaults(collector));
      await runAndLeave(
        tab,
        `const now = Date.now; Date.now = () => now.call(Date) + 3.6e6; ${track(20)} location.href = '${site.otherUrl}/plain'`,
      );
    },
  },
];

function countFaults({ received }: Stage['collector']): number {
  return received.filter(({ event }) => event === 'Fault').length;
}

/** Opens the first database that is there and never lets it go; a deletion waits for it from then on. */
async function holdDatabase(tab: Stage['tab']): Promise<void> {
  await tab.run(`indexedDB.databases().then(([{ name }]) => new Promise((done) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => { window.held = request.result; indexedDB.deleteDatabase(name); done() };
  }))`);
}
