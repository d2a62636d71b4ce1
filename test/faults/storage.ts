import { until } from '../browser/wait.js';
import { leaveQueue01 } from './frozen/queue-0.1.js';
import { GRANT, pause, type Situation, track, tracking } from './situation.js';

/** Storage that refuses, vanishes or is full; odd pages and clocks. */
export const storages: Situation[] = [
  {
    name: 'localStorage and IndexedDB both throw',
    tracked: 100,
    pages: {
      '/broken': `<script>
        for (const name of ['localStorage', 'indexedDB']) Object.defineProperty(window, name, { get() { throw new Error('denied') } });
      </script>`,
    },
    async run({ visit }) {
      const tab = await visit('/broken');
      await tab.run(tracking(100));
    },
  },
  {
    name: 'IndexedDB opens but every write fails',
    tracked: 50,
    pages: {
      '/nowrite': `<script>IDBObjectStore.prototype.put = function () { throw new DOMException('full', 'QuotaExceededError') }</script>`,
    },
    async run({ visit }) {
      const tab = await visit('/nowrite');
      await tab.run(tracking(50));
    },
  },
  {
    name: 'storage quota exceeded mid-way, collector down, then up',
    tracked: 60,
    pages: {
      '/quota': `<script>
        const put = IDBObjectStore.prototype.put; let left = 20;
        IDBObjectStore.prototype.put = function (...args) { if (left-- <= 0) throw new DOMException('full', 'QuotaExceededError'); return put.apply(this, args) };
      </script>`,
    },
    async run({ visit, collector }) {
      const tab = await visit('/quota');
      await collector.down();
      for (let i = 0; i < 3; i++) {
        await tab.run(tracking(20));
        await pause(50);
      }
      await pause(1500);
      await collector.up();
    },
  },
  {
    name: 'the browser itself runs out of quota mid-way (3 MB tracked, 1 MB allowed), collector down, then up',
    tracked: 300,
    impossible: ({ name }) => (name === 'webkit' ? 'the driver cannot set a quota' : undefined),
    browser: { quotaBytes: 1_000_000 },
    // The tag warns of what storage refuses.
    pages: {
      '/small': `<script>window.refused = ''; console.warn = (_, problem) => { refused += problem?.detail?.name }</script>`,
    },
    async run({ tab, site, collector }) {
      // Another origin: of this one Chromium has counted already what is free.
      await tab.go(`${site.otherUrl}/plain`);
      await tab.quota?.(1_000_000);
      await tab.go(`${site.otherUrl}/small`);
      await until('the tag', () => tab.run('!!(window.filrouge && filrouge.track && !filrouge.q)'));
      await tab.run(`void filrouge.consent(${GRANT})`);
      await collector.down();
      for (let i = 0; i < 30; i++) {
        await tab.run(tracking(10, 10_000));
        await pause(20);
      }
      await until('a write that the quota refuses', () => tab.run(`refused.includes('Quota')`));
      await collector.up();
    },
  },
  {
    name: 'the database is deleted by another tab while events wait',
    tracked: 50,
    async run({ tab, visit, collector }) {
      await collector.down();
      await tab.run(tracking(50));
      const other = await visit('/plain');
      await other.run(`indexedDB.databases().then((all) => Promise.all(all.map(({ name }) => new Promise((done) => {
        const request = indexedDB.deleteDatabase(name); request.onsuccess = request.onerror = request.onblocked = done;
      }))))`);
      await collector.up();
    },
  },
  {
    name: 'another tab upgrades the database under us, tracking goes on',
    tracked: 50,
    async run({ tab, visit }) {
      const other = await visit('/plain');
      await other.run(`indexedDB.databases().then((all) => Promise.all(all.map(({ name, version }) => new Promise((done) => {
        const request = indexedDB.open(name, version + 1); request.onsuccess = request.onerror = request.onblocked = done;
      }))))`);
      await tab.run(tracking(50));
    },
  },
  {
    name: 'the SDK is upgraded: 9,000 events on disk and 500 in the journal, as the previous version left them',
    tracked: 9500,
    async run({ tab, site, collector }) {
      // Another origin, on which this version has never run.
      await tab.go(`${site.otherUrl}/plain`);
      await tab.run(leaveQueue01({ collectorUrl: collector.url, writeKey: 'wk', saved: 9000, journaled: 500 }));
      await tab.go(`${site.otherUrl}/upgraded`);
      await until('the tag', () => tab.run('!!(window.filrouge && filrouge.track && !filrouge.q)'));
      await tab.run(`void filrouge.consent(${GRANT})`);
    },
  },
  {
    name: 'device clock set back an hour, then forward a day',
    tracked: 30,
    async run({ tab }) {
      await tab.run(tracking(10));
      await tab.run(
        `(() => { const now = Date.now; Date.now = () => now() - 3.6e6; ${track(10)} Date.now = () => now() + 8.64e7; ${track(10)} })()`,
      );
    },
  },
  {
    name: 'same-origin iframe with its own tag, removed in the tick of track()',
    tracked: 40,
    extraCopies: 1,
    async run({ tab }) {
      await tab.run(`new Promise((resolve) => {
        const frame = document.createElement('iframe'); frame.src = '/frame'; document.body.append(frame);
        const timer = setInterval(() => {
          const inner = frame.contentWindow; if (!inner.filrouge?.track || inner.filrouge.q) return;
          clearInterval(timer); inner.eval(${JSON.stringify(track(20))}); frame.remove(); ${track(20)} resolve();
        }, 50);
      })`);
    },
  },
  {
    name: 'page out to the back/forward cache and back in',
    tracked: 20,
    extraCopies: 1,
    async run({ tab, collector }) {
      await tab.run(tracking(10));
      await tab.go(`${(await tab.run('location.origin')) as string}/away`);
      collector.delayMs = 0;
      await tab.run('void history.back()').catch(() => {});
      await pause(1500);
      await tab.run(tracking(10));
    },
  },
  {
    name: 'mobile-style freeze after track, then the tab is closed',
    tracked: 20,
    extraCopies: 1,
    impossible: ({ name }) => (name === 'chromium' ? undefined : 'the driver cannot freeze a page'),
    async run({ visit }) {
      const tab = await visit('/freeze');
      await tab.run(tracking(20));
      await tab.freeze?.();
      await pause(500);
      await tab.close();
      await visit();
    },
  },
  {
    name: 'the tab crashes after track, site opened again',
    tracked: 20,
    extraCopies: 1,
    impossible: ({ name }) => (name === 'webkit' ? 'its driver ends its session with the page' : undefined),
    async run({ visit, collector }) {
      const tab = await visit('/crash');
      await collector.down();
      await tab.run(tracking(20));
      await pause(100);
      await tab.crash?.();
      await collector.up();
      await visit();
    },
  },
  {
    name: 'the page is discarded after track, site opened again',
    tracked: 20,
    extraCopies: 1,
    browser: { takesExtensions: true },
    impossible: ({ name }) => (name === 'webkit' ? 'the browser discards no pages' : undefined),
    async run({ visit, collector }) {
      const tab = await visit('/discard');
      await collector.down();
      await tab.run(tracking(20));
      await pause(100);
      await tab.discard?.();
      await collector.up();
      await visit();
    },
  },
  {
    name: 'the tag mounted twice on the page',
    tracked: 10,
    async run({ visit, collector }) {
      const tab = await visit('/twice');
      await tab.run(
        `new Promise((done) => { const copy = document.createElement('script'); for (const { name, value } of document.querySelector('script[src]').attributes) copy.setAttribute(name, value); copy.onload = done; document.head.append(copy) })`,
      );
      await tab.run(tracking(10));
      const views = () =>
        collector.received.filter(({ type, context }) => type === 'page' && context?.page?.path === '/twice');
      await pause(1500);
      if (views().length !== 1) throw new Error(`${views().length} page views of one page`);
    },
  },
  {
    name: 'an event of 100 KB between others is refused, counted, and costs no neighbour',
    tracked: 10,
    async run({ tab, collector }) {
      await tab.run(`(() => { filrouge.track('Giant', { text: 'x'.repeat(100000) }); ${track(10)} })()`);
      await pause(1500);
      if (collector.received.some(({ event }) => event === 'Giant')) throw new Error('the giant event was sent');
    },
  },
];
