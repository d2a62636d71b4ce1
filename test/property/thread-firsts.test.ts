import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WireEvent } from '../../src/protocol/index.js';
import { createReports } from '../../src/report/reports.js';
import type { Store, ThreadQuery } from '../../src/stores/contract.js';
import { memoryStore } from '../../src/stores/memory.js';
import { all, at, events, record } from '../contract/wire.js';
import { runs, withDuckdb } from './histories.js';

const ORDER = 'Order Completed';
const VIEW = 'Product Viewed';
const ADD = 'Product Added';

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

// Within an hour, on two devices that are handed round: several views in each quarter of an hour.
const event = fc
  .record({
    minute: fc.integer({ min: 0, max: 50 }),
    second: fc.constantFrom(0, 0, 20),
    anonymousId: fc.constantFrom('d1', 'd1', 'd2', 'd3'),
    userId: fc.constantFrom(...times(8, undefined), 'ann', 'bob'),
    name: fc.constantFrom(...times(12, VIEW), ADD, ORDER, undefined, undefined),
    isHere: fc.constantFrom(true, true, false),
    isBot: fc.constantFrom(...times(9, false), true),
    session: fc.constantFrom(undefined, 's1', 's2'),
  })
  .map(({ minute, second, anonymousId, userId, name, isHere, isBot, session }) => ({
    type: name === undefined ? ('page' as const) : ('track' as const),
    messageId: '',
    timestamp: at(minute + second / 60),
    anonymousId,
    ...(userId && { userId }),
    ...(name !== undefined && { event: name }),
    properties: { order_id: `${minute % 3}` },
    context: {
      ...(isHere && { page: { url: 'https://shop.example/' } }),
      ...(isBot && { userAgent: 'Googlebot/2.1' }),
      ...(session && { filrouge: { v: 1 as const, session: { id: session, start: at(0) } } }),
    },
  }));
const parts = fc.array(fc.array(event, { minLength: 1, maxLength: 15 }), { minLength: 1, maxLength: 4 });

const question = fc.record({
  range: fc.constantFrom({}, {}, { from: at(20), to: at(35) }, { from: at(15) }, { to: at(28) }),
  bots: fc.constantFrom(false, false, true),
  only: fc.constantFrom('asked' as const, ...times(3, undefined)),
  firsts: fc.subarray([VIEW, ADD, ORDER], { minLength: 1 }),
  without: fc.subarray(['visits' as const, 'touches' as const, 'facts' as const]),
});

/** So many that no more are copied: others count as frequent, and are kept by stretches. */
const OTHERS = Array.from({ length: 45 }, (_, i) => `Other ${i}`);

async function fill(store: Store, history: WireEvent[][], asked: ThreadQuery): Promise<void> {
  let position = 0;
  for (const part of history) {
    const batch = part.map((one, i) => ({ ...one, messageId: `m${position}-${i}` }));
    await store.append([record(++position, batch, { key: 'secret' })]);
    await all(store.threads({ events: OTHERS, bare: true }));
    await all(store.threads(asked));
  }
}

const RUNS = runs(6);

test('the first events are the same on both engines, by stretches that were kept bit by bit and around an erasure', async () => {
  await fc.assert(
    fc.asyncProperty(parts, question, fc.boolean(), async (history, { range, ...rest }, erases) => {
      const query = { ...range, ...rest, events: [ORDER, VIEW, ADD], goal: ORDER, bare: true };
      const plain = memoryStore({ pepper: 'p' });
      const found = async (store: Store): Promise<unknown> => {
        await fill(store, history, query);
        if (erases) await store.erase('ann', at(30));
        return all(store.threads(query));
      };
      const expected = await found(plain);
      await withDuckdb(async (store) => expect(await found(store)).toEqual(expected));
    }),
    RUNS,
  );
}, 300_000);

test('what comes to a stretch that is kept already lengthens it, on either side', async () => {
  const query = { events: [VIEW, ADD], firsts: [VIEW, ADD], bare: true };
  const view = (minute: number, name = VIEW) => events({ minute, messageId: `${minute}`, event: name });
  await withDuckdb(async (store) => {
    await fill(store, [view(5)], query);
    const times = async (): Promise<string[][]> => {
      const threads = await all(store.threads(query));
      return threads.map((thread) => thread.events.map(({ at: time, name }) => `${name} ${time}`));
    };
    await store.append([record(10, view(9))]);
    expect(await times()).toEqual([[`${VIEW} ${at(5)}`]]);
    await store.append([record(11, view(2))]);
    expect(await times()).toEqual([[`${VIEW} ${at(2)}`]]);
    await store.append([record(12, view(7, ADD))]);
    expect(await times()).toEqual([[`${VIEW} ${at(2)}`, `${VIEW} ${at(5)}`, `${ADD} ${at(7)}`, `${VIEW} ${at(9)}`]]);
  });
});

test('a stretch in which a visit began and something else happened is read event by event once', async () => {
  // The first view is told by the server, so that no visit begins with it.
  const here = { context: { page: { url: 'https://shop.example/' } } };
  const deeds = [
    { minute: 0, event: VIEW, context: {} },
    { minute: 1, event: VIEW, ...here },
    { minute: 2, event: ORDER, ...here },
    { minute: 3, event: VIEW, ...here },
    { minute: 20, event: VIEW, ...here },
    { minute: 21, event: VIEW, ...here },
  ];
  const query = { events: [VIEW, ORDER], goal: ORDER, firsts: [VIEW], bare: true };
  const history = [deeds.slice(0, 2), deeds.slice(2)].map((part) => events(...part));
  const found = async (store: Store): Promise<unknown> => {
    await fill(store, history, query);
    // Out of stretches, and out of the events.
    return [await all(store.threads(query)), await all(store.threads({ ...query, bots: true }))];
  };
  const expected = await found(memoryStore({ pepper: 'p' }));
  await withDuckdb(async (store) => expect(await found(store)).toEqual(expected));
});

const now = () => new Date('2026-12-01T00:00:00Z');

test('a funnel over the first events is the one over all of them', async () => {
  const step = fc.constantFrom('Visit', VIEW, ADD, ORDER);
  await fc.assert(
    fc.asyncProperty(
      parts,
      fc.array(step, { minLength: 2, maxLength: 4 }),
      fc.constantFrom(0.005, 0.02, 30),
      async (history, steps, windowDays) => {
        const store = memoryStore({ pepper: 'p' });
        await fill(store, history, { events: [] });
        const whole: Store = { ...store, threads: ({ firsts: _, ...query }) => store.threads(query) };
        const query = { from: '2026-11-02', to: '2026-11-03', steps, windowDays };
        const [some, every] = [createReports(store, { now }), createReports(whole, { now })];
        expect(await some.people('funnel', query)).toEqual(await every.people('funnel', query));
      },
    ),
    { numRuns: Number(process.env.FC_RUNS ?? 60) },
  );
});

test('the usual steps without those that nobody made are the same as these by name, whoever made one first', async () => {
  await fc.assert(
    fc.asyncProperty(parts, fc.constantFrom('total', 'channel'), async (history, by) => {
      const store = memoryStore({ pepper: 'p' });
      await fill(store, history, { events: [] });
      const query = { from: '2026-11-02', to: '2026-11-03', by };
      const usual = await createReports(store, { now }).people('funnel', query);
      if (usual.unseen.length > 0) return;
      expect(usual.steps).not.toContain('Checkout Started');
      expect(await createReports(store, { now }).people('funnel', { ...query, steps: usual.steps })).toEqual(usual);
    }),
    { numRuns: Number(process.env.FC_RUNS ?? 60) },
  );
});
