import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject, WireEvent } from '../../src/protocol/index.js';
import { createPrincipals } from '../../src/receiver/rights/principals.js';
import { nameAsked } from '../../src/stores/persons/identifiers.js';
import { allBytes } from '../files.js';
import { event } from './events.js';
import { answerOf, basic, PEPPER, startOn, startReceiver, type TestReceiver } from './start.js';

const SHA256_OF_ANN = createHash('sha256').update('ann@example.com').digest('hex');
const time = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`;
/** Bob's tablet, on which Ann wrote her address, her number or her card into a form without a login. */
const onTablet = (minute: number, over: JsonObject) =>
  event({ anonymousId: 'tablet-of-bob', messageId: `tablet-${minute}`, timestamp: time(minute), ...over });

const ofAnn = () => [
  event({
    type: 'identify',
    userId: 'ann-4711',
    anonymousId: 'device-of-ann',
    timestamp: time(1),
    traits: { email: 'Ann@Example.com', phone: '+33612345678', loyaltyId: 'card-4711' },
  }),
];
const named = () => [
  onTablet(11, { type: 'identify', traits: { email: 'ann@example.com' } }),
  onTablet(12, { context: { traits: { email: 'ANN@example.com ' } } }),
  onTablet(13, { properties: { contact: { mail: 'Ann <ann@example.com>' } } }),
  onTablet(14, { properties: { guests: [{ mobile: '+33 6 12 34 56 78' }] } }),
  onTablet(15, { properties: { loyaltyId: 'card-4711' } }),
  onTablet(16, { properties: { note: 'card-4711' } }),
];
const gift = () =>
  onTablet(20, {
    userId: 'bob',
    event: 'Order Completed',
    properties: {
      order_id: 'O-1',
      total: 5,
      gift: { to: 'ann@example.com', wrap: 'red' },
      copies: ['ann@example.com'],
    },
  });
const ofBob = () => [
  onTablet(2, { type: 'identify', userId: 'bob', traits: { email: 'bob@example.com' } }),
  onTablet(3, { properties: { contact: 'bob@example.com', size: '4711' } }),
];
const sent = () => [...ofAnn(), ...ofBob(), ...named(), gift()];
const TRACES = [
  'nn@example.com',
  'NN@example.com',
  'card-4711',
  '12 34 56',
  '33612345678',
  'ann-4711',
  'device-of-ann',
];
const path = (asked: string, right = '') => `/v1/people/${encodeURIComponent(asked)}${right}`;

describe.each(['memory', 'duckdb'] as const)(
  'erasure of events that name somebody on the device of another, on %s',
  (engine) => {
    let test: Awaited<ReturnType<typeof startOn>>;
    beforeEach(async () => {
      test = await startOn(engine);
    });
    afterEach(() => test.end());

    it('go with that person to the last byte; what others did stays, without the address', async () => {
      await test.post({ batch: sent() });
      const { erased } = await answerOf(await test.admin(path('ann-4711'), 'DELETE'));
      expect(erased).toMatchObject({ events: 7, trimmed: 1 });
      const left = await test.events();
      expect(left.map(({ timestamp }) => timestamp)).toEqual([time(2), time(3), time(20)]);
      expect(left[2]?.properties).toEqual({ order_id: 'O-1', total: 5, gift: { wrap: 'red' }, copies: [] });
      const bytes = (await allBytes(test.path)).toString('latin1');
      expect(TRACES.filter((trace) => bytes.includes(trace))).toEqual([]);
      if (engine === 'memory') expect(bytes).toContain('bob@example.com');
      expect((await test.admin(path('ann-4711'), 'DELETE')).status).toBe(404);
    });
  },
);

describe('events that name somebody on the device of another', () => {
  let test: TestReceiver;
  beforeEach(async () => {
    test = await startReceiver();
  });
  afterEach(() => test.close());

  it('are theirs to see, and are set aside with a restriction', async () => {
    await test.post({ batch: sent() });
    const exported = await answerOf(await test.admin(path('ann@example.com', '/export')));
    const ids = (exported.timeline as { messageId: string }[]).map(({ messageId }) => messageId);
    expect(ids.filter((id) => id.startsWith('tablet')).sort()).toEqual(
      [11, 12, 13, 14, 15, 16].map((n) => `tablet-${n}`),
    );
    expect(await answerOf(await test.admin(path('ann-4711', '/restriction'), 'POST'))).toMatchObject({ events: 7 });
    expect(await test.events()).toHaveLength(3);
    expect(await answerOf(await test.admin(path('ann-4711', '/restriction'), 'DELETE'))).toMatchObject({ events: 7 });
    expect(await test.events()).toHaveLength(10);
  });

  it('are found also where nothing else is known of somebody, and the door is closed to what it can tell', async () => {
    await test.post({ batch: [...ofBob(), ...named().slice(1, 3)] });
    expect((await answerOf(await test.admin(path('ann@example.com', '/export')))).timeline).toHaveLength(2);
    expect(await answerOf(await test.admin(path('ann@example.com'), 'DELETE'))).toMatchObject({
      erased: { events: 2 },
    });
    const bytes = await allBytes(test.directory);
    expect(TRACES.filter((trace) => bytes.includes(trace))).toEqual([]);
    expect((await test.admin(path('ann@example.com', '/export'))).status).toBe(404);
    const again = await test.post({
      batch: [onTablet(30, { type: 'identify', traits: { email: 'ann@example.com' } })],
    });
    expect(await answerOf(again)).toMatchObject({ rejected: [{ code: 'suppressed' }] });
  });

  it('are set aside, or go, for somebody of whom nothing else is known', async () => {
    await test.post({ batch: [...ofBob(), ...named().slice(1, 3)] });
    const ask = (right: string) => test.admin(path('email:ann@example.com', right), 'POST');
    expect(await answerOf(await ask('/restriction'))).toMatchObject({ events: 2 });
    expect(await test.events()).toHaveLength(2);
    expect((await test.admin(path('ann@example.com', '/restriction'), 'DELETE')).status).toBe(200);
    expect(await test.events()).toHaveLength(4);
    expect(await answerOf(await ask('/objection'))).toMatchObject({ removed: 2 });
    expect(await test.events()).toHaveLength(2);
    expect((await ask('/restriction')).status).toBe(404);
  });

  it('are found by the hash of the address, also where an import wrote it', async () => {
    const row = onTablet(40, { properties: { hashed_mail: SHA256_OF_ANN.toUpperCase() } });
    await test.post({ batch: [row] }, { headers: { authorization: basic('sk') } });
    expect(await answerOf(await test.admin(path('ann@example.com'), 'DELETE'))).toMatchObject({
      erased: { events: 1 },
    });
    expect(await test.events()).toEqual([]);
  });

  it('lose nothing to the erasure of others: a mailbox of two, later events, other people’s addresses', async () => {
    const shared = { traits: { email: 'family@example.com' } };
    await test.post({
      batch: [
        event({ type: 'identify', userId: 'ann', anonymousId: 'a', timestamp: time(1), ...shared }),
        event({ type: 'identify', userId: 'bob', anonymousId: 'b', timestamp: time(2), ...shared }),
        event({ anonymousId: 'c', timestamp: time(3), properties: { mail: 'family@example.com' } }),
        event({ anonymousId: 'c', timestamp: time(4), properties: { mail: 'notann@example.com', user_id: 'annette' } }),
      ],
    });
    await test.admin(path('ann'), 'DELETE');
    expect((await test.events()).map(({ timestamp }) => timestamp)).toEqual([time(2), time(3), time(4)]);
    expect((await test.events())[0]?.traits).toEqual(shared.traits);
    await test.admin(path('email:family@example.com'), 'DELETE');
    expect((await test.events()).map(({ timestamp }) => timestamp)).not.toContain(time(3));
  });

  it('are found again when the process dies between store and log', async () => {
    await test.post({ batch: [...ofAnn(), ...named()] });
    const { log } = test;
    const rewrite = log.rewrite.bind(log);
    log.rewrite = () => Promise.reject(new Error('A fake of a crash.'));
    expect((await test.admin(path('ann-4711'), 'DELETE').catch(() => undefined))?.status).not.toBe(200);
    log.rewrite = rewrite;
    expect((await test.admin(path('ann-4711'), 'DELETE')).status).toBe(200);
    expect(await test.events()).toEqual([]);
    const bytes = await allBytes(test.directory);
    expect(TRACES.filter((trace) => bytes.includes(trace))).toEqual([]);
  });
});

it('finds a name wherever it stands, takes all of it out, and leaves all else as it is', () => {
  const address = 'ann@example.com';
  const mentions = createPrincipals({ pepper: PEPPER }).mentions(
    new Set([nameAsked(`email:${address}`, { pepper: PEPPER })]),
  );
  const place = fc.array(fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('__proto__', 'constructor', 'id')), {
    maxLength: 4,
  });
  const spelling = fc.constantFrom(address, 'ANN@Example.com ', `mailto:${address}?x=1`, `a, ${address};`);
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      place,
      fc.boolean(),
      spelling,
      (rest, keys, isList, text) => {
        const nested = keys.reduce<unknown>(
          (inner, key) => Object.fromEntries([[key, inner]]),
          isList ? [1, text] : text,
        );
        const bare: WireEvent = JSON.parse(JSON.stringify({ ...event(), properties: rest }));
        expect(mentions.removedFrom(bare)).toBe(bare);
        const named: WireEvent = { ...bare, traits: JSON.parse(JSON.stringify({ nested })) };
        const before = structuredClone(named);
        expect(mentions.areIn(named)).toBe(true);
        const left = mentions.removedFrom(named);
        expect(JSON.stringify(left).toLowerCase()).not.toContain(address);
        expect(mentions.areIn(left)).toBe(false);
        expect(left.properties).toEqual(bare.properties);
        expect(named).toEqual(before);
      },
    ),
  );
});

it.each([
  ['10000042', false],
  ['4711', false],
  ['member', false],
  ['u10000042', true],
  ['018f3c2e-7d4b-7000-8000-000000000001', true],
  ['3250390000013', true],
])('the user id %s under any key: %s', (userId, isFound) => {
  const mentions = createPrincipals({ pepper: PEPPER }).mentions(new Set([userId]));
  const one: WireEvent = { type: 'track', messageId: 'm', timestamp: time(1), properties: { order_id: userId } };
  expect(mentions.areIn(one)).toBe(isFound);
});
