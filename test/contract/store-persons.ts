import { expect, test } from 'vitest';
import { owners } from './owners.js';
import type { Filled } from './stores.js';
import { at, events, record } from './wire.js';

/** Who is who. */
export function testPersons(filled: Filled): void {
  test('a device with one user belongs to them, before and after the login', async () => {
    const store = await filled(
      record(
        1,
        events(
          { minute: 1, anonymousId: 'd' },
          { minute: 2, anonymousId: 'd', userId: 'ann', type: 'identify', traits: { plan: 'a', city: 'Lyon' } },
          { minute: 3, anonymousId: 'd' },
          { minute: 4, anonymousId: 'e', userId: 'ann', type: 'identify', traits: { plan: 'b' } },
          { minute: 5, anonymousId: 'f' },
        ),
      ),
    );
    expect(await owners(store, 'd', 'ann', 'f', 'nobody')).toEqual([
      'ann: m1 m2 m3 m4',
      'ann: m1 m2 m3 m4',
      'f: m5',
      undefined,
    ]);
    const ann = await store.person('e');
    expect(ann?.traits).toEqual({ plan: 'b', city: 'Lyon' });
    expect(ann?.identifiers).toEqual([
      { type: 'anonymousId', value: 'd', firstSeen: at(1), lastSeen: at(3) },
      { type: 'userId', value: 'ann', firstSeen: at(2), lastSeen: at(4) },
      { type: 'anonymousId', value: 'e', firstSeen: at(4), lastSeen: at(4) },
    ]);
  });

  test('a shared tablet is cut in time; before the first login it is nobody’s; an earlier sighting may come late', async () => {
    const store = await filled(
      record(
        1,
        events(
          { minute: 1, anonymousId: 't' },
          { minute: 2, anonymousId: 't', userId: 'ann' },
          { minute: 3, anonymousId: 't' },
          { minute: 8, anonymousId: 't', userId: 'bob' },
          { minute: 9, anonymousId: 't' },
        ),
      ),
    );
    expect(await owners(store, 't', 'ann', 'bob')).toEqual(['t: m1', 'ann: m2 m3', 'bob: m4 m5']);
    await store.append([record(2, events({ minute: 2.5, anonymousId: 't', userId: 'bob', messageId: 'late' }))]);
    expect(await owners(store, 't', 'ann', 'bob')).toEqual(['t: m1', 'ann: m2', 'bob: late m3 m4 m5']);
  });

  test('two users become one only by an alias of the secret key, also in chains and circles', async () => {
    const alias = (minute: number, previousId: string, userId: string) =>
      events({ type: 'alias', minute, previousId, userId, messageId: `${previousId}>${userId}` });
    const users = events({ minute: 1, userId: 'a' }, { minute: 2, userId: 'b' }, { minute: 3, userId: 'c' });
    const store = await filled(record(1, users), record(2, alias(4, 'a', 'b'), { key: 'write' }));
    expect(await owners(store, 'a', 'b', 'c')).toEqual(['a: m1', 'b: m2 a>b', 'c: m3']);
    await store.append([record(3, alias(5, 'b', 'c'), { key: 'secret' })]);
    expect(await owners(store, 'a', 'b')).toEqual(['a: m1', 'c: m2 m3 a>b b>c']);
    await store.append([
      record(4, events({ type: 'alias', minute: 6, previousId: 'a', userId: 'b', messageId: 'x' }), { key: 'secret' }),
    ]);
    expect(await owners(store, 'a', 'b', 'c')).toEqual(Array(3).fill('c: m1 m2 m3 a>b b>c x'));
    await store.append([record(5, alias(7, 'c', 'a'), { key: 'secret' })]);
    expect(await owners(store, 'c')).toEqual(['a: m1 m2 m3 a>b b>c x c>a']);
  });

  test('an alias with the write key links a device, as identify does', async () => {
    const store = await filled(
      record(1, events({ minute: 1, anonymousId: 'd' }, { type: 'alias', minute: 2, previousId: 'd', userId: 'ann' })),
    );
    expect(await owners(store, 'd')).toEqual(['ann: m1 m2']);
  });

  test.each(['null', ' Guest ', '0000', '00000000-0000-0000-0000-000000000000', '[object Object]'])(
    'the value %j stands for nobody: it links nothing',
    async (junk) => {
      const store = await filled(
        record(
          1,
          events(
            { minute: 1, anonymousId: 'd', userId: junk },
            { minute: 2, anonymousId: 'e', userId: junk },
            { minute: 3, userId: junk },
            { minute: 4, anonymousId: junk, userId: 'ann' },
            { minute: 5, anonymousId: junk },
          ),
        ),
      );
      expect(await owners(store, 'd', 'e', 'ann')).toEqual(['d: m1', 'e: m2', 'ann: m4']);
      expect((await owners(store, junk))[0]).toBe(`${junk}: m3`);
    },
  );

  test('more than ten counterparts make a user or a device shared: they link nothing, whatever the order', async () => {
    const devices = Array.from({ length: 11 }, (_, i) => `d${i}`);
    const logins = devices.flatMap((anonymousId, i) =>
      events(
        { minute: i, anonymousId, userId: 'qa', messageId: `login${i}` },
        { minute: i + 20, anonymousId, messageId: `later${i}` },
      ),
    );
    const users = Array.from({ length: 11 }, (_, i) =>
      events(
        { minute: i, anonymousId: 'kiosk', userId: `u${i}`, messageId: `k${i}` },
        { minute: i + 0.5, anonymousId: 'kiosk', messageId: `a${i}` },
      ),
    ).flat();
    const store = await filled(record(1, logins.slice(0, 20)), record(2, users.slice(0, 20)));
    expect(await owners(store, 'd0', 'kiosk')).toEqual([
      `qa: ${[...devices.slice(0, 10).keys()].map((i) => `login${i}`).join(' ')} ${[...devices.slice(0, 10).keys()].map((i) => `later${i}`).join(' ')}`,
      undefined,
    ]);
    await store.append([record(3, logins.slice(20)), record(4, users.slice(20))]);
    expect(await owners(store, 'd0', 'd10', 'u3')).toEqual(['d0: later0', 'd10: later10', 'u3: k3']);
    expect((await store.person('kiosk'))?.timeline).toHaveLength(11);
  });
}
