import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Consent } from '../../src/protocol/index.js';
import { grant, loaded, NO_TRACE, named, traces, typed, useVisitor } from './visitor.js';
import { until } from './wait.js';

declare global {
  interface Window {
    changes: Consent[];
    problems: string[];
  }
}

/** A page that builds its tracker from the modules: one collector for analytics, one that needs `advertising` besides. */
const page = (collectorUrl: string) => `<script type="module">
  import { createTracker } from '/dist/index.js';
  import { segment } from '/dist/collectors/segment.js';
  import { pages } from '/dist/capture/pages.js';
  window.changes = [];
  window.problems = [];
  window.filrouge = createTracker({
    collectors: [
      segment({ url: '${collectorUrl}', writeKey: 'wk' }),
      segment({ url: '${collectorUrl}/ads', writeKey: 'wk', purpose: 'advertising' }),
    ],
    capture: [pages()],
    onConsent: (consent) => changes.push(consent),
    onProblem: ({ code }) => problems.push(code),
    onWithdrawal: location.search === '?finish' ? 'finish' : 'purge',
  });
</script>`;

const visitor = useVisitor((url) => ({
  consent: 'granted',
  pages: { '/plain': page(url) },
}));

const open = async (path = '/plain') => {
  const tab = await visitor.context.newPage();
  await tab.goto(visitor.site.url + path);
  await loaded(tab);
  return tab;
};
const track = (tab: Page, name: string) => tab.evaluate((event) => window.filrouge.track(event), name);
const deny = (tab: Page) => tab.evaluate(() => void window.filrouge.consent({ analytics: 'denied' }));
const stateIn = (tab: Page) => tab.evaluate(() => window.filrouge.consent().analytics);
const sent = (path: string, name: string) =>
  visitor.collector.requests
    .filter((request) => request.path === path)
    .flatMap(({ events }) => events)
    .filter(({ event }) => event === name);

describe('consent in several tabs', () => {
  it('is granted in all of them at once, and what they held goes out', async () => {
    const [here, there] = [await open(), await open()];
    await track(there, 'Held');
    await grant(here);
    await until('the event of the other tab', () => named(visitor, 'Held').length);
    expect(await stateIn(there)).toBe('granted');
    const people = new Set(visitor.collector.received.map(({ anonymousId }) => anonymousId));
    const sessions = new Set(visitor.collector.received.map(({ context }) => context?.filrouge?.session?.id));
    expect([people.size, sessions.size]).toEqual([1, 1]);
  });

  it('is withdrawn in all of them at once: nothing is sent, also no retry that is due, and no trace is left', async () => {
    const [here, there] = [await open(), await open()];
    await grant(here);
    await until('both page views', () => new Set(typed(visitor, 'page').map(({ messageId }) => messageId)).size === 2);
    visitor.collector.mood = () => ({ kind: 'status', status: 503 });
    await track(there, 'Waiting');
    await until('a failed request', () => sent('/v1/batch', 'Waiting').length);
    await deny(here);
    await until('the other tab to know', async () => (await stateIn(there)) === 'denied');
    await until('no trace', async () => JSON.stringify(await traces(there)) === JSON.stringify(NO_TRACE));
    visitor.collector.mood = () => ({ kind: 'ok' });
    const count = visitor.collector.requests.length;
    await track(there, 'Denied');
    await Promise.all([here, there].map((tab) => tab.evaluate(() => window.filrouge.flush())));
    await grant(here);
    await track(there, 'Granted again');
    await until('the event after a new grant', () => named(visitor, 'Granted again').length);
    const later = visitor.collector.requests.slice(count).flatMap(({ events }) => events.map(({ event }) => event));
    expect(later).not.toContain('Waiting');
    expect(later).not.toContain('Denied');
  });

  it('stops a request that waits for its answer', async () => {
    const [here, there] = [await open(), await open()];
    await grant(here);
    await until('both page views', () => new Set(typed(visitor, 'page').map(({ messageId }) => messageId)).size === 2);
    visitor.collector.delayMs = 60_000;
    await track(there, 'Underway');
    await until('the request', () => sent('/v1/batch', 'Underway').length);
    const ended = there.waitForEvent('requestfailed');
    await deny(here);
    expect((await ended).failure()?.errorText).toMatch(/ABORTED/i);
  });
});

describe('a withdrawal', () => {
  it('sends what waits where the owner chose to finish, keeps nothing on the device, and takes nothing new', async () => {
    const tab = await open('/plain?finish');
    await grant(tab);
    await until('the page view', () => typed(visitor, 'page').length);
    await visitor.collector.down();
    await track(tab, 'Before');
    await deny(tab);
    await track(tab, 'After');
    await until('no trace', async () => JSON.stringify(await traces(tab)) === JSON.stringify(NO_TRACE));
    await visitor.collector.up();
    await tab.evaluate(() => window.filrouge.flush());
    await until('the event from before', () => named(visitor, 'Before').length);
    expect(named(visitor, 'After')).toEqual([]);
    expect(await traces(tab)).toEqual(NO_TRACE);
  });
});

describe('the purpose of a collector', () => {
  it('holds its events while it is pending, and sends the same ones once it is granted', async () => {
    const tab = await open();
    await tab.evaluate(() => void window.filrouge.consent({ analytics: 'granted' }));
    await track(tab, 'Held');
    await until('the event', () => sent('/v1/batch', 'Held').length);
    expect(sent('/ads/v1/batch', 'Held')).toEqual([]);
    await tab.evaluate(() => void window.filrouge.consent({ advertising: 'granted' }));
    await until('the event there, too', () => sent('/ads/v1/batch', 'Held').length);
    const [first] = sent('/v1/batch', 'Held');
    const [second] = sent('/ads/v1/batch', 'Held');
    expect(second?.messageId).toBe(first?.messageId);
    expect(second?.context?.filrouge?.sequence).toEqual(first?.context?.filrouge?.sequence);
    expect(second?.context?.consent?.categoryPreferences).toEqual({ analytics: true, advertising: true });
  });

  it('drops and counts what was held once it is denied', async () => {
    const tab = await open();
    await tab.evaluate(() => void window.filrouge.consent({ analytics: 'granted' }));
    await track(tab, 'Held');
    await tab.evaluate(() => void window.filrouge.consent({ advertising: 'denied' }));
    await tab.evaluate(() => void window.filrouge.consent({ advertising: 'granted' }));
    await track(tab, 'New');
    await until('the new event', () => sent('/ads/v1/batch', 'New').length);
    expect(sent('/ads/v1/batch', 'Held')).toEqual([]);
    expect(await tab.evaluate(() => window.problems)).toEqual(['no-consent', 'no-consent']);
  });
});

it('tells of a change only when there is one', async () => {
  const tab = await open();
  await tab.evaluate(() => {
    for (const analytics of ['pending', 'granted', 'granted', 'denied', 'denied'] as const) {
      window.filrouge.consent({ analytics });
    }
    window.filrouge.consent();
  });
  expect((await tab.evaluate(() => window.changes)).map(({ analytics }) => analytics)).toEqual(['granted', 'denied']);
});

describe('late consent', () => {
  it('credits the campaign of the landing page also after a full page load', async () => {
    const tab = await open('/plain?utm_source=news&utm_campaign=Spring&gclid=AbC');
    await tab.evaluate(() => {
      location.href = '/plain';
    });
    await tab.waitForURL((url) => !url.search);
    await loaded(tab);
    await grant(tab);
    await until('the page view', () => typed(visitor, 'page').length);
    const [view] = typed(visitor, 'page');
    expect(view?.context?.campaign).toEqual({ source: 'news', name: 'Spring' });
    expect(view?.context?.filrouge?.touch).toMatchObject({ clickIds: { gclid: 'AbC' }, late: true });
    expect(view?.context?.page?.referrer).toBe(`${visitor.site.url}/plain`);
  });

  it('credits it once where consent was there all along', async () => {
    const tab = await open('/plain?utm_source=news');
    await grant(tab);
    await until('the page view', () => typed(visitor, 'page').length);
    await tab.evaluate(() => {
      location.href = '/plain';
    });
    await until('the second', () => typed(visitor, 'page').length === 2);
    const touches = await tab.evaluate(() => window.filrouge.visitor().touches);
    expect(touches.map(({ campaign, late }) => [campaign?.source, late])).toEqual([['news', undefined]]);
  });
});
