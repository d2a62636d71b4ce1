import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type FaultyCollector, startCollector } from '../browser/collector.js';
import { type Site, startSite } from '../browser/site.js';
import { until } from '../browser/wait.js';
import { launchChromium } from '../browsers.js';

let browser: Browser;
let context: BrowserContext;
let collector: FaultyCollector;
let site: Site | undefined;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  collector = await startCollector();
  context = await browser.newContext();
});
afterEach(async () => {
  await context.close();
  await site?.close();
  await collector.close();
});

async function visit(consent: string) {
  site = await startSite({ collectorUrl: collector.url, capture: ['pages'], consent });
  const page = await context.newPage();
  await page.goto(site.url);
  return page;
}

const preferences = () => collector.received[0]?.context?.consent?.categoryPreferences;

it('loads the named platforms beside the tag and takes the strictest answer', async () => {
  await context.addInitScript(() => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
  await visit('gpc granted');
  await until('the page view', () => collector.received.length);
  expect(preferences()).toEqual({ analytics: true, attribution: false, personalization: true, advertising: false });
});

it('grants all where nobody objects', async () => {
  await visit('gpc granted');
  await until('the page view', () => collector.received.length);
  expect(preferences()).toEqual({ analytics: true, attribution: true, personalization: true, advertising: true });
});

it('stays silent where the platform is unknown or has not spoken', async () => {
  const page = await visit('klaro');
  await page.waitForFunction(() => window.filrouge && !('q' in window.filrouge));
  await page.goto(`${site?.url}/second`);
  await page.waitForFunction(() => window.filrouge && !('q' in window.filrouge));
  expect(collector.requests).toEqual([]);
  expect(await page.evaluate(() => document.cookie + Object.keys(localStorage).join())).toBe('');
});

it('grants nothing and throws nothing where the map is no JSON, and says so', async () => {
  const attributes = `src="${collector.url}/filrouge.js" data-write-key="wk" data-consent="gpc granted" data-consent-map="{x"`;
  site = await startSite({ collectorUrl: collector.url, pages: { '/plain': `<script async ${attributes}></script>` } });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  const warned = page.waitForEvent('console', (message) => message.text().includes('filrouge'));
  await page.goto(`${site.url}/plain`);
  expect((await warned).text()).toContain('JSON');
  await page.evaluate(() => window.filrouge?.track?.('Still here'));
  expect([errors, collector.requests]).toEqual([[], []]);
});
