import { afterEach, beforeEach, expect, it } from 'vitest';
import { chromium } from '../faults/engines/chromium.js';
import type { Session, Tab } from '../faults/engines/contract.js';
import { firefox } from '../faults/engines/firefox.js';
import { webkit } from '../faults/engines/webkit.js';
import { freshDirectory } from '../files.js';
import { type FaultyCollector, startCollector } from './collector.js';
import { type Site, startSite } from './site.js';
import { until } from './wait.js';

/** `FAULTS_ENGINES=webkit` plays it there, too; the default is what CI has. */
const { FAULTS_ENGINES = 'chromium,firefox' } = process.env;
const engines = [chromium, firefox, webkit].filter(({ name }) => FAULTS_ENGINES.split(',').includes(name));

const CAPTURES = ['pages', 'links', 'forms', 'elements', 'engagement', 'vitals'];
/** Every method of the tracker with arguments that a page could give; a method that is missing here fails the test. */
const CALLS = {
  page: `'Docs', 'Home', { a: 1 }`,
  track: `'Order Completed', { total: 5 }`,
  identify: `'u1', { email: 'ann@shop.example' }`,
  group: `'g1', { plan: 'x' }`,
  alias: `'u2', 'u1'`,
  reset: '',
  visitor: '',
  flush: '',
  consent: `{ attribution: 'granted', advertising: 'granted' }`,
  stop: '',
  forget: '',
};
const MARKUP = `
  <a id="out" href="https://other.example/?x=1" target="_blank">out</a><a id="load" href="data:,x" download="x.pdf">load</a>
  <form id="form" action="#sent"><input name="email" value="ann@shop.example"><button id="send">send</button></form>
  <button id="buy" data-fr-event="Product Added" data-fr-price="5">buy</button>
  <p data-fr-event="Seen" data-fr-on="view">seen</p>
  <script>for (const id of ['out', 'form']) document.getElementById(id).addEventListener(id === 'out' ? 'click' : 'submit', (event) => event.preventDefault());</script>`;
const TRACES = `(async () => JSON.stringify({
  cookie: document.cookie, local: Object.keys(localStorage), session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(({ name }) => name), caches: globalThis.caches ? await caches.keys() : [],
}))()`;
const NOTHING = JSON.stringify({ cookie: '', local: [], session: [], databases: [], caches: [] });

let collector: FaultyCollector;
let site: Site;
let session: Session | undefined;
let profile: string;

beforeEach(async () => {
  profile = freshDirectory();
  collector = await startCollector();
  site = await startSite({
    collectorUrl: collector.url,
    capture: CAPTURES,
    // The stub has a method of its own, which no page calls.
    stub: false,
    pages: { '/a': MARKUP, '/b': MARKUP },
  });
});
afterEach(async () => {
  await session?.close().catch(() => session?.kill());
  await site.close();
  await collector.close();
});

async function ready(tab: Tab): Promise<void> {
  await until('the tag', () => tab.run('!!(window.filrouge && filrouge.track && !filrouge.q)'));
  // The captures that come in files of their own.
  const loaded = `performance.getEntriesByType('resource').filter(({ name }) => /filrouge-/.test(name)).length`;
  await until('the other captures', async () => Number(await tab.run(loaded)) >= 3);
}

it.each(engines)('leaves no trace in $name before consent, whatever is called and captured', async (engine) => {
  session = await engine.start(profile);
  const tab = await session.open(`${site.url}/a?utm_source=news&gclid=X1`);
  await ready(tab);
  const methods = String(await tab.run('Object.keys(filrouge).sort().join()')).split(',');
  expect(methods).toEqual(Object.keys(CALLS).sort());
  for (const id of ['out', 'load', 'send', 'buy']) await tab.run(`void document.getElementById('${id}').click()`);
  await tab.run(`void history.pushState({}, '', '/a/next?utm_medium=x'); void scrollTo(0, 1000)`);
  await tab.run(`void dispatchEvent(new Event('visibilitychange')); void dispatchEvent(new Event('pagehide'))`);
  for (const [method, args] of Object.entries(CALLS)) {
    if (method !== 'stop' && method !== 'forget') await tab.run(`void filrouge.${method}(${args})`);
  }
  expect(await tab.run(TRACES)).toBe(NOTHING);
  await tab.go(`${site.url}/b`);
  await ready(tab);
  await tab.run(`void filrouge.track('Again')`);
  expect(await tab.run(TRACES)).toBe(NOTHING);
  await tab.run(
    `void filrouge.forget(); void filrouge.track('Denied'); void filrouge.stop(); void filrouge.track('Stopped')`,
  );
  // What is not stored cannot be awaited: longer than a batch is gathered.
  await tab.run('new Promise((resolve) => setTimeout(resolve, 1000))');
  expect(await tab.run(TRACES)).toBe(NOTHING);
  expect(collector.requests).toEqual([]);
  // The same page does leave them once it may, so that the silence above means something.
  await tab.go(`${site.url}/a`);
  await ready(tab);
  await tab.run(`void filrouge.consent({ analytics: 'granted' })`);
  await until('an event', () => collector.requests.length);
  expect(await tab.run(TRACES)).not.toBe(NOTHING);
});
