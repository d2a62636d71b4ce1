import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BatchMeta } from '../../src/log/record.js';
import type { WireEvent } from '../../src/protocol/index.js';
import type { Store } from '../../src/stores/contract.js';
import { memoryStore } from '../../src/stores/memory.js';
import type { Identified } from '../../src/stores/persons/edges.js';
import { readName } from '../../src/stores/persons/identifiers.js';
import { nameUsers } from '../../src/stores/persons/names.js';
import { resolvePersons } from '../../src/stores/persons/resolve.js';
import { all, at, record } from '../contract/wire.js';
import { runs, withDuckdb } from './histories.js';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const rows: fc.Arbitrary<Identified[]> = fc.array(
  fc
    .record({
      userId: fc.option(id),
      anonymousId: fc.option(fc.constantFrom('x', 'y', 'z')),
      previousId: fc.option(id, { freq: 2 }),
      trusted: fc.boolean(),
      undo: fc.boolean(),
      unlinked: fc.constantFrom(false, false, true),
      others: fc.subarray(['loyalty_id:1', 'loyalty_id:2', 'crm_id:1', 'email_hash:1', 'email_hash:2', 'ios.id:1'], {
        maxLength: 2,
      }),
      at: fc.integer({ min: 0, max: 9 }),
    })
    .map((row) => ({ ...row, device: `a${row.anonymousId}` })),
  { maxLength: 30 },
);

test('edges give the same persons in any order and any number', () => {
  fc.assert(
    fc.property(
      rows.chain((some) =>
        fc.tuple(fc.constant(some), fc.shuffledSubarray([...some, ...some], { minLength: some.length * 2 })),
      ),
      ([some, twice]) => {
        const [plain, shuffled] = [resolvePersons(some), resolvePersons(twice)];
        for (const row of some) {
          expect(shuffled.personOf(row)).toBe(plain.personOf(row));
          if (row.userId) expect(shuffled.canonical(row.userId)).toBe(plain.canonical(row.userId));
        }
        expect(shuffled.conflicts).toEqual(plain.conflicts);
      },
    ),
  );
});

test('without an alias of the secret key no person has two values of a unique type', () => {
  fc.assert(
    fc.property(rows, (some) => {
      const { canonical, personOf } = resolvePersons(some.map((row) => ({ ...row, trusted: false })));
      const groups = new Map<string, string>();
      const names = [...new Set(some.flatMap(({ userId, others }) => [userId ?? [], ...others].flat()))];
      for (const name of names) {
        const type = readName(name)?.type ?? 'userId';
        if (!['userId', 'loyalty_id', 'crm_id'].includes(type)) continue;
        const key = `${canonical(name)} ${type}`;
        expect(groups.get(key) ?? name).toBe(name);
        groups.set(key, name);
      }
      for (const row of some) if (row.userId) expect(personOf(row)).toBe(`u${canonical(row.userId)}`);
    }),
  );
});

test('merged users have one name, which is one of them', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ from: id, to: id }), { minLength: 1 }), (merges) => {
      const { names } = nameUsers(merges, [], new Set());
      const nameOf = (user: string) => names.get(user) ?? user;
      for (const { from, to } of merges) expect(nameOf(from)).toBe(nameOf(to));
      for (const [user, name] of names) expect(names.get(name)).toBe(names.get(user));
    }),
  );
});

// Few of each, so that they meet in every way, and days far enough apart that windows open and close.
const externals = [
  { type: 'loyalty_id', id: '1' },
  { type: 'loyalty_id', id: '2' },
  { type: 'crm_id', id: '1' },
  { type: 'user_id', id: 'ann' },
  { type: 'email', id: 'A@example.com' },
  { type: 'email', id: 'b@example.com' },
  { type: 'phone', id: '+33612345678' },
  { type: 'ios.id', id: '1' },
  { type: 'gclid', id: '1' },
];
const users = ['ann', 'bob', 'cleo', 'loyalty_id:1'];
const devices = Array.from({ length: 14 }, (_, i) => `d${i}`);
const event: fc.Arbitrary<WireEvent> = fc
  .record({
    type: fc.constantFrom('track' as const, 'track' as const, 'identify' as const, 'alias' as const),
    day: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 80 })),
    anonymousId: fc.oneof(fc.constantFrom('d0', 'd1', 'd2', undefined), fc.constantFrom(...devices)),
    userId: fc.constantFrom(undefined, undefined, 'null', ...users),
    previousId: fc.constantFrom(...users, 'd1', 'null'),
    externalIds: fc.subarray(externals, { maxLength: 3 }),
    traits: fc.constantFrom({}, { email: 'a@example.com' }, { phone: '+33612345678', loyaltyId: '2' }),
    undo: fc.constantFrom(false, false, true),
    stitching: fc.constantFrom(undefined, undefined, true, false),
  })
  .map(({ type, day, anonymousId, userId, previousId, externalIds, traits, undo, stitching }) => ({
    type,
    messageId: '',
    timestamp: at(day * 1440),
    ...(anonymousId || !userId ? { anonymousId: anonymousId ?? 'd3' } : {}),
    ...(userId || type === 'alias' ? { userId: userId ?? 'ann' } : {}),
    ...(type === 'alias' ? { previousId } : type === 'track' ? { event: 'Order Completed' } : { traits }),
    context: {
      ...(externalIds.length ? { externalIds } : {}),
      ...(undo ? { filrouge: { v: 1 as const, undo } } : {}),
      ...(stitching === undefined ? {} : { consent: { categoryPreferences: { stitching } } }),
    },
  }));
type History = { event: WireEvent; key: BatchMeta['key'] }[];
const history: fc.Arbitrary<History> = fc
  .array(fc.record({ event, key: fc.constantFrom<BatchMeta['key']>('write', 'write', 'secret') }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((items) => items.map((item, i) => ({ ...item, event: { ...item.event, messageId: `m${i}` } })));

const asked = [
  ...users,
  ...devices,
  'crm_id:1',
  'loyalty_id:2',
  'ios.id:1',
  'email:a@example.com',
  'email:b@example.com',
];

async function answers(store: Store): Promise<unknown> {
  const people: unknown[] = [];
  for (const identifier of asked) people.push({ identifier, person: await store.person(identifier) });
  const journeys = await all(store.journeys({ goal: 'Order Completed', lookbackDays: 30 }));
  return { people, problems: await store.identityProblems(), owners: journeys.map(({ person }) => person) };
}

async function fill(store: Store, parts: History[], from = 0): Promise<void> {
  let position = from;
  for (const part of parts) await store.append(part.map(({ event: one, key }) => record(++position, [one], { key })));
}

const split = fc.tuple(history, fc.integer({ min: 1, max: 25 })).chain(([events, size]) =>
  fc.record({
    events: fc.constant(events),
    parts: fc
      .tuple(fc.shuffledSubarray(events), fc.shuffledSubarray(events, { minLength: events.length }))
      .map(([some, whole]) => [...some, ...whole])
      .map((list) =>
        Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size)),
      ),
    erased: fc.constantFrom(...asked),
    cut: fc.integer({ min: 0, max: 10 }),
  }),
);

const RUNS = runs(15);

test('step by step, in any order and split, with repeats, an engine knows what all events at once say', async () => {
  await fc.assert(
    fc.asyncProperty(split, async ({ events, parts }) => {
      const plain = memoryStore({ pepper: 'p' });
      await fill(plain, [events]);
      await withDuckdb(async (store) => {
        await fill(store, parts);
        expect(await answers(store)).toEqual(await answers(plain));
      });
    }),
    RUNS,
  );
}, 300_000);

test('with an erasure in between, both engines know the same, and what a rebuilt store knows', async () => {
  await fc.assert(
    fc.asyncProperty(split, async ({ parts, erased, cut }) => {
      const [before, after] = [parts.slice(0, cut), parts.slice(cut)];
      const from = before.flat().length;
      const plain = memoryStore({ pepper: 'p' });
      await fill(plain, before);
      const gone = await plain.erase(erased, at(40 * 1440));
      await fill(plain, after, from);
      const expected = await answers(plain);
      await withDuckdb(async (store) => {
        await fill(store, before);
        const same = await store.erase(erased, at(40 * 1440));
        expect(same?.messageIds.toSorted()).toEqual(gone?.messageIds.toSorted());
        expect(same?.hashes.toSorted()).toEqual(gone?.hashes.toSorted());
        await fill(store, after, from);
        expect(await answers(store)).toEqual(expected);
        const rebuilt = memoryStore({ pepper: 'p' });
        const kept = await all(store.events());
        const trusted = new Map(parts.flat().map((one) => [one.event.messageId, one]));
        await fill(rebuilt, [kept.flatMap(({ messageId }) => trusted.get(messageId) ?? [])]);
        expect(await answers(rebuilt)).toEqual(expected);
      });
    }),
    RUNS,
  );
}, 300_000);
