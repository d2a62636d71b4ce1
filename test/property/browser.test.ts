// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTracker } from '../../src/browser/create.js';
import { pages } from '../../src/capture/pages.js';
import { segment } from '../../src/collectors/segment.js';
import type { Consent } from '../../src/protocol/index.js';

/** What left the page, by any door. */
const sent: unknown[] = [];
const doors = { fetch: globalThis.fetch, sendBeacon: navigator.sendBeacon };

beforeAll(() => {
  globalThis.fetch = (...request) => {
    sent.push(request);
    return Promise.reject(new Error('closed'));
  };
  navigator.sendBeacon = (...request) => Boolean(sent.push(request));
});
afterAll(() => Object.assign(globalThis, { fetch: doors.fetch }));

const call = fc.oneof(
  fc.record({
    method: fc.constantFrom('page', 'track', 'identify', 'group', 'alias', 'reset', 'visitor', 'forget', 'flush'),
    args: fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 4 }),
  }),
  fc.record({
    method: fc.constant('consent'),
    // Anything but a grant of analytics; the other purposes may well be granted.
    args: fc.tuple(
      fc.record(
        {
          analytics: fc.constantFrom('denied', 'pending', 'GRANTED', true, null),
          attribution: fc.constantFrom('granted', 'denied'),
          advertising: fc.constantFrom('granted', 'denied'),
        },
        { requiredKeys: [] },
      ),
    ),
  }),
  fc.record({ method: fc.constantFrom('pagehide', 'popstate', 'online', 'visibilitychange'), args: fc.constant([]) }),
);

it('without consent stores and sends nothing, whatever is called', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(call, { maxLength: 30 }),
      fc.constantFrom('hold', 'drop'),
      async (calls, withoutConsent) => {
        const problems: string[] = [];
        const tracker = createTracker({
          collectors: [segment({ url: 'https://c.example', writeKey: 'wk' })],
          capture: [pages()],
          withoutConsent: withoutConsent === 'hold' ? 'hold' : 'drop',
          onProblem: ({ code }) => problems.push(code),
        });
        const methods: { [name: string]: unknown } = { ...tracker };
        for (const { method, args } of calls) {
          const work = methods[method];
          if (typeof work === 'function') await Reflect.apply(work, undefined, args);
          else window.dispatchEvent(new Event(method));
        }
        await tracker.flush();
        tracker.stop();
        expect(sent).toEqual([]);
        expect(document.cookie).toBe('');
        expect({ ...localStorage }).toEqual({});
        expect(await indexedDB.databases()).toEqual([]);
      },
    ),
    { numRuns: 150 },
  );
});

it('with consent the same calls do store and send', async () => {
  const tracker = createTracker({
    collectors: [segment({ url: 'https://c.example', writeKey: 'wk' })],
    onProblem() {},
  });
  const grant: Partial<Consent> = { analytics: 'granted' };
  tracker.consent(grant);
  tracker.track('A');
  await tracker.flush();
  tracker.stop();
  expect(sent.length).toBe(1);
  expect(localStorage.length).toBeGreaterThan(0);
  expect((await indexedDB.databases()).length).toBe(1);
});

it('encode puts each event into exactly one request, as valid JSON', () => {
  const events = fc.uniqueArray(fc.record({ id: fc.uuid(), value: fc.jsonValue() }), { selector: ({ id }) => id });
  fc.assert(
    fc.property(events, fc.string(), fc.webUrl(), (drafts, writeKey, url) => {
      const queued = drafts.map(({ id, value }) => ({ id, json: JSON.stringify({ messageId: id, value }) }));
      const { encode } = segment({ url, writeKey });
      const requests = [...encode(queued, '2026-01-01T00:00:00.000Z')];
      expect(requests).toEqual([...encode(queued, '2026-01-01T00:00:00.000Z')]);
      expect(requests.flatMap(({ ids }) => ids)).toEqual(drafts.map(({ id }) => id));
      const bodies = requests.map(({ body }) => JSON.parse(body));
      expect(bodies.flatMap(({ batch }) => batch)).toEqual(queued.map(({ json }) => JSON.parse(json)));
      expect(bodies.every((body) => body.writeKey === writeKey)).toBe(true);
    }),
  );
});
