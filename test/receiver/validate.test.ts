import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/protocol/index.js';
import { type Defaults, validateBatch } from '../../src/receiver/index.js';
import { event } from './events.js';

const defaults: Defaults = { timestamp: '2026-11-22T12:00:00.000Z', newId: () => 'made', measure: true };

function codeOf(value: unknown, over: Partial<Defaults> = {}): string | undefined {
  return validateBatch([value], { ...defaults, ...over }).rejected[0]?.code;
}

describe('validateBatch', () => {
  it('leaves a good event as it is', () => {
    const good = event({ properties: { price: 3, tags: ['a'] }, context: { page: { url: 'https://shop.example/' } } });
    const before = structuredClone(good);
    const { events, rejected, changed } = validateBatch([good], defaults);
    expect(events).toEqual([before]);
    expect(rejected).toEqual([]);
    expect(changed).toBe(false);
  });

  it('keeps the good events of a batch and names the bad ones', () => {
    const { events, rejected } = validateBatch(
      [event({ messageId: 'a' }), event({ messageId: 'b', type: 'buy' }), 7],
      defaults,
    );
    expect(events.map(({ messageId }) => messageId)).toEqual(['a']);
    expect(rejected).toEqual([
      { messageId: 'b', index: 1, code: 'bad-type' },
      { messageId: null, index: 2, code: 'bad-event' },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['null', null, 'bad-event'],
    ['an array', [], 'bad-event'],
    ['no type', event({ type: undefined }), 'bad-type'],
    ['an object as id', event({ userId: { id: 1 } }), 'bad-field'],
    ['a boolean as id', event({ anonymousId: true }), 'bad-field'],
    ['a long id', event({ userId: 'x'.repeat(257) }), 'id-too-long'],
    ['a text as properties', event({ properties: 'price' }), 'bad-field'],
    ['an array as traits', event({ traits: [] }), 'bad-field'],
    ['a number as context', event({ context: 1 }), 'bad-field'],
    ['a number as page url', event({ context: { page: { url: 1 } } }), 'bad-field'],
    ['an object as campaign value', event({ context: { campaign: { name: {} } } }), 'bad-field'],
    [
      'a text as consent',
      event({ context: { consent: { categoryPreferences: { analytics: 'false' } } } }),
      'bad-field',
    ],
    ['a bad touch', event({ context: { filrouge: { v: 1, touch: { at: 'yesterday' } } } }), 'bad-field'],
    ['a bad session', event({ context: { filrouge: { v: 1, session: { id: 1 } } } }), 'bad-field'],
    ['a bad date', event({ timestamp: '20 November' }), 'bad-timestamp'],
    ['a number as date', event({ timestamp: 1 }), 'bad-timestamp'],
    ['30 February', event({ timestamp: '2026-02-30T10:00:00Z' }), 'bad-timestamp'],
    ['no event name', event({ event: '' }), 'missing-event-name'],
    ['no identity', event({ anonymousId: null, userId: '' }), 'missing-identity'],
    ['no group', event({ type: 'group' }), 'missing-group-id'],
    ['alias without previousId', event({ type: 'alias', userId: 'u' }), 'missing-previous-id'],
    ['alias without userId', event({ type: 'alias', previousId: 'p' }), 'missing-previous-id'],
    ['a prototype key', JSON.parse('{"type":"track","properties":{"__proto__":{"admin":true}}}'), 'bad-field'],
    ['a constructor', event({ traits: { constructor: { prototype: { admin: true } } } }), 'bad-field'],
    ['more than 32 KiB', event({ properties: { text: 'x'.repeat(33_000) } }), 'too-large'],
    ['more than 32 KiB of UTF-8', event({ properties: { text: 'é'.repeat(17_000) } }), 'too-large'],
  ])('refuses %s', (_, value, code) => {
    expect(codeOf(value)).toBe(code);
  });

  it('takes 32 levels and refuses more, at any depth', () => {
    const nest = (levels: number): JsonObject => {
      let inner: JsonObject = {};
      for (let i = 1; i < levels; i++) inner = i % 2 ? { inner } : { inner: [inner] };
      return inner;
    };
    expect(codeOf(event({ properties: JSON.parse(`${'{"a":'.repeat(30)}{}${'}'.repeat(30)}`) }))).toBeUndefined();
    expect(codeOf(event({ properties: JSON.parse(`${'{"a":'.repeat(31)}{}${'}'.repeat(31)}`) }))).toBe('too-deep');
    expect(codeOf(event({ properties: nest(60) }))).toBe('too-deep');
    expect(codeOf(event({ properties: JSON.parse(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`) }))).toBe(
      'too-deep',
    );
  });

  it('puts ids in order: numbers become strings, null and empty go away', () => {
    const { events, changed } = validateBatch([event({ userId: 4711, groupId: null, previousId: '' })], defaults);
    expect(events[0]).toMatchObject({ userId: '4711', anonymousId: 'device-1' });
    expect(events[0]).not.toHaveProperty('groupId');
    expect(events[0]).not.toHaveProperty('previousId');
    expect(changed).toBe(true);
  });

  it('gives id, time and type where they are missing', () => {
    const bare = { userId: 'u', event: 'Paid' };
    const { events } = validateBatch([bare], { ...defaults, type: 'track' });
    expect(events[0]).toEqual({ ...bare, type: 'track', messageId: 'made', timestamp: defaults.timestamp });
  });

  it('takes the time of RudderStack clients from originalTimestamp', () => {
    const { events } = validateBatch(
      [event({ timestamp: undefined, originalTimestamp: '2026-11-20T11:00:00.5+01:00' })],
      defaults,
    );
    expect(events[0]?.timestamp).toBe('2026-11-20T10:00:00.500Z');
    expect(events[0]).not.toHaveProperty('originalTimestamp');
  });

  it.each([
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T10:00', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00:00', '2026-11-20T10:00:00.000Z'],
    ['2026-11-30T10:00:00.123456Z', '2026-11-30T10:00:00.123Z'],
    ['2026-11-20T10:00:00+0530', '2026-11-20T04:30:00.000Z'],
  ])('reads the time %s as UTC', (timestamp, expected) => {
    expect(validateBatch([event({ timestamp })], defaults).events[0]?.timestamp).toBe(expected);
  });

  it('never stores an IP address', () => {
    const { events } = validateBatch([event({ context: { ip: '203.0.113.7' }, request_ip: '203.0.113.7' })], defaults);
    expect(JSON.stringify(events)).not.toContain('203.0.113.7');
  });

  it('gives a batch context to each event; the events own keys win', () => {
    const context = { locale: 'fr', consent: { categoryPreferences: { analytics: false } } };
    const { events } = validateBatch([event(), event({ context: { locale: 'en' } })], { ...defaults, context });
    expect(events.map((one) => one.context)).toEqual([context, { ...context, locale: 'en' }]);
    expect(events[0]?.context?.consent).not.toBe(events[1]?.context?.consent);
  });

  it('never throws, counts each value once, and never changes its mind (any JSON)', () => {
    const part = fc.oneof(fc.jsonValue({ maxDepth: 6 }), fc.constant(undefined));
    const eventLike = fc.record(
      {
        type: fc.oneof(fc.constantFrom('track', 'page', 'alias', 'group'), part),
        event: part,
        messageId: part,
        anonymousId: fc.oneof(fc.string(), part),
        userId: part,
        timestamp: fc.oneof(
          fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
          fc.string(),
          part,
        ),
        properties: part,
        traits: part,
        context: fc.oneof(
          part,
          fc.record({ page: part, campaign: part, consent: part, filrouge: part }, { requiredKeys: [] }),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(eventLike, fc.jsonValue())), fc.boolean(), (raw, measure) => {
        const values = JSON.parse(JSON.stringify(raw)) as unknown[];
        const first = validateBatch(values, { ...defaults, measure });
        expect(first.events.length + first.rejected.length).toBe(values.length);
        const again = validateBatch(structuredClone(first.events), { ...defaults, measure });
        expect(again).toEqual({ events: first.events, rejected: [], changed: false });
      }),
      { numRuns: 2000 },
    );
  });
});
