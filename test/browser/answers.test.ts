import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchChromium } from '../browsers.js';
import { type FaultyCollector, type Mood, startCollector } from './collector.js';
import { type Site, startSite } from './site.js';
import { until } from './wait.js';

let browser: Browser;
let page: Page;
let collector: FaultyCollector;
let site: Site;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  collector = await startCollector();
  site = await startSite({ collectorUrl: collector.url, consent: 'granted', capture: [] });
  page = await browser.newPage();
  await page.goto(site.url);
  await loaded();
});
afterEach(async () => {
  await page.close();
  await site.close();
  await collector.close();
});

const loaded = (where = page) => where.waitForFunction('window.filrouge && !("q" in window.filrouge)');
const html = (status: number): Mood => ({ kind: 'status', status, type: 'text/html', body: '<h1>proxy</h1>' });
const sizes = () => collector.requests.map(({ events }) => events.length);
const track = (count: number, where = page) =>
  where.evaluate(`for (let i = 0; i < ${count}; i++) filrouge.track('E', { i })`);

/** Answers the first requests with these, the others well. */
function answer(...moods: Mood[]): void {
  collector.mood = () => moods.shift() ?? { kind: 'ok' };
}

it.each([413, 400, 415, 422])('halves the batch on %i, also when a proxy says it in HTML', async (status) => {
  answer(html(status), html(status));
  await track(8);
  await until('all events', () => collector.received.length === 8);
  expect(sizes()).toEqual([8, 4, 2, 6]);
});

it('drops the single event that is refused, and goes on', async () => {
  answer(html(413), html(413), html(413));
  await track(4);
  await until('the other events', () => collector.received.length === 3);
  await page.evaluate('filrouge.flush()');
  expect(sizes()).toEqual([4, 2, 1, 1, 2].slice(0, sizes().length));
  expect(collector.received.some(({ properties }) => properties?.i === 0)).toBe(false);
});

it('pauses on 401, 403, 404 and 410 until the next page, and loses nothing', async () => {
  // Side by side: for a while the next page leaves what it finds to the page that made it.
  await Promise.all([401, 403, 404, 410].map(pauseOn));
});

async function pauseOn(status: number): Promise<void> {
  const refusing = await startCollector();
  const own = await startSite({ collectorUrl: refusing.url, consent: 'granted', capture: [] });
  const visitor = await browser.newPage();
  const moods = [html(status)];
  refusing.mood = () => moods.shift() ?? { kind: 'ok' };
  const perRequest = () => refusing.requests.map(({ events }) => events.length);
  await visitor.goto(own.url);
  await loaded(visitor);
  await track(2, visitor);
  await until(`the answer ${status}`, () => perRequest().length === 1);
  await track(1, visitor);
  await visitor.evaluate('filrouge.flush()');
  await visitor.evaluate('filrouge.flush()');
  expect(perRequest()).toEqual([2]);
  await visitor.reload();
  await until(`all events after ${status}`, () => refusing.received.length === 3);
  await visitor.close();
  await own.close();
  await refusing.close();
}

it('does not take the page of a captive portal for an acknowledgement', async () => {
  answer(html(200));
  await track(2);
  await until('all events', () => collector.received.length === 2);
  expect(sizes()).toEqual([2, 2]);
});

it('waits as long as Retry-After asks, also when a new event comes', async () => {
  const at: number[] = [];
  collector.mood = () => {
    at.push(Date.now());
    return at.length < 2 ? { kind: 'status', status: 503, retryAfter: 2 } : { kind: 'ok' };
  };
  await track(1);
  await until('the first answer', () => at.length === 1);
  await track(1);
  await page.evaluate('filrouge.flush()');
  await until('both events', () => collector.received.length === 2);
  expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(2000);
});

it('takes events for delivered when the answer breaks off after a good status', async () => {
  answer({ kind: 'half-answer' });
  await track(3);
  await until('the events', () => collector.received.length === 3);
  await page.evaluate('filrouge.flush()');
  await page.reload();
  await loaded();
  await page.evaluate('filrouge.flush()');
  expect(sizes()).toEqual([3]);
});

it('goes on with the next request where an answer has no list of rejections in it', async () => {
  const odd = (body: string): Mood => ({ kind: 'status', status: 200, takes: true, body });
  const warnings: string[] = [];
  page.on('console', (message) => warnings.push(message.text()));
  answer(odd('null'), odd('{"rejected":0}'), odd('{"rejected":{}}'), odd('{"rejected":[null]}'));
  await page.evaluate(`for (let i = 0; i < 100; i++) filrouge.track('E', { text: 'x'.repeat(30000) })`);
  await until('all events', () => collector.received.length === 100);
  expect(sizes().length).toBeGreaterThan(4);
  expect(warnings).toEqual([]);
});
