import { until } from '../browser/wait.js';
import { faultsIn, GRANT, pause, type Situation, type Stage, track } from './situation.js';
import { DENY, expectNothing, goAndComeBack, namesIn, refused, run, waitOnDisk } from './withdrawals.js';

/** Removes the id's cookie, on whichever domain the browser had taken it. */
const REMOVE_COOKIE = `location.hostname.split('.').forEach((_, at, labels) => {
  document.cookie = 'fr_id=;path=/;max-age=0;domain=' + labels.slice(at).join('.');
});`;

/** The page lies in the back/forward cache while another tab decides, and comes back to another id, or to none. */
export const returns: Situation[] = [
  {
    name: 'consent withdrawn in another tab while this page lies in the back/forward cache, the id in localStorage only',
    tracked: 10,
    async run(stage) {
      const { tab, visit } = stage;
      await tab.run(run(REMOVE_COOKIE));
      if (await tab.run('document.cookie')) throw new Error('the cookie is still there');
      await goAndComeBack(stage, async () => {
        const other = await visit('/other');
        await other.run(run(DENY));
        await other.close();
      });
      await tab.run(run(`if (window.isSame) { ${refused(10)} }`));
      await expectNothing(stage);
    },
  },
  {
    name: 'consent withdrawn and granted anew in another tab while events of pagehide wait in the back/forward cache',
    tracked: 10,
    browser: { firefoxPreferences: { 'fission.bfcacheInParent': true } },
    async run(stage) {
      const { tab, collector } = stage;
      const removed = await tab.run('filrouge.visitor().anonymousId');
      collector.mood = () => ({ kind: 'drop-before' });
      await tab.run(`void addEventListener('pagehide', () => { ${refused(5)} }, { once: true })`);
      await goAndComeBack(stage, () => withdrawAndGrant(stage));
      await expectOnlyNew(stage, removed);
    },
  },
  {
    name: 'consent withdrawn and granted anew in another tab while events wait on disk and in the back/forward cache',
    tracked: 10,
    browser: { firefoxPreferences: { 'fission.bfcacheInParent': true } },
    async run(stage) {
      const removed = await stage.tab.run('filrouge.visitor().anonymousId');
      stage.collector.mood = () => ({ kind: 'drop-before' });
      await waitOnDisk(stage);
      await goAndComeBack(stage, () => withdrawAndGrant(stage));
      await expectOnlyNew(stage, removed);
    },
  },
  {
    name: 'logout in another tab while events of pagehide wait in the back/forward cache, collector down',
    tracked: 20,
    extraCopies: 1,
    browser: { firefoxPreferences: { 'fission.bfcacheInParent': true } },
    async run(stage) {
      const { tab, collector, visit } = stage;
      collector.mood = () => ({ kind: 'drop-before' });
      await tab.run(`void addEventListener('pagehide', () => { ${track(10)} }, { once: true })`);
      await goAndComeBack(stage, async () => {
        const other = await visit('/other');
        await other.run('void filrouge.reset()');
        await other.close();
        collector.mood = () => ({ kind: 'ok' });
      });
      await tab.run(run(track(10)));
    },
  },
];

/** What another tab does while a page lies in the back/forward cache: it stays open, and the collector is well again. */
async function withdrawAndGrant({ visit, collector }: Stage): Promise<void> {
  const other = await visit('/other');
  await other.run(run(`${DENY} filrouge.consent(${GRANT})`));
  collector.mood = () => ({ kind: 'ok' });
}

/** What the page that came back tracks arrives, under another id than the one that was removed, and nothing that was refused. */
async function expectOnlyNew({ tab, collector }: Stage, removed: unknown): Promise<void> {
  await tab.run(run(track(10)));
  await until('the new events', () => namesIn(collector).filter((name) => name === 'Fault').length >= 10);
  // So long a page leaves to another one what that may have on its way.
  await pause(6000);
  if (namesIn(collector).includes('Refused')) throw new Error('an event was sent that was refused');
  if (faultsIn(collector).some(({ anonymousId }) => anonymousId === removed))
    throw new Error('under the id that was removed');
}
