import { expect, test } from 'vitest';
import { encodeRecord, type StandingMeta } from '../../src/log/record.js';
import { GOAL } from './scenario.js';
import type { Filled, StoreUnderTest } from './stores.js';
import { all, at, events, record, suppression } from './wire.js';

/** Retention, withdrawal, restriction: events that go or are trimmed without their person being erased. */
export function testRevision(filled: Filled, place: () => StoreUnderTest | undefined): void {
  const history = () =>
    events(
      { minute: 1, context: { campaign: { source: 'SECRET-SOURCE' }, page: { url: 'https://shop.example/' } } },
      { minute: 2, anonymousId: 'laptop', userId: 'ann', type: 'identify', traits: { phone: 'SECRET-PHONE' } },
      { minute: 3, event: 'Order Completed', properties: { note: 'SECRET-NOTE', total: 5 } },
      { minute: 4, event: 'Search', anonymousId: 'laptop' },
    );

  test('what is removed goes with its bytes and its links, what is trimmed keeps its place', async () => {
    const store = await filled(record(1, history(), { skewMs: 60_000 }));
    const [first] = history();
    if (!first) throw new Error('an event');
    const trimmed = { ...first, context: { page: { url: 'https://shop.example/' } } };
    const revision = { removed: ['m2', 'm3', 'unknown'], replaced: [trimmed, { ...trimmed, messageId: 'gone' }] };
    expect(await store.revise(revision)).toBe(3);
    expect(await all(store.events())).toEqual([
      { ...trimmed, timestamp: at(2), originalTimestamp: at(1), receivedAt: '2026-12-01T00:00:00.000Z' },
      expect.objectContaining({ messageId: 'm4' }),
    ]);
    expect(await store.person('ann')).toBeUndefined();
    expect((await store.person('laptop'))?.person).toBe('laptop');
    expect(await store.sources({ goal: GOAL })).toEqual([{ key: 'direct' }]);
    expect(await store.suppressions()).toEqual(new Map());
    const bytes = await place()?.bytesOnDisk?.();
    for (const secret of ['SECRET-SOURCE', 'SECRET-PHONE', 'SECRET-NOTE'])
      expect(bytes?.includes(secret) ?? false).toBe(false);
    expect(bytes?.includes('laptop') ?? true).toBe(true);
    expect(await store.revise(revision)).toBe(1);
    expect(await store.revise({ removed: [], replaced: [] })).toBe(0);
  });

  test('it counts what is taken back, from its beginning on, and nothing else', async () => {
    const store = await filled(record(1, history()));
    const moved = async (task: () => Promise<unknown>) => {
      const before = store.takenBack?.() ?? Number.NaN;
      await task();
      return (store.takenBack?.() ?? Number.NaN) - before;
    };
    const alias = (position: number, undo: boolean) => {
      const said = { type: 'alias' as const, previousId: 'ann', userId: 'bob', messageId: `a${position}` };
      const context = { filrouge: { v: 1 as const, undo } };
      return store.append([record(position, events({ ...said, minute: position, context }), { key: 'secret' })]);
    };
    const standing = { kind: 'standing' as const, at: at(50), identifiers: ['h1'], restricted: true };
    expect(await moved(() => store.append([record(2, history()), record(3, [])]))).toBe(0);
    expect(await moved(() => alias(4, false))).toBe(0);
    expect(await moved(() => alias(5, true))).toBe(1);
    expect(await moved(() => store.append([suppression(6, ['h1'], at(50))]))).toBe(1);
    expect(await moved(() => store.append([suppression(7, ['h1'], at(50)), suppression(8, [], at(50))]))).toBe(0);
    expect(await moved(() => store.append([{ position: 9, bytes: encodeRecord(standing) }]))).toBe(1);
    expect(await moved(() => store.revise({ removed: ['m4'], replaced: [] }))).toBe(2);
    expect(await moved(() => store.erase('laptop', at(60)))).toBe(2);
  });

  test('events are found by kind and name', async () => {
    const store = await filled(record(1, history()));
    const ids = async (query: Parameters<typeof store.events>[0]) =>
      (await all(store.events(query))).map(({ messageId }) => messageId).join();
    expect(await ids({ type: 'track' })).toBe('m3,m4');
    expect(await ids({ event: 'Search' })).toBe('m4');
    expect(await ids({ exceptEvents: ['Search', "it's"] })).toBe('m1,m2,m3');
    expect(await ids({ type: 'track', exceptEvents: ['Search'], to: at(4) })).toBe('m3');
    expect(await ids({ type: 'page', event: 'Search' })).toBe('');
    expect(await ids({ anonymousIds: ['laptop', 'x'] })).toBe('m2,m4');
    expect(await ids({ userIds: ['ann'], anonymousIds: ['laptop'] })).toBe('m2');
  });

  test('what people asked for as to their data is kept by HMAC, the latest word counts, and aside is passed over', async () => {
    const standing = (position: number, meta: Partial<StandingMeta>) => ({
      position,
      bytes: encodeRecord({ kind: 'standing', at: at(position), identifiers: ['h1', 'h2'], ...meta }),
    });
    const store = await filled(
      record(1, history()),
      standing(2, { restricted: true }),
      standing(3, { identifiers: ['h1'], objected: ['analytics'] }),
      standing(4, { identifiers: ['h2'], restricted: false }),
      {
        position: 5,
        bytes: encodeRecord({ kind: 'aside', at: at(5), identifiers: ['h1'] }, new TextEncoder().encode('[]')),
      },
    );
    expect(await store.standings()).toEqual(
      new Map([['h1', { at: at(3), restricted: true, objected: ['analytics'] }]]),
    );
    expect(await store.position()).toBe(5);
    expect(await all(store.events())).toHaveLength(4);
  });
}
