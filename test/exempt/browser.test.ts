import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Audience } from '../../src/exempt/audience.js';
import { type Site, startSite } from '../browser/site.js';
import { grant, loaded, NO_TRACE, traces } from '../browser/visitor.js';
import { until } from '../browser/wait.js';
import { launchChromium } from '../browsers.js';
import { serve, type TestServer } from '../server/serve.js';

declare global {
  interface Window {
    audience: Audience;
    filrougeAudience?: Audience;
  }
}

let browser: Browser;
let server: TestServer;
let site: Site;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  server = await serve({ origins: '*', tagDirectory: new URL('../../dist/', import.meta.url) });
  const script = (options: string) => `<script type="module">
    import { createAudience } from '/dist/exempt/audience.js';
    import { pages } from '/dist/capture/pages.js';
    window.audience = createAudience({ url: '${server.url}', writeKey: 'wk', capture: [pages()], ${options} });
  </script>`;
  site = await startSite({
    collectorUrl: server.url,
    pages: {
      '/plain': script(''),
      '/orders/1002345': script(''),
      '/tagged': `<script async src="${server.url}/filrouge-audience.js" data-write-key="wk" data-unless-consented></script>`,
      '/consented': script("unless: () => window.consented === 'granted'"),
      '/members/ann-smith': script("path: ({ pathname }) => pathname.replace(/[^/]+$/, ':name')"),
    },
  });
});
afterEach(async () => {
  await site.close();
  await server.remove();
});

/** A visitor of their own, with everything that they sent to the receiver. */
async function visit(path: string, options: BrowserContextOptions = {}): Promise<{ page: Page; sent: Request[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const sent: Request[] = [];
  page.on('request', (request) => request.url().startsWith(`${server.url}/v1`) && sent.push(request));
  await page.goto(site.url + path);
  await page.waitForFunction(() => 'audience' in window || 'filrougeAudience' in window);
  return { page, sent };
}
const bodies = (sent: Request[]) => sent.map((request) => request.postData());
const counted = async (by: string) =>
  (await (await server.admin(`/v1/reports/audience?by=${by}`)).json()) as {
    totals: { views: number; entries: number };
  };
const views = async () => (await counted('day')).totals.views;

it('asks once a page view, stores nothing, and says the same for any visitor', async () => {
  const first = await visit('/plain?utm_source=mail&gclid=one&user=ann#ann');
  const second = await visit('/plain?utm_source=news&gclid=two&user=bob#bob', {
    userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1',
    locale: 'fr-FR',
    timezoneId: 'Pacific/Auckland',
    viewport: { width: 390, height: 844 },
  });
  for (const { page, sent } of [first, second]) {
    await page.evaluate(() => history.pushState({}, '', '/plain/red-shoes?size=42'));
    await until('both views', () => sent.length === 2);
    expect(await traces(page)).toEqual(NO_TRACE);
    expect(await page.context().cookies()).toEqual([]);
  }
  expect(bodies(first.sent)).toEqual([
    '{"v":1,"writeKey":"wk","path":"/plain","from":"","campaign":true}',
    '{"v":1,"writeKey":"wk","path":"/plain/red-shoes"}',
  ]);
  expect(bodies(second.sent)).toEqual(bodies(first.sent));
  for (const request of [...first.sent, ...second.sent]) {
    const headers = await request.allHeaders();
    expect(request.method()).toBe('POST');
    expect([headers.cookie, headers['content-type']]).toEqual([undefined, 'text/plain;charset=UTF-8']);
    // Neither page nor query; the origin is needed for CORS.
    expect(headers.referer).toBe(`${site.url}/`);
  }
  await until('four counted views', async () => (await views()) === 4);
  expect((await counted('day')).totals).toEqual({ views: 4, entries: 2 });
  await first.page.context().close();
  await second.page.context().close();
});

it('does not count a reload as a new visit, and masks what is about one person', async () => {
  const { page, sent } = await visit('/orders/1002345');
  await until('a view', () => sent.length === 1);
  await page.reload();
  await until('another', () => sent.length === 2);
  expect(bodies(sent)).toEqual([
    '{"v":1,"writeKey":"wk","path":"/orders/*","from":""}',
    '{"v":1,"writeKey":"wk","path":"/orders/*"}',
  ]);
  const mapped = await visit('/members/ann-smith');
  await until('a mapped view', () => mapped.sent.length === 1);
  expect(bodies(mapped.sent)[0]).toContain('"path":"/members/:name"');
  await mapped.page.context().close();
  await page.context().close();
});

it('falls silent once the visitor objects, on later pages too, until they take it back', async () => {
  const { page, sent } = await visit('/plain');
  await until('a counted view', async () => (await views()) === 1);
  await page.evaluate(() => window.audience.optOut());
  await page.evaluate(() => history.pushState({}, '', '/plain/more'));
  await page.goto(`${site.url}/plain`);
  await page.waitForFunction(() => window.audience?.hasOptedOut());
  // All that the device keeps is the visitor's own word, the same for everybody.
  expect(await traces(page)).toEqual({ ...NO_TRACE, cookie: 'fr_no_audience=1' });
  await page.evaluate(() => window.audience.optIn());
  expect(await traces(page)).toEqual(NO_TRACE);
  await page.evaluate(() => window.audience.view());
  await until('a view again', () => sent.length === 2);
  await until('two counted views', async () => (await views()) === 2);
  await page.context().close();
});

it('leaves visitors who consented to the tracker, where the owner wants it so', async () => {
  const { page, sent } = await visit('/consented');
  await until('a view', () => sent.length === 1);
  await page.evaluate("window.consented = 'granted'");
  await page.evaluate(() => history.pushState({}, '', '/consented/more'));
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 0)));
  await page.evaluate("window.consented = 'denied'");
  await page.evaluate(() => window.audience.view());
  await until('the next', () => sent.length === 2);
  expect(bodies(sent)[1]).toContain('"path":"/consented/more"');
  await page.evaluate(() => window.audience.stop());
  await page.evaluate(() => history.pushState({}, '', '/consented/end'));
  await page.context().close();
  expect(sent).toHaveLength(2);
});

it('comes as a script, beside the tag', async () => {
  const { page, sent } = await visit('/tagged');
  await loaded(page);
  await until('a counted view', async () => (await views()) === 1);
  expect(bodies(sent)).toEqual(['{"v":1,"writeKey":"wk","path":"/tagged","from":""}']);
  await grant(page);
  await until('the consented view', async () => (await server.events()).length > 0);
  await page.evaluate(() => history.pushState({}, '', '/tagged/more'));
  await until('both views', async () => (await server.events()).filter(({ type }) => type === 'page').length === 2);
  expect(await views()).toBe(1);
  await page.evaluate(() => window.filrougeAudience?.optOut());
  expect(await page.evaluate(() => document.cookie)).toContain('fr_no_audience=1');
  await page.context().close();
});
