import { describe, expect, it } from 'vitest';
import { grant, loaded, named, typed, useVisitor } from './visitor.js';
import { until } from './wait.js';

const visitor = useVisitor(() => ({ capture: ['pages', 'links', 'forms', 'elements', 'engagement'] }));

describe('delivery', () => {
  it('causes no preflight', async () => {
    await visitor.page.goto(visitor.site.url);
    await loaded(visitor.page);
    await grant(visitor.page);
    await until('the page view', () => typed(visitor, 'page').length);
    expect(visitor.collector.requests.map(({ method }) => method)).not.toContain('OPTIONS');
    expect(visitor.collector.requests[0]?.headers['content-type']).toMatch(/^text\/plain/);
  });

  it('survives leaving for another origin in the tick of track()', async () => {
    visitor.collector.delayMs = 150;
    await visitor.page.goto(visitor.site.url);
    await loaded(visitor.page);
    await grant(visitor.page);
    await until('the page view', () => typed(visitor, 'page').length);
    await visitor.page.evaluate((url) => {
      for (let i = 0; i < 20; i++) window.filrouge.track('Exit', { i });
      location.href = url;
    }, `${visitor.site.otherUrl}/plain`);
    await until('20 events', () => named(visitor, 'Exit').length >= 20);
    expect(new Set(named(visitor, 'Exit').map((event) => event.messageId)).size).toBe(20);
  });

  it('sends at the exit what the same instant cut off', async () => {
    // Chromium rejects a request that is under way just before the page hears that it is left: no clock tells the two apart.
    await visitor.page.addInitScript(() => {
      const { fetch } = window;
      let cut = (_reason: Error) => {};
      window.fetch = (...call) => {
        if (!call[1]?.keepalive || document.title === 'leaving') return fetch(...call);
        return new Promise((_, reject) => (cut = reject));
      };
      addEventListener('pagehide', () => {
        document.title = 'leaving';
        const now = Date.now();
        Date.now = () => now;
        cut(new TypeError('Failed to fetch'));
      });
    });
    await visitor.page.goto(visitor.site.url);
    await loaded(visitor.page);
    await grant(visitor.page);
    await visitor.page.evaluate((url) => {
      window.filrouge.track('Exit');
      location.href = url;
    }, `${visitor.site.otherUrl}/plain`);
    await until('the event', () => named(visitor, 'Exit').length);
  });

  it('survives closing the tab in the tick of track()', async () => {
    visitor.collector.delayMs = 150;
    await visitor.page.goto(visitor.site.url);
    await loaded(visitor.page);
    await grant(visitor.page);
    await until('the page view', () => typed(visitor, 'page').length);
    const opened = visitor.context.waitForEvent('page');
    await visitor.page.evaluate((url) => void window.open(url), `${visitor.site.url}/popup`);
    const popup = await opened;
    await loaded(popup);
    await popup.evaluate(() => {
      for (let i = 0; i < 20; i++) window.filrouge.track('Close', { i });
      window.close();
    });
    await until('20 events', () => new Set(named(visitor, 'Close').map((event) => event.messageId)).size === 20);
  });

  it('delivers without a further event after the collector was down', async () => {
    await visitor.page.goto(visitor.site.url);
    await loaded(visitor.page);
    await grant(visitor.page);
    await until('the page view', () => typed(visitor, 'page').length);
    await visitor.collector.down();
    const failed = visitor.page.waitForEvent('requestfailed');
    await visitor.page.evaluate(() => {
      for (let i = 0; i < 100; i++) window.filrouge.track('Down', { i });
    });
    await failed;
    await visitor.collector.up();
    await until('100 events', () => named(visitor, 'Down').length >= 100, 30_000);
    expect(new Set(named(visitor, 'Down').map((event) => event.messageId)).size).toBe(100);
  });

  it('keeps what could not be sent for the next visit', async () => {
    await visitor.page.goto(visitor.site.url);
    await loaded(visitor.page);
    await grant(visitor.page);
    await until('the page view', () => typed(visitor, 'page').length);
    await visitor.collector.down();
    await visitor.page.evaluate(() => window.filrouge.track('Later', { text: 'x'.repeat(100) }));
    await visitor.page.close();
    await visitor.collector.up();
    visitor.page = await visitor.context.newPage();
    await visitor.page.goto(visitor.site.url);
    await until('the event', () => named(visitor, 'Later').length);
    expect(named(visitor, 'Later').length).toBe(1);
  });

  it('isolates the event that the collector refuses, and counts it', async () => {
    const refused: unknown[] = [];
    visitor.page.on('console', (message) => refused.push(message.text()));
    await visitor.page.goto(visitor.site.url);
    await loaded(visitor.page);
    await grant(visitor.page);
    await until('the page view', () => typed(visitor, 'page').length);
    await visitor.page.evaluate(() => {
      for (let i = 0; i < 8; i++) window.filrouge.track(i === 3 ? 'Bad' : 'Good', { i });
      window.filrouge.track('Huge', { text: 'x'.repeat(40_000) });
    });
    visitor.collector.mood = () => ({ kind: 'ok' });
    await until('the good ones', () => named(visitor, 'Good').length === 7);
    expect(named(visitor, 'Huge')).toEqual([]);
    expect(refused.join()).toMatch(/filrouge/);
  });

  it('shares session and identity between tabs and sends each event once', async () => {
    await visitor.page.goto(visitor.site.url);
    await loaded(visitor.page);
    await grant(visitor.page);
    const second = await visitor.context.newPage();
    await second.goto(`${visitor.site.url}/tab2`);
    await loaded(second);
    await visitor.collector.down();
    for (const tab of [visitor.page, second]) {
      await tab.evaluate(() => {
        for (let i = 0; i < 30; i++) window.filrouge.track('Tab', { i });
      });
    }
    await visitor.collector.up();
    await until('60 events', () => new Set(named(visitor, 'Tab').map((event) => event.messageId)).size === 60, 30_000);
    const events = named(visitor, 'Tab');
    expect(new Set(events.map((event) => event.anonymousId)).size).toBe(1);
    expect(new Set(events.map((event) => event.context?.filrouge?.session?.id)).size).toBe(1);
    // Copies that do not come cannot be awaited: as long as the other tab would need to send them.
    await visitor.page.waitForTimeout(1500);
    expect(named(visitor, 'Tab').length).toBe(60);
  });
});
