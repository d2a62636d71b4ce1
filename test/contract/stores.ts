import { afterEach, describe, expect, test } from 'vitest';
import type { LogRecord } from '../../src/log/contract.js';
import type { Store } from '../../src/stores/contract.js';
import { GOAL, week } from './scenario.js';
import { testConsent } from './store-consent.js';
import { testDelivery } from './store-delivery.js';
import { testErasure } from './store-erasure.js';
import { testJoins } from './store-joins.js';
import { testKnown } from './store-known.js';
import { testPersons } from './store-persons.js';
import { testReports } from './store-reports.js';
import { testRevision } from './store-revision.js';
import { testThreads } from './store-threads.js';
import { testTold } from './store-told.js';
import { testTouches } from './store-touches.js';
import { all, at, events, record } from './wire.js';

/** One store under test: `open` opens the same place again after `close`. The pepper must be `pepper`. */
export interface StoreUnderTest {
  open: () => Promise<Store>;
  /** All bytes the store has anywhere; undefined for one that has no files. */
  bytesOnDisk?: () => Promise<Buffer>;
  remove: () => Promise<void>;
}

/** Records that were applied, opened as a store. */
export type Filled = (...records: LogRecord[]) => Promise<Store>;

/** The whole contract of `Store`. */
export function testStore(name: string, make: () => Promise<StoreUnderTest>): void {
  const used: { place: StoreUnderTest; store: Store }[] = [];
  const filled: Filled = async (...records) => {
    const place = await make();
    const store = await place.open();
    used.push({ place, store });
    await store.append(records);
    return store;
  };
  afterEach(async () => {
    for (const { place, store } of used.splice(0)) {
      await store.close();
      await place.remove();
    }
  });
  describe(name, () => {
    testAppending(filled);
    testPersons(filled);
    testJoins(filled);
    testReports(filled);
    testTouches(filled);
    testTold(filled);
    testThreads(filled);
    testDelivery(filled);
    testConsent(filled);
    testKnown(filled);
    testErasure(filled, () => used.at(-1)?.place);
    testRevision(filled, () => used.at(-1)?.place);
    testReopening(make);
  });
}

function testAppending(filled: Filled): void {
  test('events come back complete, in order of arrival, with corrected time', async () => {
    const [late, early] = events(
      { minute: 10, properties: { nested: { list: [1, null, 'ü\u0000"'] } }, integrations: { All: true } },
      { minute: 5, userId: 'u', type: 'identify', traits: { name: 'Ada' } },
    );
    if (!late || !early) throw new Error('two events');
    const store = await filled(record(1, [late], { skewMs: 60_000 }), record(2, [early], { receivedAt: at(4) }));
    expect(await all(store.events())).toEqual([
      { ...late, timestamp: at(11), originalTimestamp: at(10), receivedAt: '2026-12-01T00:00:00.000Z' },
      // What the client dates after its arrival happened when it arrived.
      { ...early, timestamp: at(4), originalTimestamp: at(5), receivedAt: at(4) },
    ]);
    expect(await all(store.events({ from: at(11) }))).toHaveLength(1);
    expect(await all(store.events({ to: at(11), limit: 5 }))).toMatchObject([{ messageId: early.messageId }]);
    expect(await all(store.events({ after: 'm1' }))).toMatchObject([{ messageId: 'm2' }]);
    expect(await all(store.events({ after: 'nothing' }))).toEqual([]);
    expect(await all(store.events({ messageIds: ['m2', 'nothing'] }))).toMatchObject([{ messageId: 'm2' }]);
    expect(await all(store.events({ limit: 1 }))).toMatchObject([{ messageId: 'm1' }]);
  });

  test('repeats are counted and not stored, within a batch, a call, and between calls', async () => {
    const [a, b, c] = events({ minute: 1 }, { minute: 2 }, { minute: 3 });
    if (!a || !b || !c) throw new Error('three events');
    const store = await filled();
    expect(await store.append([record(1, [a, b, a]), record(2, [b])])).toEqual({
      stored: 2,
      duplicates: 2,
      suppressed: 0,
    });
    expect(await store.append([record(3, [c, a], { skewMs: 5000 })])).toEqual({
      stored: 1,
      duplicates: 1,
      suppressed: 0,
    });
    expect(await all(store.events())).toHaveLength(3);
  });

  test('a messageId counts once, however far its times lie apart', async () => {
    const [web, till] = events({ minute: 1, messageId: 'order-7' }, { minute: 400_000, messageId: 'order-7' });
    if (!web || !till) throw new Error('two events');
    const store = await filled(record(1, [web]));
    expect(await store.append([record(2, [till])])).toEqual({ stored: 0, duplicates: 1, suppressed: 0 });
    expect(await all(store.events())).toMatchObject([{ timestamp: at(1) }]);
  });

  test('the position moves with the records, and a record applied again changes nothing', async () => {
    const store = await filled();
    expect(await store.position()).toBe(0);
    const records = [record(3, events({ minute: 1 })), record(7, [])];
    await store.append(records);
    expect(await store.position()).toBe(7);
    expect(await store.append(records)).toEqual({ stored: 0, duplicates: 0, suppressed: 0 });
    expect(await store.position()).toBe(7);
  });

  test('whatever clients write in context and properties, an event is stored', async () => {
    const odd = [null, 5, 'text', [], [null], {}, { page: 5, campaign: 'x', filrouge: { touch: 'x', session: 7 } }];
    const strange = odd.map((context, i) => ({
      ...events({ minute: i })[0],
      messageId: `odd${i}`,
      context,
      properties: context,
      event: 7,
      traits: null,
    }));
    const deeper = { page: { url: {}, referrer: 4 }, filrouge: { touch: { at: 9e99, campaign: null, clickIds: 4 } } };
    const body = JSON.stringify({ batch: [...strange, { ...strange[0], messageId: 'deep', context: deeper }] });
    const head = JSON.stringify({ kind: 'batch', receivedAt: at(60), skewMs: 0.5, key: 'write' });
    const store = await filled({ position: 1, bytes: new TextEncoder().encode(`${head}\n${body}`) });
    expect(await all(store.events())).toHaveLength(odd.length + 1);
    expect((await store.person('device'))?.timeline).toHaveLength(odd.length + 1);
  });
}

function testReopening(make: () => Promise<StoreUnderTest>): void {
  test('what was applied is there after reopening', async () => {
    const place = await make();
    if (!place.bytesOnDisk) return place.remove();
    const query = { goal: GOAL, lookbackDays: 30 };
    const before = await place.open();
    await before.append(week());
    const erased = await before.erase('other', at(2000));
    const answers = async (store: Store) => [
      await all(store.events()),
      await store.kpis({ ...query, by: 'day' }),
      await all(store.journeys(query)),
      await store.person('phone'),
      await store.suppressions(),
      await store.position(),
      await store.append([record(9, events({ minute: 0, anonymousId: 'phone' }), {})]),
    ];
    const expected = await answers(before);
    await before.close();
    const after = await place.open();
    expect(erased?.messageIds).toEqual(['m7']);
    expect((await answers(after)).slice(0, 5)).toEqual(expected.slice(0, 5));
    expect(await after.position()).toBe(9);
    expect(await after.append([record(10, events({ minute: 0, anonymousId: 'phone' }))])).toMatchObject({
      duplicates: 1,
    });
    await after.close();
    await place.remove();
  });
}
