import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from '../browsers.js';
import { startTlsFront, type TlsFront } from '../faults/tls-front.js';
import { serve, type TestServer } from '../server/serve.js';
import { type Site, startSite } from './site.js';
import { until } from './wait.js';

const DAY_SECONDS = 86_400;
let browser: Browser;
let site: Site;
let server: TestServer;
let fronts: TlsFront[];

beforeAll(async () => {
  // Two hosts of one registrable domain, over TLS as in life: www.shop.example and c.shop.example.
  const args = [...CHROMIUM_FLAGS, '--host-resolver-rules=MAP *.shop.example 127.0.0.1'];
  browser = await chromium.launch({ executablePath: findChromium(), args });
});
afterAll(() => browser.close());

const named = (front: TlsFront, host: string) => front.url.replace('127.0.0.1', `${host}.shop.example`);
let shop: string;
let collector: string;

beforeEach(async () => {
  site = await startSite({ collectorUrl: 'https://c.shop.example', pages: {} });
  const front = await startTlsFront(Number(new URL(site.url).port));
  shop = named(front, 'www');
  server = await serve({ origins: [shop], privacy: { cookieDomain: 'shop.example' } });
  const behind = await startTlsFront(server.port);
  collector = named(behind, 'c');
  fronts = [front, behind];
});
afterEach(async () => {
  for (const front of fronts) await front.close();
  await server.remove();
  await site.close();
});

/** Opens the shop with a tracker, as its owner built it. */
async function open(page: Page, collectorCode: string): Promise<void> {
  await page.goto(`${shop}/plain`);
  await page.evaluate(`(async () => {
    const { createTracker } = await import('/dist/index.js');
    const { segment } = await import('/dist/collectors/segment.js');
    const { renewing } = await import('/dist/collectors/renewing.js');
    window.tracker = createTracker({ collectors: [${collectorCode}] });
    tracker.consent({ analytics: 'granted' });
    tracker.page();
    await tracker.flush();
  })()`);
}
const segment = () => `segment({ url: '${collector}', writeKey: 'wk' })`;

async function visitor() {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  const page = await context.newPage();
  const cookies: (string | undefined)[] = [];
  page.on('requestfinished', async (request) => {
    if (request.url().endsWith('/v1/batch')) cookies.push((await request.allHeaders()).cookie);
  });
  const known = async () => (await context.cookies()).filter(({ name }) => name === 'fr_id');
  /** As Safari would: what a script wrote ends after 7 days. */
  const cut = async () => {
    const [cookie] = await known();
    const expires = Math.floor(Date.now() / 1000) + 7 * DAY_SECONDS;
    if (cookie) await context.addCookies([{ ...cookie, expires }]);
  };
  const days = async () => (((await known())[0]?.expires ?? 0) - Date.now() / 1000) / DAY_SECONDS;
  return { context, page, cookies, known, cut, days };
}

it('gives the id cookie its 13 months back, and leaves it gone after a withdrawal', async () => {
  const { context, page, cookies, known, cut, days } = await visitor();
  await open(page, `renewing(${segment()})`);
  await until('the first request', () => cookies.length === 1);
  const [first] = await known();
  await cut();
  expect(Math.round(await days())).toBe(7);
  await open(page, `renewing(${segment()})`);
  await until('the cookie renewed', async () => (await days()) > 300);
  // One cookie, the same id, still the script's to read.
  expect(await known()).toEqual([{ ...first, expires: expect.any(Number) }]);
  expect(await page.evaluate('document.cookie')).toBe(`fr_id=${first?.value}`);
  // One request of each page is enough.
  await page.evaluate("tracker.track('Again'), tracker.flush()");
  await until('the third request', () => cookies.length === 3);
  expect(cookies).toEqual([`fr_id=${first?.value}`, `fr_id=${first?.value}`, undefined]);
  await page.evaluate('tracker.forget()');
  await until('the withdrawal', () => cookies.length === 4);
  expect(await known()).toEqual([]);
  await context.close();
});

it('sends no cookie where the owner did not ask for it', async () => {
  const { context, page, cookies, cut, days } = await visitor();
  await open(page, segment());
  await cut();
  await open(page, segment());
  await until('both requests', () => cookies.length === 2);
  expect(cookies).toEqual([undefined, undefined]);
  expect(Math.round(await days())).toBe(7);
  await context.close();
});
