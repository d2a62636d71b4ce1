import { until } from '../browser/wait.js';
import {
  faultsIn,
  GRANT,
  pause,
  type Situation,
  type Stage,
  trackAndLeave,
  trackAndLeaveUnheard,
  tracking,
} from './situation.js';

/** The clock of the page, set by `window.clock` (ms ahead), before any other script reads it. */
const CLOCKED = `<script>
  window.clock = 0;
  const Real = Date;
  window.Date = class extends Real {
    constructor(...parts) { if (parts.length) super(...parts); else super(Real.now() + window.clock) }
    static now() { return Real.now() + window.clock }
  };
  window.isEarly = !!filrouge.q;
</script>`;
/** Such a page must not have begun with the real clock, where its tag was quicker. */
const setClock = (iso: string) =>
  `(() => { if (!window.isEarly) throw new Error('the tag was first'); window.clock = Date.parse('${iso}') - performance.timeOrigin - performance.now() })()`;

/** What a device does to its pages: storage that is missing or does not answer, sleep, lost networks, clocks and their zones. */
export const devices: Situation[] = [
  {
    name: 'the browser has no IndexedDB: track 20 and leave in the same tick, collector down, site opened again',
    tracked: 40,
    extraCopies: 1,
    pages: { '/bare': `<script>Object.defineProperty(window, 'indexedDB', { value: undefined })</script>` },
    async run(stage) {
      const { visit, collector } = stage;
      const tab = await visit('/bare');
      if (await tab.run('!!window.indexedDB')) throw new Error('there is one');
      await tab.run(tracking(20));
      await until('the first 20', () => faultsIn(collector).length >= 20);
      await trackAndLeaveUnheard(tab, stage);
      await visit('/bare');
    },
  },
  {
    name: 'a tab that ignores every sign holds the database open, a deletion waits behind it: the page stays',
    tracked: 20,
    async run({ tab, visit, session, site }) {
      await holdDatabase(await visit('/plain'));
      await tab.close();
      const late = await session.open(`${site.url}/late`);
      await until('the tag', () => late.run('!!(window.filrouge && filrouge.track && !filrouge.q)'));
      await late.run(`void filrouge.consent(${GRANT})`);
      await late.run(tracking(20));
    },
  },
  {
    name: 'the clock is set back by an hour while a retry waits',
    tracked: 20,
    async run({ tab, collector }) {
      let left = 1;
      collector.mood = () => (left-- > 0 ? { kind: 'status', status: 503, retryAfter: 1 } : { kind: 'ok' });
      await tab.run(tracking(20));
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
      await tab.run(tracking(20));
      await until('the request', () => faultsIn(collector).length);
      await trackAndLeave(tab, site, 'const now = Date.now; Date.now = () => now.call(Date) + 3.6e6;');
    },
  },
  {
    name: 'the clock stands at 2016 (an empty battery) while the collector is down, it is right again on the next page',
    tracked: 40,
    extraCopies: 1,
    pages: { '/empty': CLOCKED },
    async run(stage) {
      const { tab: first, visit, collector } = stage;
      const tab = await visit('/empty');
      // It has another clock, which the tabs of one device have not.
      await first.close();
      await tab.run(setClock('2016-01-01T00:00:00Z'));
      await tab.run(tracking(20));
      await until('the first 20', () => faultsIn(collector).length >= 20);
      await trackAndLeaveUnheard(tab, stage);
      await visit('/again');
    },
  },
  {
    name: 'summer time ends in the middle of a session',
    tracked: 20,
    browser: { timeZone: 'Europe/Paris' },
    pages: { '/night': CLOCKED },
    async run({ visit, collector }) {
      const tab = await visit('/night');
      const offset = 'new Date().getTimezoneOffset()';
      // In one go, because two seconds later it is winter.
      const before = await tab.run(`${setClock('2026-10-25T00:59:58Z')}, ${tracking(10)}, ${offset}`);
      if (before !== -120) throw new Error(`${before} is no summer time`);
      await until('winter time', async () => (await tab.run(offset)) === -60);
      await tab.run(tracking(10));
      await until('all', () => faultsIn(collector).length >= 20);
      expectOneJourney(collector);
    },
  },
  {
    name: 'the time zone changes while the page is open, twice',
    tracked: 30,
    impossible: ({ name }) => (name === 'webkit' ? 'the driver cannot set it' : undefined),
    async run({ tab, collector }) {
      for (const zone of ['America/New_York', 'Pacific/Kiritimati', 'Europe/Paris']) {
        await tab.timeZone?.(zone);
        await tab.run(tracking(10));
      }
      await until('all', () => faultsIn(collector).length >= 30);
      expectOneJourney(collector);
    },
  },
  {
    name: 'the network goes while a request is under way, and comes back after 3 s',
    tracked: 20,
    extraCopies: 1,
    async run({ tab, collector }) {
      collector.delayMs = 5000;
      await tab.run(tracking(20));
      await until('the request', () => faultsIn(collector).length);
      if (tab.offline) await tab.offline(true);
      else await collector.down();
      await pause(3000);
      collector.delayMs = 0;
      if (tab.offline) await tab.offline(false);
      else await collector.up();
    },
  },
  {
    name: 'the machine sleeps for 40 s with a request under way',
    tracked: 40,
    extraCopies: 1,
    async run({ tab, session, collector }) {
      collector.delayMs = 3000;
      await tab.run(tracking(20));
      await until('the request', () => faultsIn(collector).length);
      await session.sleep(40_000);
      collector.delayMs = 0;
      await tab.run(tracking(20));
    },
  },
];

/** In one session, and no event moved by an hour. */
function expectOneJourney(collector: Stage['collector']): void {
  const events = faultsIn(collector);
  const sessions = new Set(events.map(({ context }) => context?.filrouge?.session?.id));
  const times = events.map(({ timestamp }) => Date.parse(timestamp));
  if (sessions.size !== 1) throw new Error('it ended the session');
  if (Math.max(...times) - Math.min(...times) > 60_000) throw new Error('it moved the time of events');
}

/** Opens the first database that is there and never lets it go; a deletion waits for it from then on. */
async function holdDatabase(tab: Stage['tab']): Promise<void> {
  await tab.run(`indexedDB.databases().then(([{ name }]) => new Promise((done) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => { window.held = request.result; indexedDB.deleteDatabase(name); done() };
  }))`);
}
