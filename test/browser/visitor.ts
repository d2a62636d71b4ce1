import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { Tracker } from '../../src/browser/options.js';
import type { WireEvent } from '../../src/protocol/index.js';
import { launchChromium } from '../browsers.js';
import { type FaultyCollector, startCollector } from './collector.js';
import { type Site, type SiteOptions, startSite } from './site.js';

declare global {
  interface Window {
    filrouge: Tracker;
  }
}

/** What most visitors of these tests agree to. */
export const GRANT = {
  analytics: 'granted',
  attribution: 'granted',
  personalization: 'denied',
  advertising: 'denied',
} as const;

/** What a device looks like on which nothing was ever stored. */
export const NO_TRACE = { cookie: '', local: {}, session: {}, databases: [] };

/** One visitor in real Chromium, on a site with the tag, before a collector that fails on demand; fresh for each test. */
export interface Visitor {
  page: Page;
  context: BrowserContext;
  collector: FaultyCollector;
  site: Site;
}

/** Sets the stage for each test of this file. The members of the result are those of the running test. */
export function useVisitor(options: (collectorUrl: string) => Partial<SiteOptions>): Visitor {
  let browser: Browser;
  const visitor = {} as Visitor;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    const collector = await startCollector();
    const site = await startSite({ collectorUrl: collector.url, ...options(collector.url) });
    const context = await browser.newContext();
    Object.assign(visitor, { collector, site, context, page: await context.newPage() });
  });
  afterEach(async () => {
    await visitor.context.close();
    await visitor.site.close();
    await visitor.collector.close();
  });
  return visitor;
}

/** Waits for the tag, or for a tracker that a page made itself. */
export const loaded = (page: Page) => page.waitForFunction(() => window.filrouge && !('q' in window.filrouge));

/** Agrees to measurement. */
export const grant = (page: Page) => page.evaluate((consent) => void window.filrouge.consent(consent), GRANT);

/** Tracked events of that name that the collector has taken, copies included. */
export const named = ({ collector }: Visitor, name: string): WireEvent[] =>
  collector.received.filter(({ event }) => event === name);

/** The same by type. */
export const typed = ({ collector }: Visitor, type: string): WireEvent[] =>
  collector.received.filter((event) => event.type === type);

/** All that the device keeps for the site. */
export async function traces(page: Page): Promise<unknown> {
  return page.evaluate(async () => ({
    cookie: document.cookie,
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: await indexedDB.databases(),
  }));
}
