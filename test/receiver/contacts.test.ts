import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/protocol/index.js';
import { hashContact } from '../../src/stores/persons/identifiers.js';
import { allBytes } from '../files.js';
import { event } from './events.js';
import { answerOf, PEPPER, startOn } from './start.js';

const hashing = { pepper: PEPPER };
const EMAIL_KEY = hashContact('email', 'ann@example.com', hashing) ?? '';
const PHONE_KEY = hashContact('phone', '+33612345678', hashing) ?? '';
const time = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`;
const LATER = () => new Date(Date.now() + 60_000).toISOString();

const identify = (over: JsonObject = {}) =>
  event({
    type: 'identify',
    userId: 'ann-4711',
    anonymousId: 'device-of-ann',
    timestamp: time(1),
    traits: { email: ' Ann@Example.com', phone: '+33612345678', loyaltyId: 'card-4711' },
    ...over,
  });
const external = (type: string, id: string) => ({ externalIds: [{ type, id, collection: 'users', encoding: 'none' }] });
const history = () => [
  identify(),
  event({ anonymousId: 'device-of-ann', timestamp: time(2), properties: { note: 'NOTE-OF-ANN' } }),
  // As mail services and tills tell it: the address or card alone.
  event({ anonymousId: `email_hash:${EMAIL_KEY}`, timestamp: time(3), context: external('email_hash', EMAIL_KEY) }),
  event({ userId: 'loyalty_id:card-4711', anonymousId: undefined, timestamp: time(4), event: 'Order Completed' }),
  event({ userId: 'bob', anonymousId: 'device-of-bob', timestamp: time(5) }),
];
const TRACES = ['ann-4711', 'device-of-ann', 'xample.com', '33612345678', 'card-4711', 'NOTE-OF', EMAIL_KEY, PHONE_KEY];

describe.each(['memory', 'duckdb'] as const)('somebody who is asked for by contact, on %s', (engine) => {
  let test: Awaited<ReturnType<typeof startOn>>;
  beforeEach(async () => {
    test = await startOn(engine);
    expect(await answerOf(await test.post({ batch: history() }))).toEqual({ success: true, accepted: 5 });
  });
  afterEach(() => test.end());

  const path = (asked: string, right = '') => `/v1/people/${encodeURIComponent(asked)}${right}`;
  const object = async (asked: string, purposes: string[]) =>
    answerOf(
      await test.request(path(asked, '/objection'), {
        method: 'POST',
        headers: { authorization: 'Bearer ak' },
        body: JSON.stringify({ purposes }),
      }),
    );
  const codeOf = async (sent: JsonObject) => {
    const { accepted, rejected } = await answerOf(await test.post({ batch: [sent] }));
    return accepted === 1 ? 'accepted' : (rejected as { code: string }[])[0]?.code;
  };

  // Names are read in front of the store, so that one is enough for the slower one.
  const inMemory = [
    'loyaltyId:card-4711',
    ' ANN@example.com',
    'email:ann@example.com',
    '+33 6 12 34 56 78',
    'phone:+33612345678',
    'userId:ann-4711',
  ];
  it.each(['ann@example.com', ...(engine === 'memory' ? inMemory : [])])(
    'is found, exported and erased to the last byte as "%s", and does not come back by any contact',
    async (asked) => {
      expect(await answerOf(await test.admin(path(asked)))).toMatchObject({ person: 'ann-4711' });
      const exported = await answerOf(await test.admin(path(asked, '/export')));
      expect(exported.timeline).toHaveLength(4);
      const before = (await allBytes(test.path)).toString('latin1');
      expect(TRACES.slice(0, 6).filter((trace) => engine === 'memory' && !before.includes(trace))).toEqual([]);

      expect(await answerOf(await test.admin(path(asked), 'DELETE'))).toMatchObject({ erased: { events: 4 } });
      const left = await allBytes(test.path);
      expect(TRACES.filter((trace) => left.includes(trace))).toEqual([]);
      expect((await test.admin(path(asked))).status).toBe(404);
      expect((await test.events()).map(({ userId }) => userId)).toEqual(['bob']);

      const elsewhere = { userId: undefined, anonymousId: 'another-device' };
      expect(await codeOf(identify({ ...elsewhere, traits: { email: 'ann@example.com' } }))).toBe('suppressed');
      expect(await codeOf(identify({ ...elsewhere, traits: { phone: '+33612345678' } }))).toBe('suppressed');
      expect(await codeOf(event({ ...elsewhere, context: external('email', 'Ann@example.com') }))).toBe('suppressed');
      const unknown = { anonymousId: 'anonymous', context: external('loyalty_id', 'card-4711') };
      expect(await codeOf(event(unknown))).toBe('suppressed');
      const after = await allBytes(test.path);
      expect(TRACES.filter((trace) => after.includes(trace))).toEqual([]);
      // Who logs in is another person, who shares the mailbox; and what comes later is a new beginning.
      expect(await codeOf(identify({ userId: 'carl', anonymousId: 'another-device', timestamp: time(6) }))).toBe(
        'accepted',
      );
      expect(await codeOf(identify({ ...elsewhere, timestamp: LATER() }))).toBe('accepted');
    },
  );

  it('is restricted by an address, with all that carries it, until it is lifted', async () => {
    expect(await answerOf(await test.admin(path('ann@example.com', '/restriction'), 'POST'))).toMatchObject({
      restricted: true,
      events: 4,
    });
    expect((await test.events()).map(({ userId }) => userId)).toEqual(['bob']);
    expect(await codeOf(identify({ userId: undefined, anonymousId: 'new', timestamp: LATER() }))).toBe('restricted');
    expect(await codeOf(event({ anonymousId: 'device-of-ann' }))).toBe('restricted');
    for (const asked of ['email:ann@example.com', '+33612345678', 'ann-4711']) {
      expect(await answerOf(await test.admin(path(asked, '/restriction')))).toMatchObject({ restricted: true });
    }
    expect((await answerOf(await test.admin(path('ann@example.com', '/export')))).timeline).toHaveLength(4);
    expect((await test.admin(path('ann@example.com', '/restriction'), 'DELETE')).status).toBe(200);
    expect(await test.events()).toHaveLength(5);
  });

  it('objects by an address, also before anybody knows it', async () => {
    expect(await object('ann@example.com', ['analytics'])).toMatchObject({ removed: 4 });
    expect(await codeOf(identify({ userId: undefined, anonymousId: 'new' }))).toBe('objected');
    await object('carl@example.com', ['analytics']);
    const carl = { userId: 'carl', anonymousId: 'device-of-carl', traits: { email: 'carl@example.com' } };
    expect(await codeOf(identify(carl))).toBe('objected');
    expect(await codeOf(identify({ ...carl, traits: { email: 'other@example.com' } }))).toBe('accepted');
    expect(await answerOf(await test.admin(path('carl@example.com', '/objection')))).toMatchObject({
      objected: ['analytics'],
    });
  });
});
