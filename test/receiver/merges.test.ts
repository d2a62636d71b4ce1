import { afterEach, beforeEach, expect, it } from 'vitest';
import { allBytes } from '../files.js';
import { event } from './events.js';
import { answerOf, startReceiver, type TestReceiver } from './start.js';

let test: TestReceiver;
beforeEach(async () => {
  test = await startReceiver();
});
afterEach(() => test.close());

const signUp = (messageId: string, anonymousId: string) =>
  event({ messageId, anonymousId, context: { externalIds: [{ type: 'email', id: 'ann@example.com' }] } });

it('says which event made whom one person, and what was kept apart', async () => {
  const login = { type: 'identify' as const, traits: { email: 'Ann@example.com', loyaltyId: '47' } };
  await test.post({
    batch: [
      signUp('first', 'phone'),
      event({
        ...login,
        messageId: 'second',
        anonymousId: 'laptop',
        userId: 'ann',
        timestamp: '2026-11-10T00:00:00.000Z',
      }),
      event({ type: 'identify', userId: 'bob', traits: { loyaltyId: '47' }, timestamp: '2026-11-11T00:00:00.000Z' }),
    ],
  });
  const answer = await answerOf(await test.admin('/v1/people/phone/merges'));
  expect(answer).toMatchObject({ person: 'ann' });
  const edges = answer.edges as { kind: string; messageId: string }[];
  expect(edges.map(({ kind, messageId }) => `${kind} ${messageId}`).sort()).toEqual([
    'companion first',
    'seen second',
    'seen second',
    'tie second',
  ]);
  expect(await answerOf(await test.admin('/v1/identity-problems'))).toMatchObject({
    conflicts: [{ type: 'userId', between: [{ value: 'bob' }, { type: 'loyalty_id', value: '47' }] }],
    shared: [],
  });
  expect((await test.admin('/v1/people/nobody/merges')).status).toBe(404);
  for (const path of ['/v1/people/ann/merges', '/v1/identity-problems']) {
    expect((await test.admin(path, 'DELETE')).status).toBe(405);
    expect((await test.request(path, { headers: { authorization: 'Bearer sk' } })).status).toBe(401);
  }
});

it('erases by e-mail address, with all devices that it joined, and lets no old copy back in', async () => {
  await test.post({ batch: [signUp('first', 'phone'), signUp('second', 'tablet'), event({ anonymousId: 'other' })] });
  const path = `/v1/people/${encodeURIComponent('email:ann@example.com')}`;
  expect(await answerOf(await test.admin(path, 'DELETE'))).toMatchObject({ success: true, erased: { events: 2 } });
  expect((await test.admin(path)).status).toBe(404);
  await test.post({ batch: [signUp('third', 'phone')] });
  expect(await test.events()).toHaveLength(1);
  expect((await allBytes(test.directory)).includes('ann@example')).toBe(false);
});

it('counts in the metrics what was kept apart, and names nobody there', async () => {
  const traits = { loyaltyId: 'card-47' };
  await test.post({
    batch: [
      event({ type: 'identify', userId: 'ann', traits, timestamp: '2026-11-10T00:00:00.000Z' }),
      event({ type: 'identify', userId: 'bob', traits, timestamp: '2026-11-11T00:00:00.000Z' }),
      event({ userId: 'guest' }),
      event({ userId: 'null', anonymousId: 'undefined' }),
    ],
  });
  await test.events();
  const text = await test.receiver.metrics.text();
  expect(text).toContain('\nfilrouge_identity_conflicts 1\n');
  expect(text).toContain('\nfilrouge_identity_shared 0\n');
  expect(text).toContain('\nfilrouge_identity_blocked_events{type="userId"} 2\n');
  expect(text).toContain('\nfilrouge_identity_blocked_events{type="anonymousId"} 1\n');
  expect(text).not.toMatch(/ann|bob|card-47/);
});
