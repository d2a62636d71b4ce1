import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FaultyCollector, startCollector } from '../browser/collector.js';
import { type Site, startSite } from '../browser/site.js';
import { until } from '../browser/wait.js';
import { launchChromium } from '../browsers.js';

const template = readFileSync(new URL('../../demo/examples/gtm/template.tpl', import.meta.url), 'utf8');
const section = (name: string) => template.split(`___${name}___`)[1]?.split(/^___[A-Z_]+___$/m)[0] ?? '';

/**
 * A stand-in for Google Tag Manager's sandbox, made from its reference ("Custom template APIs"): values are copied when they
 * cross into the window, as there.
 */
const SANDBOX = `window.runTemplate = (data) => {
  const copy = (value) => value === undefined || typeof value === 'function' ? value : JSON.parse(JSON.stringify(value));
  const read = (path) => path.split('.').reduce((at, key) => at === undefined ? undefined : at[key], window);
  const write = (path, value) => { const keys = path.split('.'); const last = keys.pop(); read(['window', ...keys].join('.'))[last] = value; };
  const apis = {
    callInWindow: (path, ...args) => read(path)(...copy(args)),
    copyFromWindow: (path) => copy(read(path)),
    createQueue: (path) => { if (!Array.isArray(read(path))) write(path, []); return (entry) => read(path).push(copy(entry)); },
    getTimestampMillis: () => Date.now(),
    getUrl: () => location.href,
    readTitle: () => document.title,
    makeTableMap: (rows, key, value) => Object.fromEntries(rows.map((row) => [row[key], row[value]])),
    setInWindow: (path, value) => { write(path, copy(value)); return true; },
    injectScript: (url, done, failed) => document.head.append(Object.assign(document.createElement('script'), { src: url, onload: done, onerror: failed, async: true })),
  };
  return new Promise((resolve, reject) => {
    new Function('require', 'data', CODE)((name) => apis[name], { ...data, gtmOnSuccess: () => resolve('done'), gtmOnFailure: () => reject(new Error('failed')) });
  });
}`;

let browser: Browser;
let page: Page;
let collector: FaultyCollector;
let site: Site;

beforeAll(async () => {
  browser = await launchChromium();
  collector = await startCollector();
  site = await startSite({ collectorUrl: collector.url });
});
afterAll(async () => {
  await browser.close();
  await site.close();
  await collector.close();
});
beforeEach(async () => {
  page = await browser.newPage();
  await page.goto(`${site.url}/plain`);
  await page.evaluate(SANDBOX.replace('CODE', () => JSON.stringify(section('SANDBOXED_JS_FOR_WEB_TEMPLATE'))));
});

const run = (data: object) => page.evaluate(`runTemplate(${JSON.stringify(data)})`);

describe('the template for Google Tag Manager', () => {
  it('has sections that are JSON, and asks for no more globals than it uses', () => {
    for (const name of ['INFO', 'TEMPLATE_PARAMETERS', 'WEB_PERMISSIONS'])
      expect(() => JSON.parse(section(name)), name).not.toThrow();
    const code = section('SANDBOXED_JS_FOR_WEB_TEMPLATE');
    expect(code).not.toMatch(/\b(window|document|new|this|Promise)\b(?!')/);
    const asked = [...section('WEB_PERMISSIONS').matchAll(/"(filrouge[.\w]*)"/g)].map(([, key]) => key);
    expect(asked).toEqual(['filrouge', 'filrouge.q', 'filrouge.data', 'filrouge.track']);
  });

  it('starts the tag with its settings, and tells events from before and after it arrived', async () => {
    const properties = [{ name: 'product_id', value: 's1' }];
    await run({ action: 'track', event: 'Early', properties });
    const scriptUrl = `${collector.url}/filrouge.js`;
    expect(await run({ action: 'start', scriptUrl, writeKey: 'wk', capture: 'pages', consent: 'granted' })).toBe(
      'done',
    );
    await run({ action: 'track', event: 'Late', properties });
    await until('three events', () => collector.received.length >= 3);
    const told = collector.received.map(({ type, event }) => event ?? type);
    expect(told.sort()).toEqual(['Early', 'Late', 'page']);
    expect(collector.received.find(({ event }) => event === 'Early')?.properties).toEqual({ product_id: 's1' });
  });
});
