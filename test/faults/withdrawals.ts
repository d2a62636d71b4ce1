import type { FaultyCollector } from '../browser/collector.js';
import { until } from '../browser/wait.js';
import type { Tab } from './engines/contract.js';
import { GRANT, inPopup, pause, runAndLeave, type Situation, type Stage, track } from './situation.js';

/** A script that takes consent back. */
export const DENY = `filrouge.consent({ analytics: 'denied', attribution: 'denied' });`;
/** Events that must never arrive: tracked after the withdrawal, or still waiting when it came. */
export const refused = (count: number) => track(count).replace('Fault', 'Refused');
/** A script as one expression. */
export const run = (script: string) => `(() => {${script}})()`;

const TRACES = `(async () => JSON.stringify({
  cookie: document.cookie, local: Object.keys(localStorage), session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(({ name }) => name),
}))()`;
const NOTHING = JSON.stringify({ cookie: '', local: [], session: [], databases: [] });

/** Consent is given late, and withdrawn at the worst moments: nothing more is sent, and nothing stays on the device. */
export const withdrawals: Situation[] = [
  {
    name: 'consent granted in one tab while two others hold 10 events each',
    tracked: 20,
    async run({ tab, session, site }) {
      const others = [await undecided(session, `${site.otherUrl}/a`), await undecided(session, `${site.otherUrl}/b`)];
      for (const other of others) await other.run(run(track(10)));
      await tab.go(`${site.otherUrl}/c`);
      await until('the tag', () => tab.run(LOADED));
      await tab.run(`void filrouge.consent(${GRANT})`);
    },
  },
  {
    name: 'consent given, used and withdrawn in one tick, on a device that was new',
    tracked: 10,
    async run(stage) {
      const { session, site } = stage;
      const tab = await undecided(session, `${site.otherUrl}/new`);
      await tab.run(run(`filrouge.consent(${GRANT}); ${refused(10)} ${DENY} ${refused(10)}`));
      await expectNothing(stage, site.otherUrl);
    },
  },
  {
    name: 'consent withdrawn in the tick of track()',
    tracked: 10,
    async run(stage) {
      await stage.tab.run(run(`${refused(10)} ${DENY} ${refused(10)}`));
      await expectNothing(stage);
    },
  },
  {
    name: 'consent withdrawn while a request is under way',
    tracked: 10,
    async run(stage) {
      const { tab, collector } = stage;
      collector.delayMs = 3000;
      await tab.run(run(track(1).replace('Fault', 'Before')));
      await until('the request', () => namesIn(collector).includes('Before'));
      await tab.run(run(`${DENY} ${refused(10)}`));
      await pause(3500);
      collector.delayMs = 0;
      await expectNothing(stage);
    },
  },
  {
    name: 'consent withdrawn while the collector is down and events wait on disk',
    tracked: 10,
    async run(stage) {
      await leaveOnDisk(stage);
      await stage.tab.run(run(`${DENY} ${refused(10)}`));
      await stage.collector.up();
      await expectNothing(stage);
    },
  },
  {
    name: 'consent withdrawn inside pagehide, page left for another origin, events waiting on disk',
    tracked: 10,
    async run(stage) {
      await leaveOnDisk(stage);
      await runAndLeave(
        stage.tab,
        `addEventListener('pagehide', () => { ${refused(5)} ${DENY} ${refused(5)} }); location.href = '${stage.site.otherUrl}/plain'`,
      );
      // Not before the page is gone: what leaves it a moment before the withdrawal was still granted.
      await until('the other page', () => stage.tab.run(`location.pathname === '/plain'`).catch(() => false));
      await pause(500);
      await stage.collector.up();
      await expectNothing(stage);
    },
  },
  {
    name: 'consent withdrawn inside pagehide, tab closed, events waiting on disk',
    tracked: 10,
    async run(stage) {
      const { tab, collector } = stage;
      await inPopup(tab, `addEventListener('pagehide', () => { ${refused(5)} ${DENY} ${refused(5)} })`);
      await leaveOnDisk(stage);
      await tab.run('void popup.close()');
      await until('the other tab to know', () => tab.run(`filrouge.consent().analytics === 'denied'`));
      await collector.up();
      await expectNothing(stage);
    },
  },
  {
    name: 'consent withdrawn after a return from the back/forward cache',
    tracked: 10,
    browser: { firefoxPreferences: { 'fission.bfcacheInParent': true } },
    async run(stage) {
      await goAndComeBack(stage, async () => {});
      await stage.tab.run(run(`${refused(5)} ${DENY} ${refused(5)}`));
      await expectNothing(stage);
    },
  },
  {
    name: 'consent withdrawn in another tab while this one sends',
    tracked: 10,
    async run(stage) {
      const { tab, visit, collector } = stage;
      const other = await visit('/other');
      collector.delayMs = 300;
      await tab.run(`void (window.sending = setInterval(() => filrouge.track('Before'), 20))`);
      await until('a request', () => namesIn(collector).includes('Before'));
      await other.run(run(DENY));
      await until('this tab to know', () => tab.run(`filrouge.consent().analytics === 'denied'`));
      await tab.run(run(`clearInterval(sending); ${refused(10)}`));
      await expectNothing(stage);
    },
  },
  {
    name: 'consent withdrawn in another tab while this page lies in the back/forward cache',
    tracked: 10,
    async run(stage) {
      await goAndComeBack(stage, async () => {
        const other = await stage.visit('/other');
        await other.run(run(DENY));
        await other.close();
      });
      // A page that was loaded anew waits for a decision of its own.
      await stage.tab.run(run(`if (window.isSame) { ${refused(10)} }`));
      await expectNothing(stage);
    },
  },
];

const LOADED = '!!(window.filrouge && filrouge.track && !filrouge.q)';

/** A page on which nobody has decided yet. */
async function undecided(session: Stage['session'], url: string): Promise<Tab> {
  const tab = await session.open(url);
  await until('the tag', () => tab.run(LOADED));
  return tab;
}

/** The collector goes down, and events wait on disk that must not arrive. */
async function leaveOnDisk(stage: Stage): Promise<void> {
  await stage.collector.down();
  await waitOnDisk(stage);
}

/** While the collector fails: events that must not arrive, on disk. */
export async function waitOnDisk({ tab }: Stage): Promise<void> {
  await tab.run(run(refused(20)));
  await until('the events on disk', () =>
    tab.run(`indexedDB.databases().then(([{ name }]) => new Promise((done) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => {
        const { result } = request;
        const counting = result.transaction('events').objectStore('events').count();
        counting.onsuccess = () => { result.close(); done(counting.result >= 20) };
      };
    }))`),
  );
}

/** Leaves the page, has something happen meanwhile, and comes back to it. */
export async function goAndComeBack({ tab, site }: Stage, meanwhile: () => Promise<void>): Promise<void> {
  await tab.run(`void (window.isSame = true)`);
  await tab.go(`${site.url}/plain`);
  await meanwhile();
  await tab.run('void history.back()').catch(() => {});
  await until('the page again', () => tab.run(LOADED).catch(() => false));
}

/** Nothing is on the device; a new consent begins anew, and what was refused never comes. */
export async function expectNothing({ session, site, collector, engine }: Stage, at = site.url): Promise<void> {
  const plain = await session.open(`${at}/plain`);
  let left: unknown;
  await until('nothing on the device', async () => {
    left = await plain.run(TRACES);
    return left === NOTHING;
  }).catch(() => {
    throw new Error(`${engine.name} still has ${left}`);
  });
  await plain.go(`${at}/anew`);
  await until('the tag', () => plain.run(LOADED));
  await plain.run(run(`filrouge.consent(${GRANT}); ${track(10)}`));
  await until('the new events', () => namesIn(collector).filter((name) => name === 'Fault').length >= 10);
  await pause(1000);
  if (namesIn(collector).includes('Refused')) throw new Error('an event was sent that was refused');
}

/** Names of all events that reached the collector, copies included. */
export function namesIn({ requests }: FaultyCollector): string[] {
  return requests.flatMap(({ events }) => events.map(({ event }) => event ?? ''));
}
