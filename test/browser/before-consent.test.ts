import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../../src/protocol/index.js';
import { GRANT, grant, loaded, NO_TRACE, named, traces, typed, useVisitor } from './visitor.js';
import { until } from './wait.js';

const visitor = useVisitor(() => ({ capture: ['pages', 'links', 'forms', 'elements', 'engagement'] }));

describe('before consent', () => {
  it('leaves no request, cookie, storage key or database, whatever is called', async () => {
    await visitor.page.goto(`${visitor.site.url}/a?utm_source=google&utm_medium=cpc&gclid=X1`);
    await loaded(visitor.page);
    await visitor.page.evaluate(async () => {
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
    await visitor.page.mouse.click(5, 5);
    await visitor.page.goto(`${visitor.site.url}/c`);
    await loaded(visitor.page);
    await visitor.page.evaluate(() => window.filrouge.forget());
    expect(await traces(visitor.page)).toEqual(NO_TRACE);
    expect(visitor.collector.requests).toEqual([]);
  });

  it('sends what was held with its original time, order and campaign once consent comes late', async () => {
    await visitor.page.goto(
      `${visitor.site.url}/land?utm_source=google&utm_medium=cpc&utm_campaign=Spring&gclid=AbC&x=1`,
    );
    await loaded(visitor.page);
    await visitor.page.evaluate(() => {
      window.filrouge.track('Early', { n: 1 });
      history.pushState({}, '', '/second');
      document.title = 'Second';
    });
    const called = Date.now();
    await visitor.page.waitForFunction((end) => Date.now() > end, called);
    await grant(visitor.page);
    await until('three events', () => visitor.collector.received.length >= 3);
    const [landing, early, second] = visitor.collector.received as [WireEvent, WireEvent, WireEvent];
    expect(landing).toMatchObject({
      type: 'page',
      context: {
        page: { url: `${visitor.site.url}/land?x=1`, title: '/land' },
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
      context: { page: { path: '/second', referrer: `${visitor.site.url}/land?x=1`, title: 'Second' } },
    });
    expect(second.context?.campaign?.source).toBe('google');
    expect(Date.parse(early.timestamp)).toBeLessThanOrEqual(called);
    expect([landing, early, second].map((event) => event.context?.filrouge?.sequence?.n)).toEqual([1, 2, 3]);
    expect(new Set(visitor.collector.received.map((event) => event.context?.filrouge?.session?.id)).size).toBe(1);
  });

  it('forgets the denied period: a later grant starts clean', async () => {
    await visitor.page.goto(visitor.site.url);
    await loaded(visitor.page);
    await visitor.page.evaluate(() => {
      window.filrouge.track('Pending');
      window.filrouge.consent({ analytics: 'denied' });
      window.filrouge.track('Denied');
    });
    expect(await traces(visitor.page)).toEqual(NO_TRACE);
    await grant(visitor.page);
    await visitor.page.evaluate(() => window.filrouge.track('Granted'));
    await until('the granted event', () => named(visitor, 'Granted').length);
    expect(named(visitor, 'Pending')).toEqual([]);
    expect(named(visitor, 'Denied')).toEqual([]);
  });

  it('removes everything from the device on withdrawal, and sends nothing more but who withdrew', async () => {
    await visitor.page.goto(visitor.site.url);
    await loaded(visitor.page);
    await grant(visitor.page);
    await until('the page view', () => typed(visitor, 'page').length);
    visitor.collector.mood = () => ({ kind: 'status', status: 503 });
    await visitor.page.evaluate(() => window.filrouge.track('Waiting'));
    await until('a failed request', () =>
      visitor.collector.requests.some(({ events }) => events[0]?.event === 'Waiting'),
    );
    await visitor.page.evaluate(() => window.filrouge.consent({ analytics: 'denied' }));
    await until('no trace', async () => JSON.stringify(await traces(visitor.page)) === JSON.stringify(NO_TRACE));
    visitor.collector.mood = () => ({ kind: 'ok' });
    const said = () => visitor.collector.requests.flatMap(({ events }) => events).map(({ event }) => event);
    const count = said().length;
    await visitor.page.goto(`${visitor.site.url}/next`);
    await loaded(visitor.page);
    // What is not sent cannot be awaited: longer than a batch is gathered.
    await visitor.page.waitForTimeout(1500);
    expect(new Set(said().slice(count))).toEqual(new Set(['Segment Consent Preference Updated']));
    // Who withdrew is no visitor of any page.
    const [notice] = visitor.collector.requests
      .flatMap(({ events }) => events)
      .filter(({ event }) => event === 'Segment Consent Preference Updated');
    expect(notice?.context?.page).toEqual({});
    expect(JSON.stringify(notice)).not.toMatch(/127\.0\.0\.1|localhost|"(url|title|referrer|session|touch|userId)"/);
  });

  it('leaves nothing where consent was given, used and withdrawn in one tick', async () => {
    await visitor.page.goto(visitor.site.url);
    await loaded(visitor.page);
    await visitor.page.evaluate((consent) => {
      window.filrouge.consent(consent);
      window.filrouge.track('Refused');
      window.filrouge.consent({ analytics: 'denied' });
    }, GRANT);
    // The last word comes long after what the tick itself began.
    await until('the last word', () => visitor.collector.received.length);
    expect(await traces(visitor.page)).toEqual(NO_TRACE);
    expect(visitor.collector.received.map(({ event }) => event)).toEqual(['Segment Consent Preference Updated']);
  });

  it('sends an event without campaign values when only analytics was granted', async () => {
    await visitor.page.goto(`${visitor.site.url}/?utm_source=google&gclid=secretclick`);
    await loaded(visitor.page);
    await visitor.page.evaluate(() => void window.filrouge.consent({ analytics: 'granted', attribution: 'denied' }));
    await until('the page view', () => typed(visitor, 'page').length);
    expect(JSON.stringify(visitor.collector.requests)).not.toMatch(/secretclick|utm_source|"campaign"/);
    expect(JSON.stringify(await traces(visitor.page))).not.toMatch(/secretclick|google/);
  });
});
