import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { owners } from './owners.js';
import type { Filled } from './stores.js';
import { at, events, record } from './wire.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Who is who by cards, addresses and statements; what was kept apart; the merge log. */
export function testJoins(filled: Filled): void {
  const email = (id: string) => ({ context: { externalIds: [{ type: 'email', id }] } });

  test('an offline order with an e-mail address meets the visitor who signs up with it later', async () => {
    const ann = sha256('ann@example.com');
    const store = await filled(
      record(1, events({ minute: 1, anonymousId: 'null', ...email(ann) }), { key: 'secret' }),
      record(2, events({ minute: 2, anonymousId: 'd', messageId: 'v' })),
    );
    expect(await owners(store, 'email:Ann@example.com', 'd')).toEqual([
      expect.stringMatching(/^email_hash:.*: m1$/),
      'd: v',
    ]);
    await store.append([
      record(3, events({ minute: 3, anonymousId: 'e', messageId: 'n', ...email('ann@example.com ') })),
      record(4, events({ minute: 4, anonymousId: 'e', messageId: 'w' })),
    ]);
    expect(await owners(store, 'email:ann@example.com', 'e')).toEqual(
      Array(2).fill(expect.stringMatching(/^email_hash:.*: m1 n w$/)),
    );
    const login = { minute: 5, anonymousId: 'd', userId: 'ann', type: 'identify' as const, messageId: 'i' };
    await store.append([record(5, events({ ...login, traits: { email: 'ANN@example.com' } }))]);
    expect(await owners(store, 'email:ann@example.com', 'e', 'd', 'ann')).toEqual(Array(4).fill('ann: m1 v n w i'));
    const person = await store.person('ann');
    expect(person?.identifiers.map(({ type }) => type).sort()).toEqual([
      'anonymousId',
      'anonymousId',
      'email_hash',
      'userId',
    ]);
    expect(person?.edges.map(({ kind, events: count, messageId }) => [kind, count, messageId])).toEqual([
      ['companion', 1, 'n'],
      ['seen', 1, 'i'],
      ['seen', 1, 'i'],
    ]);
    expect(JSON.stringify([person?.identifiers, person?.edges])).not.toMatch(/example/i);
  });

  test('an e-mail address of two users is cut in time and makes them no one person', async () => {
    const login = (minute: number, userId: string) => ({
      minute,
      userId,
      type: 'identify' as const,
      traits: { email: 'family@example.com' },
    });
    const store = await filled(
      record(1, events(login(1, 'ann'), login(5, 'bob'))),
      record(2, events({ minute: 3, anonymousId: 'null', messageId: 'x', ...email('family@example.com') })),
      record(3, events({ minute: 7, anonymousId: 'null', messageId: 'y', ...email('family@example.com') })),
    );
    expect(await owners(store, 'ann', 'bob')).toEqual(['ann: m1 x', 'bob: m2 y']);
  });

  test('a loyalty card belongs to the user with whom it was seen first; that of another is a conflict until somebody decides', async () => {
    const card = (minute: number, userId: string) => ({
      minute,
      userId,
      type: 'identify' as const,
      traits: { loyaltyId: '47' },
    });
    const till = { userId: 'loyalty_id:47', event: 'Order Completed', minute: 9, messageId: 'till' };
    const store = await filled(record(1, events(till)), record(2, events(card(4, 'ann'), card(2, 'bob'))));
    expect(await owners(store, 'ann', 'bob', 'loyalty_id:47')).toEqual(['ann: m1', 'bob: m2 till', 'bob: m2 till']);
    expect(await store.identityProblems()).toEqual({
      conflicts: [
        {
          between: [
            { type: 'userId', value: 'ann' },
            { type: 'loyalty_id', value: '47' },
          ],
          type: 'userId',
          at: at(4),
        },
      ],
      shared: [],
      blocked: [],
    });
    const alias = { type: 'alias' as const, previousId: 'bob', userId: 'ann' };
    await store.append([record(3, events({ ...alias, minute: 10, messageId: 'same' }), { key: 'secret' })]);
    expect(await owners(store, 'bob')).toEqual(['ann: m2 m1 till same']);
    expect((await store.identityProblems()).conflicts).toEqual([]);
    const undo = { context: { filrouge: { v: 1 as const, undo: true } } };
    await store.append([record(4, events({ ...alias, ...undo, minute: 11, messageId: 'write' }), { key: 'write' })]);
    expect(await owners(store, 'bob')).toEqual(['ann: m2 m1 till same write']);
    await store.append([record(5, events({ ...alias, ...undo, minute: 11, messageId: 'undo' }), { key: 'secret' })]);
    expect(await owners(store, 'ann', 'bob')).toEqual(['ann: m1 same undo write', 'bob: m2 till']);
    expect((await store.person('ann'))?.edges.map(({ kind }) => kind)).toEqual(['tie', 'alias', 'undo']);
  });

  test('what was linked by mistake is taken apart for good by an undo, and joined again by an alias', async () => {
    const store = await filled(
      record(1, events({ minute: 1, anonymousId: 'd', userId: 'ann' }, { minute: 2, anonymousId: 'd' })),
    );
    const say = (position: number, undo: boolean) =>
      record(
        position,
        events({
          type: 'alias',
          previousId: 'd',
          userId: 'ann',
          minute: position,
          messageId: `say${position}`,
          context: { filrouge: { v: 1, undo } },
        }),
        { key: 'secret' },
      );
    await store.append([
      say(3, true),
      record(4, events({ minute: 4, anonymousId: 'd', userId: 'ann', messageId: 'again' })),
    ]);
    expect(await owners(store, 'ann', 'd')).toEqual(['ann: m1 say3 again', 'd: m2']);
    await store.append([say(5, false)]);
    expect(await owners(store, 'd')).toEqual(['ann: m1 m2 say3 again say5']);
  });

  test('a card that the client’s alias names stays the user’s, whatever is undone and erased elsewhere', async () => {
    const alias = { type: 'alias' as const, previousId: 'loyalty_id:47', userId: 'ann' };
    const store = await filled(
      record(1, events({ minute: 1, ...alias, anonymousId: 'd' }, { minute: 2, userId: 'loyalty_id:47' })),
      record(2, events({ minute: 3, userId: 'bob', messageId: 'bob' })),
    );
    const ann = ['ann: m1 m2', 'ann: m1 m2'];
    expect(await owners(store, 'loyalty_id:47', 'd')).toEqual(ann);
    const undo = { type: 'alias' as const, previousId: 'cleo', userId: 'bob', messageId: 'undo', minute: 4 };
    const said = events({ ...undo, context: { filrouge: { v: 1, undo: true } } });
    await store.append([record(3, said, { key: 'secret' })]);
    expect(await owners(store, 'loyalty_id:47', 'd')).toEqual(ann);
    await store.erase('bob', at(60));
    expect(await owners(store, 'loyalty_id:47', 'd')).toEqual(ann);
  });

  test.each(['analytics', 'stitching'])('an event whose visitor denied %s joins nobody', async (purpose) => {
    const context = { consent: { categoryPreferences: { [purpose]: false } } };
    const store = await filled(
      record(1, events({ minute: 1, anonymousId: 'd', userId: 'ann', context }, { minute: 2, anonymousId: 'd' })),
      record(2, events({ minute: 3, anonymousId: 'e', userId: 'loyalty_id:1', messageId: 'x', context })),
    );
    expect(await owners(store, 'd', 'ann', 'e')).toEqual(['d: m2', 'ann: m1', undefined]);
    await store.append([record(3, events({ minute: 4, anonymousId: 'd', userId: 'bob', messageId: 'bob' }))]);
    expect(await owners(store, 'd')).toEqual(['bob: m2 bob']);
  });

  test('a new device each week makes nobody shared', async () => {
    const weeks = Array.from({ length: 20 }, (_, i) =>
      events(
        { minute: i * 10080, anonymousId: `w${i}`, userId: 'ann', messageId: `l${i}` },
        { minute: i * 10080 + 1, anonymousId: `w${i}`, messageId: `v${i}` },
      ),
    );
    const store = await filled(
      ...weeks.map((week, i) => record(i + 1, week, { receivedAt: '2027-12-01T00:00:00.000Z' })),
    );
    expect((await store.person('w3'))?.timeline).toHaveLength(40);
    expect((await store.identityProblems()).shared).toEqual([]);
  });

  test('values that stand for nobody are counted by type', async () => {
    const junk = { anonymousId: 'd', userId: '0', context: { externalIds: [{ type: 'email', id: sha256('') }] } };
    const store = await filled(
      record(
        1,
        events({ minute: 1, ...junk }, { minute: 2, ...junk }, { minute: 3, anonymousId: 'null' }, { minute: 4 }),
      ),
    );
    expect((await store.identityProblems()).blocked).toEqual([
      { type: 'anonymousId', events: 1 },
      { type: 'email_hash', events: 2 },
      { type: 'userId', events: 2 },
    ]);
    await store.erase('d', at(60));
    expect((await store.identityProblems()).blocked).toEqual([{ type: 'anonymousId', events: 1 }]);
  });
}
