import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../browsers.js';
import { serve, type TestServer } from '../server/serve.js';

const BUNDLES = join(
  dirname(createRequire(import.meta.url).resolve('@segment/analytics-next/package.json')),
  'dist/umd',
);

/** What the page's own script uses of analytics-next. */
interface AnalyticsNext {
  AnalyticsBrowser: {
    load(settings: object, options: object): Promise<[Record<string, (...args: unknown[]) => Promise<unknown>>]>;
  };
}

let site: Server;
let siteUrl: string;
let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  site = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const page = '<!doctype html><title>A shop</title><script src="/index.js"></script>';
    if (!pathname.endsWith('.js')) return void response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    readFile(join(BUNDLES, basename(pathname))).then(
      (script) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(script),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  site.closeAllConnections();
  site.close();
});

beforeEach(async () => {
  server = await serve({ origins: [siteUrl] });
});
afterEach(() => server.remove());

/** Runs every call of the real browser client on a page that was reached by a campaign link. */
async function callEverything(page: Page, deliveryStrategy: object): Promise<void> {
  await page.goto(`${siteUrl}/cart?utm_source=google&utm_medium=cpc&utm_campaign=spring&utm_id=7`);
  await page.evaluate(
    async ({ apiHost, deliveryStrategy }) => {
      const { AnalyticsNext } = globalThis as unknown as { AnalyticsNext: AnalyticsNext };
      const destination = { apiKey: 'wk', apiHost, protocol: 'http', deliveryStrategy };
      const [analytics] = await AnalyticsNext.AnalyticsBrowser.load(
        { writeKey: 'wk', cdnSettings: { integrations: { 'Segment.io': destination } } },
        { integrations: { 'Segment.io': destination } },
      );
      await Promise.all([
        analytics.page?.('Shop', 'Cart'),
        analytics.track?.('Order Completed', { order_id: 'o1', total: 20 }),
        analytics.identify?.('ann', { plan: 'pro' }),
        analytics.group?.('acme', { name: 'Acme' }),
        analytics.screen?.('Home'),
        analytics.alias?.('ann', 'old-id'),
      ]);
    },
    { apiHost: `${server.url.replace('http://', '')}/v1`, deliveryStrategy },
  );
}

describe.each([
  ['one by one', { strategy: 'standard' }, 6],
  ['in batches', { strategy: 'batching', config: { size: 6, timeout: 100 } }, 1],
])('@segment/analytics-next in Chromium, %s', (_, deliveryStrategy, requests) => {
  it('every call arrives, with ids, campaign and time right', async () => {
    const page = await browser.newPage();
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.url().startsWith(server.url) && request.method() === 'POST') sent.push(request.url());
    });
    const startedAt = Date.now();
    await callEverything(page, deliveryStrategy);
    await expect.poll(async () => (await server.events()).length, { timeout: 20_000 }).toBe(6);
    expect(sent).toHaveLength(requests);

    const events = new Map((await server.events()).map((event) => [event.type, event]));
    const anonymousId = events.get('page')?.anonymousId;
    expect(anonymousId).toMatch(/^[0-9a-f-]{36}$/);
    expect(Object.fromEntries(events)).toMatchObject({
      page: { name: 'Cart', category: 'Shop', anonymousId },
      track: { event: 'Order Completed', properties: { order_id: 'o1', total: 20 }, anonymousId },
      identify: { userId: 'ann', traits: { plan: 'pro' }, anonymousId },
      group: { groupId: 'acme', traits: { name: 'Acme' }, anonymousId },
      screen: { name: 'Home', anonymousId },
      alias: { userId: 'ann', previousId: 'old-id' },
    });
    for (const { context, timestamp, originalTimestamp } of events.values()) {
      expect(context?.campaign).toEqual({ source: 'google', medium: 'cpc', name: 'spring', id: '7' });
      expect(context?.page?.path).toBe('/cart');
      expect(timestamp).toBe(originalTimestamp);
      expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(startedAt - 1);
      expect(Date.parse(timestamp)).toBeLessThanOrEqual(Date.now());
    }
    await page.close();
  });
});
