import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FaultyCollector, startCollector } from '../browser/collector.js';
import { type Site, startSite } from '../browser/site.js';
import { until } from '../browser/wait.js';
import { launchProfile } from '../browsers.js';
import { freshDirectory } from '../files.js';
import { dispatchSync } from './sync.js';

let collector: FaultyCollector;
let site: Site;
let context: BrowserContext;
let profile: string;

beforeEach(async () => {
  collector = await startCollector();
  const line = `<script async src="${collector.url}/filrouge-sw.js" data-worker="/filrouge-sw.js"></script>`;
  site = await startSite({
    collectorUrl: collector.url,
    capture: [],
    pages: { '/': `${line}<button>hello</button>` },
    scripts: { '/filrouge-sw.js': `importScripts('${collector.url}/filrouge-sw.js')` },
  });
  // Chromium has no Background Sync in private windows, which Playwright's contexts are.
  profile = freshDirectory();
  context = await launchProfile(profile);
});
afterEach(async () => {
  await context.close();
  await site.close();
  await collector.close();
});

describe('the service worker', () => {
  it('delivers once what was left behind by a visitor who never returns', async () => {
    const page = await leave(async (page) => {
      await collector.down();
      await track(page, 30);
    });
    await collector.up();
    expect(await sync(page)).toBe(true);
    await until('the events', () => received().length >= 30);
    await until('an empty queue', async () => (await queued()) === 0);
    expect(received().length).toBe(30);
    expect(new Set(received()).size).toBe(30);
  });

  it('is woken of its own accord when a page with a queue is closed', async () => {
    await leave(async (page) => {
      await collector.down();
      await track(page, 30);
    });
    await collector.up();
    await until('the events', () => received().length >= 30, 50_000);
    expect(new Set(received()).size).toBe(30);
  });

  it('keeps what the collector does not take, halves what it refuses', async () => {
    const page = await leave(async (page) => {
      await collector.down();
      await track(page, 30);
    });
    collector.mood = () => ({ kind: 'status', status: 503 });
    await collector.up();
    await sync(page);
    await until('an attempt', () => collector.requests.length);
    collector.moodFor = (events) => (events.length > 8 ? { kind: 'status', status: 413 } : { kind: 'ok' });
    await sync(page);
    await until('the events', () => received().length >= 30, 50_000);
    expect(new Set(received()).size).toBe(30);
    expect(received().length).toBe(30);
  });

  it('is not registered and creates nothing without consent', async () => {
    const page = await leave((page) => track(page, 5), 'pending');
    expect(await sync(page)).toBe(false);
    expect(received()).toEqual([]);
  });

  it('goes with the consent, and sends nothing of what was withdrawn', async () => {
    const page = await leave(async (page) => {
      await collector.down();
      await track(page, 5);
      await page.evaluate('filrouge.forget()');
      await page.click('button');
      await until('no worker', () =>
        page.evaluate('navigator.serviceWorker.getRegistrations().then((all) => !all.length)'),
      );
    });
    await collector.up();
    expect(await sync(page)).toBe(false);
    expect(await queued()).toBeUndefined();
    expect(received()).toEqual([]);
  });

  it('leaves the sending to a page that is shown', async () => {
    const page = await open('granted');
    await collector.down();
    await track(page, 5);
    await collector.up();
    await sync(page);
    await until('the events', () => received().length >= 5);
    await until('an empty queue', async () => (await queued()) === 0);
    expect(received().length).toBe(5);
  });
});

async function open(state: 'granted' | 'pending'): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.url);
  await until('the tag', () => page.evaluate('!!(window.filrouge && filrouge.track && !filrouge.q)'));
  await page.evaluate(`void filrouge.consent({ analytics: '${state}' })`);
  await page.click('button');
  if (state === 'granted') await page.evaluate('navigator.serviceWorker.ready.then(() => {})');
  return page;
}

/** Does something on the site and closes it; returns a page elsewhere that stays. */
async function leave(work: (page: Page) => Promise<unknown>, state: 'granted' | 'pending' = 'granted'): Promise<Page> {
  const page = await open(state);
  await work(page);
  const elsewhere = await context.newPage();
  await elsewhere.goto(`${site.otherUrl}/plain`);
  await page.close({ runBeforeUnload: true });
  await until('the page to be gone', () => page.isClosed());
  return elsewhere;
}

/** Tracks so many; those that the device may keep are on its disk then, of which the tracker tells nobody. */
async function track(page: Page, count: number): Promise<void> {
  await page.evaluate(`for (let i = 0; i < ${count}; i++) filrouge.track('Left', { i })`);
  if ((await page.evaluate('navigator.serviceWorker.getRegistrations().then((all) => all.length)')) === 0) return;
  await until('the events on disk', async () => ((await queued()) ?? 0) >= count);
}

async function sync(page: Page): Promise<boolean> {
  const devtools = await context.newCDPSession(page);
  // Playwright types each method; this takes them by name.
  return dispatchSync(
    {
      send: (method, parameters) => Reflect.apply(devtools.send, devtools, [method, parameters]),
      on: (event, handler) => Reflect.apply(devtools.on, devtools, [event, handler]),
    },
    site.url,
    'filrouge',
  );
}

/** How many events the device holds; undefined when it has no queue. Read by a page of the site without the tag. */
async function queued(): Promise<number | undefined> {
  const page = await context.newPage();
  await page.goto(`${site.url}/plain`);
  const count = await page.evaluate(async () => {
    const [database] = await indexedDB.databases();
    if (!database?.name) return undefined;
    const request = indexedDB.open(database.name);
    await new Promise((resolve) => (request.onsuccess = resolve));
    const events = request.result.transaction('events').objectStore('events').count();
    await new Promise((resolve) => (events.onsuccess = resolve));
    request.result.close();
    return events.result;
  });
  await page.close();
  return count;
}

function received(): string[] {
  return collector.received.filter(({ event }) => event === 'Left').map(({ messageId }) => messageId ?? '');
}
