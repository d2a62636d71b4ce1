import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Tracker } from '../../src/browser/options.js';
import type { WireEvent } from '../../src/protocol/index.js';
import { launchChromium } from '../browsers.js';
import { type FaultyCollector, startCollector } from './collector.js';
import { type Site, startSite } from './site.js';
import { until } from './wait.js';

declare global {
  interface Window {
    filrouge: Tracker;
  }
}

const GRANT = {
  analytics: 'granted',
  attribution: 'granted',
  personalization: 'denied',
  advertising: 'denied',
} as const;

let browser: Browser;
let context: BrowserContext;
let page: Page;
let collector: FaultyCollector;
let site: Site;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  collector = await startCollector();
  site = await startSite({
    collectorUrl: collector.url,
    capture: ['pages', 'links', 'forms', 'elements', 'engagement'],
  });
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await site.close();
  await collector.close();
});

const loaded = (target = page) => target.waitForFunction(() => window.filrouge && !('q' in window.filrouge));
const grant = (target = page) => target.evaluate((consent) => void window.filrouge.consent(consent), GRANT);
const named = (name: string) => collector.received.filter((event) => event.event === name);
const typed = (type: string) => collector.received.filter((event) => event.type === type);

async function traces(): Promise<unknown> {
  return page.evaluate(async () => ({
    cookie: document.cookie,
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: await indexedDB.databases(),
  }));
}
const NO_TRACE = { cookie: '', local: {}, session: {}, databases: [] };

describe('before consent', () => {
  it('leaves no request, cookie, storage key or database, whatever is called', async () => {
    await page.goto(`${site.url}/a?utm_source=google&utm_medium=cpc&gclid=X1`);
    await loaded();
    await page.evaluate(async () => {
      const { filrouge } = window;
      filrouge.page();
      filrouge.track('A', { b: 1 });
      filrouge.identify('u1', { plan: 'x' });
      filrouge.group('g1');
      filrouge.alias('u2');
      filrouge.reset();
      filrouge.visitor();
      filrouge.consent();
      await filrouge.flush();
      history.pushState({}, '', '/b');
    });
    await page.mouse.click(5, 5);
    await page.goto(`${site.url}/c`);
    await loaded();
    await page.evaluate(() => window.filrouge.forget());
    expect(await traces()).toEqual(NO_TRACE);
    expect(collector.requests).toEqual([]);
  });

  it('sends what was held with its original time, order and campaign once consent comes late', async () => {
    await page.goto(`${site.url}/land?utm_source=google&utm_medium=cpc&utm_campaign=Spring&gclid=AbC&x=1`);
    await loaded();
    const before = Date.now();
    await page.evaluate(() => {
      window.filrouge.track('Early', { n: 1 });
      history.pushState({}, '', '/second');
      document.title = 'Second';
    });
    await page.waitForTimeout(1200);
    await grant();
    await until('three events', () => collector.received.length >= 3);
    const [landing, early, second] = collector.received as [WireEvent, WireEvent, WireEvent];
    expect(landing).toMatchObject({
      type: 'page',
      context: {
        page: { url: `${site.url}/land?x=1`, title: '/land' },
        campaign: { source: 'google', medium: 'cpc', name: 'Spring' },
        consent: {
          categoryPreferences: { analytics: true, attribution: true, personalization: false, advertising: false },
        },
        filrouge: { touch: { clickIds: { gclid: 'AbC' } }, navigation: 'navigate' },
      },
    });
    expect(early).toMatchObject({ event: 'Early', properties: { n: 1 } });
    expect(second).toMatchObject({
      type: 'page',
      context: { page: { path: '/second', referrer: `${site.url}/land?x=1`, title: 'Second' } },
    });
    expect(second.context?.campaign?.source).toBe('google');
    expect(Date.parse(early.timestamp)).toBeLessThan(before + 1000);
    expect([landing, early, second].map((event) => event.context?.filrouge?.sequence?.n)).toEqual([1, 2, 3]);
    expect(new Set(collector.received.map((event) => event.context?.filrouge?.session?.id)).size).toBe(1);
  });

  it('forgets the denied period: a later grant starts clean', async () => {
    await page.goto(site.url);
    await loaded();
    await page.evaluate(() => {
      window.filrouge.track('Pending');
      window.filrouge.consent({ analytics: 'denied' });
      window.filrouge.track('Denied');
    });
    expect(await traces()).toEqual(NO_TRACE);
    await grant();
    await page.evaluate(() => window.filrouge.track('Granted'));
    await until('the granted event', () => named('Granted').length);
    expect(named('Pending')).toEqual([]);
    expect(named('Denied')).toEqual([]);
  });

  it('removes everything from the device on withdrawal, and sends nothing more', async () => {
    await page.goto(site.url);
    await loaded();
    await grant();
    await until('the page view', () => typed('page').length);
    collector.mood = () => ({ kind: 'status', status: 503 });
    await page.evaluate(() => window.filrouge.track('Waiting'));
    await until('a failed request', () => collector.requests.some(({ events }) => events[0]?.event === 'Waiting'));
    await page.evaluate(() => window.filrouge.consent({ analytics: 'denied' }));
    await until('no trace', async () => JSON.stringify(await traces()) === JSON.stringify(NO_TRACE));
    collector.mood = () => ({ kind: 'ok' });
    const count = collector.requests.length;
    await page.goto(`${site.url}/next`);
    await loaded();
    await page.waitForTimeout(1500);
    expect(collector.requests.length).toBe(count);
  });

  it('sends an event without campaign values when only analytics was granted', async () => {
    await page.goto(`${site.url}/?utm_source=google&gclid=secretclick`);
    await loaded();
    await page.evaluate(() => void window.filrouge.consent({ analytics: 'granted', attribution: 'denied' }));
    await until('the page view', () => typed('page').length);
    expect(JSON.stringify(collector.requests)).not.toMatch(/secretclick|utm_source|"campaign"/);
    expect(JSON.stringify(await traces())).not.toMatch(/secretclick|google/);
  });
});

describe('delivery', () => {
  it('causes no preflight', async () => {
    await page.goto(site.url);
    await loaded();
    await grant();
    await until('the page view', () => typed('page').length);
    expect(collector.requests.map(({ method }) => method)).not.toContain('OPTIONS');
    expect(collector.requests[0]?.headers['content-type']).toMatch(/^text\/plain/);
  });

  it('survives leaving for another origin in the tick of track()', async () => {
    collector.delayMs = 150;
    await page.goto(site.url);
    await loaded();
    await grant();
    await until('the page view', () => typed('page').length);
    await page.evaluate((url) => {
      for (let i = 0; i < 20; i++) window.filrouge.track('Exit', { i });
      location.href = url;
    }, `${site.otherUrl}/plain`);
    await until('20 events', () => named('Exit').length >= 20);
    expect(new Set(named('Exit').map((event) => event.messageId)).size).toBe(20);
  });

  it('survives closing the tab in the tick of track()', async () => {
    collector.delayMs = 150;
    await page.goto(site.url);
    await loaded();
    await grant();
    await until('the page view', () => typed('page').length);
    const opened = context.waitForEvent('page');
    await page.evaluate((url) => void window.open(url), `${site.url}/popup`);
    const popup = await opened;
    await loaded(popup);
    await popup.evaluate(() => {
      for (let i = 0; i < 20; i++) window.filrouge.track('Close', { i });
      window.close();
    });
    await until('20 events', () => new Set(named('Close').map((event) => event.messageId)).size === 20);
  });

  it('delivers without a further event after the collector was down', async () => {
    await page.goto(site.url);
    await loaded();
    await grant();
    await until('the page view', () => typed('page').length);
    await collector.down();
    await page.evaluate(() => {
      for (let i = 0; i < 100; i++) window.filrouge.track('Down', { i });
    });
    await page.waitForTimeout(3000);
    await collector.up();
    await until('100 events', () => named('Down').length >= 100, 30_000);
    expect(new Set(named('Down').map((event) => event.messageId)).size).toBe(100);
  });

  it('keeps what could not be sent for the next visit', async () => {
    await page.goto(site.url);
    await loaded();
    await grant();
    await until('the page view', () => typed('page').length);
    await collector.down();
    await page.evaluate(() => window.filrouge.track('Later', { text: 'x'.repeat(100) }));
    await page.close();
    await collector.up();
    page = await context.newPage();
    await page.goto(site.url);
    await until('the event', () => named('Later').length);
    expect(named('Later').length).toBe(1);
  });

  it('isolates the event that the collector refuses, and counts it', async () => {
    const refused: unknown[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.goto(site.url);
    await loaded();
    await grant();
    await until('the page view', () => typed('page').length);
    await page.evaluate(() => {
      for (let i = 0; i < 8; i++) window.filrouge.track(i === 3 ? 'Bad' : 'Good', { i });
      window.filrouge.track('Huge', { text: 'x'.repeat(40_000) });
    });
    collector.mood = () => ({ kind: 'ok' });
    await until('the good ones', () => named('Good').length === 7);
    expect(named('Huge')).toEqual([]);
    expect(refused.join()).toMatch(/filrouge/);
  });

  it('shares session and identity between tabs and sends each event once', async () => {
    await page.goto(site.url);
    await loaded();
    await grant();
    const second = await context.newPage();
    await second.goto(`${site.url}/tab2`);
    await loaded(second);
    await collector.down();
    for (const tab of [page, second]) {
      await tab.evaluate(() => {
        for (let i = 0; i < 30; i++) window.filrouge.track('Tab', { i });
      });
    }
    await collector.up();
    await until('60 events', () => new Set(named('Tab').map((event) => event.messageId)).size === 60, 30_000);
    const events = named('Tab');
    expect(new Set(events.map((event) => event.anonymousId)).size).toBe(1);
    expect(new Set(events.map((event) => event.context?.filrouge?.session?.id)).size).toBe(1);
    await page.waitForTimeout(1500);
    expect(named('Tab').length).toBe(60);
  });
});
