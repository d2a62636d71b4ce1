import { afterEach, beforeEach, expect, it } from 'vitest';
import { launchChromium } from '../browsers.js';
import { type FaultyCollector, startCollector } from './collector.js';
import { type Site, startSite } from './site.js';
import { until } from './wait.js';

/** What Prototype 1.6 and MooTools 1.4 do to every page, as their sources have it, and what browsers of early 2024 lack. */
const PATCHES = `
  Array.prototype.toJSON = function () { return '[' + this.map(function (x) { return JSON.stringify(x) }).join(', ') + ']' };
  Object.keys = function (object) { var keys = []; for (var key in object) keys.push(key); return keys };
  Array.from = function (item) { return item == null ? [] : [].slice.call(item) };
  delete AbortSignal.any;`;

let collector: FaultyCollector;
let site: Site;

beforeEach(async () => {
  collector = await startCollector();
  const page = `<script>${PATCHES}</script><form id="f" onsubmit="return false"><input name="mail"><button></button></form>`;
  const pages = { '/': page, '/next': page };
  site = await startSite({ collectorUrl: collector.url, consent: 'manual', pages });
});
afterEach(async () => {
  await site.close();
  await collector.close();
});

it('keeps what was held and how the visitor came, and sends lists as lists, where an old library patched the page', async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const loaded = () => page.waitForFunction('window.filrouge && !("q" in window.filrouge)');
    const named = (name: string) => collector.received.find(({ event }) => event === name);
    await page.goto(`${site.url}/?utm_source=news`);
    await loaded();
    await page.evaluate(`filrouge.track('Held', { list: [1, { deep: [2] }] })`);
    await page.click('button');
    await page.evaluate(`filrouge.consent({ analytics: 'granted', attribution: 'granted' })`);
    await until('the held event', () => named('Held'));
    await page.goto(`${site.url}/next?utm_source=ads`);
    await loaded();
    await page.evaluate(`filrouge.track('Second')`);
    await until('the second page', () => named('Second'));
    expect(named('Held')?.properties).toEqual({ list: [1, { deep: [2] }] });
    expect(named('Form Submitted')?.properties?.fields).toEqual(['mail']);
    const touches = await page.evaluate('filrouge.visitor().touches.map(({ campaign }) => campaign.source)');
    expect(touches).toEqual(['news', 'ads']);
  } finally {
    await browser.close();
  }
});
