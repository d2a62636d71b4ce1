import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { bundleParts } from '../browser/bundle.js';
import { type Site, startSite } from '../browser/site.js';
import { launchChromium } from '../browsers.js';

/** A server that stands for every collector at once: it writes down what came, and is down for some paths. */
interface Sink {
  url: string;
  requests: { method: string; path: string; query: string; body: string }[];
  isDown(path: string): boolean;
  /** What it answers with 200, by path. */
  answers: { [path: string]: string };
  close(): Promise<void>;
}

let browser: Browser;
let site: Site;
let sink: Sink;
let page: Page;
let problems: string[];
let bundle: string;

beforeAll(async () => {
  bundle = await bundleParts([
    'index',
    'collectors/google',
    ...Object.keys(REQUESTS_OF).map((name) => `collectors/${name}`),
  ]);
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  sink = await startSink();
  site = await startSite({ collectorUrl: sink.url });
  page = await (await browser.newContext()).newPage();
  problems = [];
  await page.exposeFunction('tell', (code: string) => problems.push(code));
  await page.goto(`${site.url}/plain`);
  await page.addScriptTag({ content: bundle });
});
afterEach(async () => {
  await page.context().close();
  await site.close();
  await sink.close();
});

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function startSink(): Promise<Sink> {
  const server = createServer(async (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const body = await readAll(request);
    if (sink.isDown(path)) return void request.socket.destroy();
    sink.requests.push({ method: request.method ?? '', path, query, body });
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/json' });
    response.end(sink.answers[path] ?? '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    isDown: () => false,
    answers: {},
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Starts a tracker on the page with these collectors, as an expression; all purposes granted unless said otherwise. */
function track(collectors: string, consent = {}): Promise<unknown> {
  const all = { analytics: 'granted', attribution: 'granted', personalization: 'granted', advertising: 'granted' };
  return page.evaluate(`{
    const url = ${JSON.stringify(sink.url)};
    window.tracker = lib.createTracker({ collectors: ${collectors}, onProblem: (p) => window.tell(p.code + ' ' + p.detail) });
    tracker.consent(${JSON.stringify({ ...all, ...consent })});
  }`);
}

const at = (path: string) => sink.requests.filter((request) => request.path === path);
const REQUESTS_OF: { [name: string]: [options: string, path: string] } = {
  rudderstack: ["{ url, writeKey: 'wk' }", '/beacon/v1/batch'],
  jitsu: ["{ url, writeKey: 'wk' }", '/v1/batch'],
  snowplow: ["{ url, appId: 'shop' }", '/i'],
  posthog: ["{ url, apiKey: 'phc' }", '/batch/'],
  matomo: ['{ url, siteId: 1 }', '/matomo.php'],
  amplitude: ["{ url, apiKey: 'ak' }", '/2/httpapi'],
  plausible: ["{ url, domain: 'shop.example' }", '/api/event'],
  umami: ["{ url, website: '6f9ca0c5-8ee2-4f20-9d6a-0d5e7e8a9c11' }", '/api/send'],
  json: ["{ url: url + '/own' }", '/own'],
};

it('feeds every collector at once, each without a preflight', async () => {
  const parts = Object.entries(REQUESTS_OF).map(([name, [options]]) => `lib.${name}(${options})`);
  await track(`[${parts}]`);
  await page.evaluate("for (const n of [1, 2, 3]) tracker.track('Marker ' + n, { n })");
  for (const [name, [, path]] of Object.entries(REQUESTS_OF)) {
    const text = () =>
      at(path)
        .map(({ body, query }) => decodeURIComponent(body + query).replace(/\+/g, ' '))
        .join('\n');
    for (const n of [1, 2, 3]) {
      await expect.poll(() => text().split(`Marker ${n}`).length - 1, { message: `${name} ${n}` }).toBe(1);
    }
  }
  expect(sink.requests.map(({ method }) => method)).not.toContain('OPTIONS');
  expect(problems).toEqual([]);
});

it('gives one collector everything while the other is down, and the other once it is up: each event once', async () => {
  sink.isDown = (path) => path === '/batch/';
  await track("[lib.posthog({ url, apiKey: 'phc' }), lib.umami({ url, website: 'w' })]");
  await page.evaluate("for (let n = 0; n < 12; n++) tracker.track('E' + n)");
  const names = () => at('/api/send').map(({ body }) => JSON.parse(body).payload.name as string);
  const others = () =>
    at('/batch/').flatMap(({ body }) => JSON.parse(body).batch.map(({ event }: { event: string }) => event));
  const all = Array.from({ length: 12 }, (_, n) => `E${n}`);
  await expect.poll(names, { timeout: 20_000 }).toEqual(all);
  expect(others()).toEqual([]);
  sink.isDown = () => false;
  await expect.poll(others, { timeout: 20_000 }).toEqual(all);
  expect(names()).toEqual(all);
});

it('keeps a collector without its purpose out of it, and counts events that an answer names as not taken', async () => {
  sink.answers['/v1/batch'] = '{"ok":false,"errors":["Message ID: 1: broken"],"receivedEvents":1,"okEvents":0}';
  await track("[lib.jitsu({ url, writeKey: 'wk' }), lib.posthog({ url, apiKey: 'phc', purpose: 'advertising' })]", {
    advertising: 'denied',
  });
  await page.evaluate("tracker.track('Only here')");
  await expect.poll(() => at('/v1/batch').length).toBe(1);
  await expect.poll(() => problems).toContain('refused jitsu-error');
  expect(at('/batch/')).toEqual([]);
});

it('hands events to the Google tag on the page in the words of GA4, and asks no network', async () => {
  await track("[lib.google({ sendTo: 'G-1' })]");
  await page.evaluate(
    "tracker.track('Order Completed', { order_id: 'A-1', total: 30.5, currency: 'eur', products: [{ product_id: 's1', price: 30.5 }] }); tracker.page()",
  );
  await page.waitForFunction('window.dataLayer && dataLayer.length');
  const pushed = await page.evaluate('dataLayer.map((entry) => [Object.prototype.toString.call(entry), ...entry])');
  expect(pushed).toEqual([
    [
      '[object Arguments]',
      'event',
      'purchase',
      expect.objectContaining({
        transaction_id: 'A-1',
        value: 30.5,
        currency: 'EUR',
        items: [{ item_id: 's1', price: 30.5 }],
        send_to: 'G-1',
      }),
    ],
  ]);
  expect(sink.requests).toEqual([]);
});
