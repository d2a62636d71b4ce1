import { readFileSync } from 'node:fs';
import type { FaultyCollector } from '../browser/collector.js';
import type { Site } from '../browser/site.js';
import { until } from '../browser/wait.js';
import type { Engine } from './engines/contract.js';
import { faultsIn, GRANT, pause, runAndLeave, type Situation, track, trackAndLeave, tracking } from './situation.js';

const needsPrerender = ({ name }: Engine) => (name === 'chromium' ? undefined : 'the browser does not prerender');
const PRERENDERING = {
  '/host': `<script type="speculationrules">{"prerender":[{"urls":["/pre"],"eagerness":"immediate"}]}</script><a href="/pre">go</a>`,
  // Before the tag has loaded: its stub keeps the calls.
  '/pre': `<script>filrouge.consent(${GRANT}); ${track(20)}</script>`,
};
const WORKER = `addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));`;

const OURS = readFileSync(new URL('../../dist/filrouge-sw.js', import.meta.url), 'utf8');

/** Pages that are not simply shown, alone, in a window of their own: prerendered, framed, private, idle, under a worker. */
export const pages: Situation[] = [
  {
    name: 'a prerendered page tracks 20, then it is shown',
    tracked: 20,
    impossible: needsPrerender,
    pages: PRERENDERING,
    async run({ visit, site, collector }) {
      const tab = await visit('/host');
      await prerendered(site, collector);
      await tab.click('a');
      await until('the page view', () => viewsOf(collector, '/pre').length);
      const loads = site.requests.filter(({ path }) => path === '/pre').length;
      if (loads !== 1)
        throw new Error(`the page was loaded ${loads} times: it was not the prerendered one that was shown`);
      if (viewsOf(collector, '/pre').length !== 1) throw new Error('counted more than once');
    },
  },
  {
    name: 'a prerendered page tracks 20 and is never shown: nobody saw it, nothing is sent',
    tracked: 0,
    impossible: needsPrerender,
    pages: PRERENDERING,
    async run({ visit, site, collector }) {
      const tab = await visit('/host');
      await prerendered(site, collector);
      await tab.go(`${site.url}/away`);
      await pause(1500);
      if (viewsOf(collector, '/pre').length) throw new Error('a page view that nobody saw');
    },
  },
  {
    name: 'under a service worker that handles every request: track 20 and leave in the same tick',
    tracked: 20,
    extraCopies: 1,
    scripts: { '/worker.js': WORKER },
    async run({ visit, site, collector }) {
      const tab = await visit('/worked');
      await tab.run(
        `navigator.serviceWorker.register('/worker.js').then(() => navigator.serviceWorker.ready).then(() => {})`,
      );
      await until('the worker', () => tab.run('!!navigator.serviceWorker.controller'));
      collector.delayMs = 150;
      await trackAndLeave(tab, site);
    },
  },
  {
    name: 'filrouge-sw.js: collector down, track 50, close the tab, collector up, the visitor never returns',
    tracked: 50,
    extraCopies: 1,
    impossible: ({ name }) => (name === 'chromium' ? undefined : 'the browser has no Background Sync'),
    pages: { '/synced': '<script async src="/sw-of-the-page.js" data-worker="/worker.js"></script>' },
    scripts: { '/worker.js': OURS, '/sw-of-the-page.js': OURS },
    async run({ visit, tab, collector }) {
      const leaving = await visit('/synced');
      await leaving.run('navigator.serviceWorker.ready.then(() => {})');
      await tab.close();
      await collector.down();
      await leaving.run(tracking(50));
      await pause(300);
      await leaving.run('void window.close()').catch(() => {});
      await leaving.close().catch(() => {});
      // What was sent while closing has failed by then; the worker begins a few seconds later.
      await pause(1500);
      await collector.up();
    },
  },
  {
    name: 'iframe of another site with its own tag, removed when it has tracked',
    tracked: 20,
    extraCopies: 1,
    pages: {
      '/framed': `<script>onmessage = () => { filrouge.consent(${GRANT}); ${track(20)} parent.postMessage('done', '*') }</script>`,
    },
    async run({ tab, site }) {
      await tab.run(`new Promise((resolve) => {
        const frame = document.createElement('iframe'); frame.src = '${site.otherUrl}/framed'; document.body.append(frame);
        addEventListener('message', () => { frame.remove(); resolve() });
        frame.onload = () => setTimeout(() => frame.contentWindow.postMessage('go', '*'), 500);
      })`);
    },
  },
  {
    name: 'private mode: collector down, track 50, close the tab, collector up, open the site again',
    tracked: 50,
    extraCopies: 1,
    async run({ another, collector }) {
      const visit = await another({ isPrivate: true });
      await visit('/first');
      const tab = await visit('/private');
      await collector.down();
      await tab.run(tracking(50));
      await pause(300);
      await tab.close();
      await collector.up();
      await visit();
    },
  },
  {
    name: 'an hour of idle without a timer, then track 20',
    tracked: 30,
    pages: {
      '/idle': `<script>
        window.timers = new Set(); window.started = 0;
        const { setTimeout: start, clearTimeout: end } = window;
        // WebKit's driver sets timers of its own in the page.
        const isOurs = () => new Error().stack.includes('/filrouge.js');
        window.setTimeout = (work, ms, ...args) => { if (!isOurs()) return start(work, ms, ...args); started++; const id = start(() => { timers.delete(id); work(...args) }, ms); timers.add(id); return id };
        window.clearTimeout = (id) => { timers.delete(id); end(id) };
        window.setInterval = () => { throw new Error('an interval') };
      </script>`,
    },
    async run({ visit, collector }) {
      const tab = await visit('/idle');
      await tab.run(tracking(10));
      // A request or a look at the disk may still be under way where no timer is; what follows it comes within seconds.
      await until('an answer, and three seconds in which no timer is left or started', async () => {
        const before = await tab.run('started');
        await pause(3000);
        return faultsIn(collector).length && !(await tab.run('timers.size')) && before === (await tab.run('started'));
      });
      await tab.run(`(() => { const now = Date.now; Date.now = () => now() + 3.6e6; ${track(20)} })()`);
      await until('the rest', () => faultsIn(collector).length === 30);
      const sessions = faultsIn(collector).map(({ context }) => context?.filrouge?.session?.id);
      if (new Set(sessions).size !== 2) throw new Error('an hour later it is another session');
    },
  },
  ...(['wk', 'wk2'] as const).map(
    (key): Situation => ({
      name: `two trackers on a page, ${key === 'wk' ? 'with one queue' : 'each with its own queue'}, the page is left`,
      tracked: 40,
      extraCopies: 1,
      async run({ visit, site }) {
        const tab = await visit('/pair');
        await tab.run(`new Promise((done) => {
          window.first = window.filrouge; delete window.filrouge;
          const copy = document.createElement('script'); const { src, dataset } = document.querySelector('script[src]');
          Object.assign(copy.dataset, dataset, { writeKey: '${key}', capture: '' });
          copy.onload = done; copy.src = src; document.head.append(copy);
        }).then(() => void filrouge.consent(${GRANT}))`);
        await tab.run(`(() => { ${track(10)} ${track(10).replace('filrouge', 'first')} })()`);
        await pause(700);
        await runAndLeave(
          tab,
          `${track(10)} ${track(10).replace('filrouge', 'first')} location.href = '${site.otherUrl}/plain'`,
        );
      },
    }),
  ),
];

/** Waits until the page was prerendered, and sees that nothing was sent of it. */
async function prerendered(site: Site, collector: FaultyCollector): Promise<void> {
  const scripts = collector.scripts;
  await until('the prerendering', () =>
    site.requests.some(({ path, headers }) => path === '/pre' && `${headers['sec-purpose']}`.includes('prerender')),
  );
  await until('its tag', () => collector.scripts >= scripts);
  await pause(1500);
  if (faultsIn(collector).length) throw new Error('sent before anybody saw the page');
}

function viewsOf(collector: FaultyCollector, path: string): unknown[] {
  return collector.received.filter(({ type, context }) => type === 'page' && context?.page?.path === path);
}
