import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BatchMeta } from '../../src/log/record.js';
import type { WireEvent } from '../../src/protocol/index.js';
import type { Store } from '../../src/stores/contract.js';
import { memoryStore } from '../../src/stores/memory.js';
import { all, at, record } from '../contract/wire.js';
import { runs, withDuckdb } from './histories.js';

// Few devices, users, sessions and sources on few minutes, so that they meet in every way.
const touch = fc.record({
  at: fc.integer({ min: -60, max: 200 }).map((minute) => at(minute)),
  campaign: fc.constantFrom({ source: 'google', medium: 'cpc' }, { source: 'mail', medium: 'email' }, {}),
  referrer: fc.constantFrom('https://news.example/a', 'https://other.example/'),
});
const context = fc.record(
  {
    page: fc.record(
      {
        url: fc.constantFrom('https://shop.example/', 'https://shop.example/?utm_source=bing&msclkid=1'),
        referrer: fc.constantFrom('https://news.example/a', 'https://www.shop.example/', 'https://other.example/'),
      },
      { requiredKeys: [] },
    ),
    campaign: fc.constantFrom({ source: 'google', medium: 'cpc' }, { source: 'mail', medium: 'email' }, { name: 'x' }),
    channel: fc.constantFrom('store', 'web', 'mobile'),
    userAgent: fc.constantFrom(
      'Googlebot/2.1',
      'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    ),
    filrouge: fc.record(
      {
        v: fc.constant(1 as const),
        session: fc.constantFrom('s1', 's2', 's3').map((id) => ({ id, start: at(0) })),
        touch,
        sequence: fc.record({ lane: fc.constant('l'), n: fc.integer({ min: 0, max: 3 }) }),
      },
      { requiredKeys: ['v'] },
    ),
  },
  { requiredKeys: [] },
);
const users = ['ann', 'bob', 'cleo', 'null'];
const event: fc.Arbitrary<WireEvent> = fc
  .record({
    type: fc.constantFrom('page' as const, 'track' as const, 'identify' as const, 'alias' as const),
    minute: fc.integer({ min: 0, max: 240 }),
    second: fc.constantFrom(0, 0, 30),
    anonymousId: fc.constantFrom('d1', 'd2', 'd3', 'guest', undefined),
    userId: fc.constantFrom(undefined, undefined, ...users),
    previousId: fc.constantFrom(...users, 'd1'),
    orderId: fc.constantFrom(undefined, 'o1', 'o2', 7),
    total: fc.constantFrom(10, 19.99, '5.5', undefined),
    context,
    name: fc.constantFrom(
      'Order Completed',
      'Order Completed',
      'Order Updated',
      'Product Viewed',
      'Email Link Clicked',
      'Email Opened',
      'Call Started',
      'Call Ended',
    ),
    call: fc.constantFrom(undefined, 'c1', 'c2'),
  })
  .map(({ type, minute, second, anonymousId, userId, previousId, orderId, total, context: made, name, call }) => ({
    type,
    messageId: '',
    timestamp: at(minute + second / 60),
    ...(anonymousId || !userId ? { anonymousId: anonymousId ?? 'd3' } : {}),
    ...(userId || type === 'alias' ? { userId: userId ?? 'ann' } : {}),
    ...(type === 'alias' ? { previousId } : {}),
    ...(type === 'track' ? { event: name } : {}),
    ...(type === 'identify' ? { traits: { minute } } : {}),
    properties: {
      ...(orderId ? { order_id: orderId } : {}),
      ...(total ? { total } : {}),
      ...(call ? { call_id: call } : {}),
      currency: total === 10 ? 'usd' : 'eur',
    },
    context: made,
  }));
const history = fc
  .array(
    fc.record({
      event,
      key: fc.constantFrom<BatchMeta['key']>('write', 'secret'),
      skewMs: fc.constantFrom(0, 0, -90_000),
      late: fc.boolean(),
    }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((items) => items.map((item, i) => ({ ...item, event: { ...item.event, messageId: `m${i}` } })));
type History = { event: WireEvent; key: BatchMeta['key']; skewMs: number; late: boolean }[];

const identifiers = [...users, 'd1', 'd2', 'd3', 'guest'];

/** What to ask: one query of each kind per run, so that many histories are tried. */
const question = fc.record({
  range: fc.constantFrom({}, { from: at(60), to: at(180) }, { from: at(90) }, { to: at(100) }),
  bots: fc.boolean(),
  by: fc.constantFrom('day', 'label', 'day-label', 'total'),
  lookbackDays: fc.constantFrom(0.02, 30),
  views: fc.constantFrom({}, { kinds: ['visit', 'view'] as const, viewLookbackDays: 0.05 }),
  asked: fc.subarray(identifiers, { minLength: 2, maxLength: 3 }),
  only: fc.constantFrom('asked' as const, undefined),
  bare: fc.boolean(),
  without: fc.subarray(['names' as const, 'visits' as const, 'touches' as const]),
});
type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;

async function answers(
  store: Store,
  { range, bots, by, lookbackDays, views, asked, only, bare, without }: Question,
  known: { knownAt?: string } = {},
): Promise<unknown> {
  const query = { goal: 'Order Completed', bots, timezone: 'Asia/Kolkata', ...range, ...known };
  const sources = await store.sources(query);
  const labels = new Map(sources.map(({ key, source }) => [key, source ?? 'none']));
  const kpis = await store.kpis({ ...query, by, labels, amounts: true, total: bare });
  const journeys = await all(store.journeys({ ...query, lookbackDays, ...views }));
  const events = ['Order Completed', 'Product Viewed'];
  const threads = await all(store.threads({ ...query, events, only, bare, without }));
  const people: unknown[] = [];
  for (const identifier of asked) people.push({ identifier, person: await store.person(identifier, known) });
  return { sources, kpis, journeys, threads, people };
}

async function fill(store: Store, parts: History[], from = 0): Promise<number> {
  let position = from;
  for (const part of parts) {
    const records = part.map(({ event: one, key, skewMs, late }) =>
      record(++position, [one], { key, skewMs, ...(late && { receivedAt: '2026-12-05T00:00:00.000Z' }) }),
    );
    await store.append(records);
  }
  return position;
}

/** As `fill`, with a question after each part: sessions are cut for what came since, not all of them at the end. */
async function fillAsking(store: Store, parts: History[], from = 0): Promise<number> {
  let position = from;
  for (const part of parts) {
    position = await fill(store, [part], position);
    await store.kpis({ goal: 'Order Completed', by: 'total' });
  }
  return position;
}

/** Some order and split of a history in which each event comes at least once, some twice. */
const shuffled = history.chain((events) =>
  fc.record({
    events: fc.constant(events),
    again: fc
      .tuple(
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.shuffledSubarray(events),
        fc.integer({ min: 1, max: 9 }),
      )
      .map(([whole, some, size]) => {
        const mixed = [...some, ...whole];
        return Array.from({ length: Math.ceil(mixed.length / size) }, (_, i) => mixed.slice(i * size, (i + 1) * size));
      }),
  }),
);

const RUNS = runs(10);

test('both engines answer alike, in one batch or in many, once or twice, in any order', async () => {
  await fc.assert(
    fc.asyncProperty(shuffled, question, async ({ events, again }, asked) => {
      const plain = memoryStore({ pepper: 'p' });
      await fill(plain, [events]);
      const expected = await answers(plain, asked);
      const repeated = memoryStore({ pepper: 'p' });
      await fill(repeated, again);
      expect(await answers(repeated, asked)).toEqual(expected);
      await withDuckdb(async (store) => {
        await fillAsking(store, again);
        expect(await answers(store, asked)).toEqual(expected);
      });
    }),
    RUNS,
  );
}, 300_000);

test('sessions that were cut bit by bit, around an erasure, are those of the events that are left', async () => {
  await fc.assert(
    fc.asyncProperty(shuffled, history, question, async ({ again }, rest, asked) => {
      const [identifier = ''] = asked.asked;
      const later = [
        rest.map((one) => ({ ...one, event: { ...one.event, messageId: `late ${one.event.messageId}` } })),
      ];
      const plain = memoryStore({ pepper: 'p' });
      const position = await fillAsking(plain, again);
      await plain.erase(identifier, at(120));
      await fillAsking(plain, later, position);
      await withDuckdb(async (store) => {
        await fillAsking(store, again);
        await store.erase(identifier, at(120));
        await fillAsking(store, later, position);
        expect(await answers(store, asked)).toEqual(await answers(plain, asked));
      });
    }),
    RUNS,
  );
}, 300_000);

test('as known at a time, both engines know what a store of that time knew; after an erasure the same, also rebuilt from the log', async () => {
  await fc.assert(
    fc.asyncProperty(history, question, async (events, asked) => {
      const [identifier = ''] = asked.asked;
      const plain = memoryStore({ pepper: 'p' });
      await fill(plain, [events]);
      const erased = await plain.erase(identifier, at(300));
      const expected = await answers(plain, asked);
      const knownAt = '2026-12-05T00:00:00.000Z';
      const early = memoryStore({ pepper: 'p' });
      await fill(early, [events.filter(({ late }) => !late)]);
      await withDuckdb(async (store) => {
        await fill(store, [events]);
        expect(await answers(store, asked, { knownAt })).toEqual(await answers(early, asked));
        expect(sortErased(await store.erase(identifier, at(300)))).toEqual(sortErased(erased));
        expect(await answers(store, asked)).toEqual(expected);
        expect(await store.suppressions()).toEqual(await plain.suppressions());
      });
      const kept = events.filter(({ event: one }) => !erased?.messageIds.includes(one.messageId));
      const rebuilt = memoryStore({ pepper: 'p' });
      await fill(rebuilt, [kept]);
      expect(await answers(rebuilt, asked)).toEqual(expected);
    }),
    RUNS,
  );
}, 300_000);

function sortErased(erased: Awaited<ReturnType<Store['erase']>>): unknown {
  if (!erased) return undefined;
  const identifiersSorted = erased.identifiers.map(({ type, value }) => `${type} ${value}`).sort();
  return {
    ...erased,
    identifiers: identifiersSorted,
    messageIds: erased.messageIds.toSorted(),
    hashes: erased.hashes.toSorted(),
  };
}
