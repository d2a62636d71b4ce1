import { inPopup, pause, runAndLeave, type Situation, track, trackAndLeave } from './situation.js';

const DELAYS = [0, 150, 1000];

/** Leaving the page in the tick of `track()`, in every way a page can be left. */
export const exits: Situation[] = [
  ...DELAYS.flatMap((delayMs): Situation[] => [
    {
      name: `track 20, leave to another origin in the same tick, collector ${delayMs} ms away`,
      tracked: 20,
      extraCopies: 1,
      async run({ tab, site, collector }) {
        collector.delayMs = delayMs;
        await trackAndLeave(tab, site);
      },
    },
    {
      name: `track 20, close the tab at once, collector ${delayMs} ms away`,
      tracked: 20,
      extraCopies: 1,
      async run({ tab, collector }) {
        collector.delayMs = delayMs;
        await inPopup(tab, `${track(20)} window.close()`);
      },
    },
    {
      name: `track 20, go on within the site in the same tick, collector ${delayMs} ms away`,
      tracked: 20,
      extraCopies: 1,
      async run({ tab, collector }) {
        collector.delayMs = delayMs;
        await runAndLeave(tab, `${track(20)} location.href = '/next'`);
      },
    },
  ]),
  {
    name: 'location.replace through three pages, 5 events on each',
    tracked: 20,
    extraCopies: 4,
    pages: Object.fromEntries(
      [1, 2, 3].map((n) => [
        `/hop${n}`,
        `<script>addEventListener('load', () => { ${track(5)} location.replace('/${n < 3 ? `hop${n + 1}` : 'end'}') })</script>`,
      ]),
    ),
    run: ({ tab }) => runAndLeave(tab, `${track(5)} location.replace('/hop1')`),
  },
  {
    name: 'track 20, window.open, then close the opener',
    tracked: 20,
    extraCopies: 1,
    run: ({ tab }) => inPopup(tab, `${track(20)} window.open('/other'); window.close()`),
  },
  {
    name: 'track 20 in the submit handler of a form that posts',
    tracked: 20,
    extraCopies: 1,
    pages: {
      '/form': `<form method="post" action="/posted"><input name="a"><button>go</button></form><script>document.forms[0].addEventListener('submit', () => { ${track(20)} })</script>`,
    },
    async run({ visit }) {
      const tab = await visit('/form');
      await runAndLeave(tab, `document.querySelector('button').click()`);
    },
  },
  {
    name: 'track 20 in the click handler of a download',
    tracked: 20,
    pages: {
      '/load': `<a href="data:text/plain,x" download="x.txt">load</a><script>document.links[0].addEventListener('click', () => { ${track(20)} })</script>`,
    },
    async run({ visit }) {
      const tab = await visit('/load');
      await runAndLeave(tab, `document.links[0].click()`);
    },
  },
  {
    name: '50 events of 5 KB inside pagehide, page left for another origin, site opened again',
    tracked: 50,
    extraCopies: 1,
    async run({ tab, site, visit }) {
      await runAndLeave(
        tab,
        `addEventListener('pagehide', () => { ${track(50, 5000)} }); location.href = '${site.otherUrl}/plain'`,
      );
      await pause(500);
      await visit();
    },
  },
  {
    name: '50 events of 5 KB inside pagehide, tab closed, collector 150 ms away, site opened again',
    // Seen: 0 to 10 of 50 arrive there; also a plain localStorage.setItem in such a handler is gone.
    impossible: ({ name }) => (name === 'webkit' ? 'closing cuts off storage before pagehide runs' : undefined),
    tracked: 50,
    extraCopies: 1,
    async run({ tab, collector, visit }) {
      collector.delayMs = 150;
      await inPopup(tab, `addEventListener('pagehide', () => { ${track(50, 5000)} }); window.close()`);
      await pause(500);
      await visit();
    },
  },
  {
    name: 'track 20 after the page was hidden, then the tab is closed',
    tracked: 20,
    extraCopies: 1,
    run: ({ tab }) =>
      inPopup(
        tab,
        `Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
         document.dispatchEvent(new Event('visibilitychange', { bubbles: true })); ${track(20)} window.close()`,
      ),
  },
  {
    name: 'the tab is closed by the driver, 300 ms after track 20',
    tracked: 20,
    extraCopies: 1,
    async run({ visit }) {
      const tab = await visit('/closing');
      await tab.run(`(() => {${track(20)}})()`);
      await pause(300);
      await tab.close();
    },
  },
];
