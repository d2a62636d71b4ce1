import { expect, test } from 'vitest';
import { hashIdentifier } from '../../src/stores/suppress.js';
import { GOAL } from './scenario.js';
import type { Filled, StoreUnderTest } from './stores.js';
import { all, at, events, record, suppression } from './wire.js';

/** Erasure and suppression. */
export function testErasure(filled: Filled, place: () => StoreUnderTest | undefined): void {
  const history = () =>
    events(
      { minute: 1, anonymousId: 'device-of-ann', context: { campaign: { source: 'only-for-ann' } } },
      {
        minute: 2,
        anonymousId: 'device-of-ann',
        userId: 'ann@example',
        type: 'identify',
        traits: { phone: '+33-SECRET' },
      },
      { minute: 3, anonymousId: 'tablet', userId: 'ann@example' },
      { minute: 4, anonymousId: 'tablet', properties: { secret: 'SLICE-SECRET' } },
      { minute: 5, anonymousId: 'tablet', userId: 'bob' },
      { minute: 6, anonymousId: 'tablet' },
    );

  test('a person is gone with all bytes, others stay, and older events of theirs do not come back', async () => {
    const store = await filled(record(1, history()));
    const erased = await store.erase('device-of-ann', at(60));
    expect(erased?.person).toBe('ann@example');
    expect(erased?.messageIds.toSorted()).toEqual(['m1', 'm2', 'm3', 'm4']);
    expect(erased?.identifiers).toHaveLength(2);
    expect(erased?.hashes.toSorted()).toEqual(
      ['ann@example', 'device-of-ann'].map((id) => hashIdentifier('pepper', id)).sort(),
    );
    for (const id of ['ann@example', 'device-of-ann']) expect(await store.person(id)).toBeUndefined();
    expect((await store.person('bob'))?.timeline).toMatchObject([{ messageId: 'm5' }, { messageId: 'm6' }]);
    expect(await store.sources({ goal: GOAL })).toEqual([{ key: 'direct' }]);
    const bytes = await place()?.bytesOnDisk?.();
    for (const secret of ['ann@example', 'device-of-ann', '33-SECRET', 'SLICE-SECRET', 'only-for-ann']) {
      expect(bytes?.includes(secret) ?? false).toBe(false);
    }
    expect(bytes?.includes('tablet') ?? true).toBe(true);
    expect(await store.suppressions()).toEqual(new Map(erased?.hashes.map((hash) => [hash, at(60)])));

    const again = events(
      { minute: 59, userId: 'ann@example', messageId: 'old' },
      { minute: 60, anonymousId: 'device-of-ann', messageId: 'old2' },
      { minute: 61, anonymousId: 'device-of-ann', messageId: 'new' },
      { minute: 1, anonymousId: 'device-of-ann', userId: 'bob', messageId: 'bobs' },
    );
    expect(await store.append([record(2, again)])).toEqual({ stored: 2, duplicates: 0, suppressed: 2 });
    expect((await store.person('device-of-ann'))?.timeline).toMatchObject(
      ['bobs', 'm5', 'm6', 'new'].map((messageId) => ({ messageId })),
    );
  });

  test('the device of several users, erased, loses what happened without a login', async () => {
    const store = await filled(record(1, history()));
    const erased = await store.erase('tablet', at(60));
    expect(erased?.messageIds.toSorted()).toEqual(['m4', 'm6']);
    expect((await store.person('ann@example'))?.timeline).toHaveLength(3);
    expect(await store.erase('tablet', at(60))).toBeUndefined();
  });

  test('erasing nobody changes nothing', async () => {
    const store = await filled(record(1, history()));
    expect(await store.erase('unknown', at(60))).toBeUndefined();
    expect(await store.suppressions()).toEqual(new Map());
    expect(await all(store.events())).toHaveLength(6);
  });

  test('a suppression in the log takes out what came before it and keeps out what comes after', async () => {
    const hashes = ['ann@example', 'device-of-ann'].map((id) => hashIdentifier('pepper', id));
    const store = await filled(record(1, history()), suppression(2, hashes, at(60)));
    expect(await all(store.events())).toMatchObject([{ messageId: 'm4' }, { messageId: 'm5' }, { messageId: 'm6' }]);
    expect(await store.append([record(3, events({ minute: 7, userId: 'ann@example', messageId: 'x' }))])).toMatchObject(
      {
        suppressed: 1,
      },
    );
    expect(await store.position()).toBe(3);
    expect((await place()?.bytesOnDisk?.())?.includes('ann@example') ?? false).toBe(false);
  });

  test('questions and appends go on during an erasure', async () => {
    const store = await filled(record(1, history()));
    const [erased, counted, found] = await Promise.all([
      store.erase('ann@example', at(60)),
      store.append([record(2, events({ minute: 90, messageId: 'meanwhile' }))]),
      all(store.events()),
      store.kpis({ goal: GOAL, by: 'total' }),
    ]);
    expect([erased?.messageIds.length, counted.stored]).toEqual([4, 1]);
    expect([2, 3, 6, 7]).toContain(found.length);
    expect(await all(store.events())).toHaveLength(3);
  });
}
