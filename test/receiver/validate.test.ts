import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JsonObject, MAX_DEPTH, MAX_EVENT_BYTES } from '../../src/protocol/index.js';
import { isInOrder } from '../../src/receiver/check/in-order.js';
import { checkNesting } from '../../src/receiver/check/nesting.js';
import { tidyEvent } from '../../src/receiver/check/tidy.js';
import { type Defaults, validateBatch } from '../../src/receiver/index.js';
import { event } from './events.js';

const defaults: Defaults = { timestamp: '2026-11-22T12:00:00.000Z', newId: () => 'made', maxBytes: MAX_EVENT_BYTES };

function codeOf(value: unknown, over: Partial<Defaults> = {}): string | undefined {
  return validateBatch([value], { ...defaults, ...over }).rejected[0]?.code;
}

const nearby = fc.oneof(
  fc.jsonValue({ maxDepth: 6 }),
  fc.constantFrom<unknown[]>(
    undefined,
    null,
    '',
    'x',
    '2026-11-20T10:00:00.000Z',
    '2026-02-29T10:00:00.000Z',
    7,
    {},
    [],
    true,
  ),
);
const some = (...keys: string[]) =>
  fc.record(Object.fromEntries(keys.map((key) => [key, nearby])), { requiredKeys: [] });

/** Values that look like events, right and wrong in every place. */
function eventLike() {
  const touch = fc.oneof(nearby, some('at', 'campaign', 'clickIds', 'referrer', 'landing'));
  const filrouge = fc.record(
    {
      pageView: nearby,
      navigation: nearby,
      session: fc.oneof(nearby, some('id', 'start')),
      sequence: nearby,
      touch,
      first: touch,
    },
    { requiredKeys: [] },
  );
  const page = fc.oneof(nearby, some('url', 'path', 'search', 'title', 'referrer'));
  const consent = fc.oneof(nearby, fc.record({ categoryPreferences: fc.oneof(nearby, some('analytics', 'x')) }));
  const context = fc.record(
    {
      page,
      consent,
      campaign: fc.oneof(nearby, some('name', 'id')),
      filrouge: fc.oneof(nearby, filrouge),
      ip: nearby,
      locale: nearby,
      library: nearby,
    },
    { requiredKeys: [] },
  );
  const timestamp = fc.oneof(
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    nearby,
  );
  return fc.record(
    {
      type: fc.oneof(fc.constantFrom('track', 'page', 'alias', 'group'), nearby),
      ...{
        event: nearby,
        messageId: nearby,
        anonymousId: fc.oneof(fc.string(), nearby),
        userId: nearby,
        groupId: nearby,
      },
      ...{
        timestamp,
        properties: nearby,
        traits: nearby,
        context: fc.oneof(nearby, context),
        originalTimestamp: timestamp,
      },
    },
    { requiredKeys: [] },
  );
}

const touch = {
  at: '2026-11-20T10:00:00.000Z',
  campaign: { name: 'x' },
  clickIds: { gclid: 'x' },
  referrer: '/',
  landing: '/',
};
/** An event that has every known field. */
const whole: JsonObject = event({
  ...{
    userId: 'u',
    groupId: 'g',
    previousId: 'p',
    name: 'n',
    category: 'c',
    properties: {},
    traits: {},
    integrations: {},
  },
  ...{ receivedAt: undefined, request_ip: undefined, originalTimestamp: undefined },
  context: {
    page: { url: '/', path: '/', search: '', title: '', referrer: '' },
    campaign: { name: 'x' },
    consent: { categoryPreferences: { analytics: true } },
    ...{ library: {}, screen: {}, userAgent: 'x', locale: 'x', timezone: 'x', channel: 'x', ip: undefined },
    filrouge: {
      ...{ pageView: 'x', navigation: 'load', session: { id: 'x', start: touch.at } },
      ...{ sequence: { lane: 'x', n: 1, last: { lane: 'x', n: 1 } }, touch, first: touch },
    },
  },
});

/** Every path in an object, to what stands there. */
function flatten(object: JsonObject, prefix = ''): { [path: string]: unknown } {
  return Object.entries(object).reduce((paths, [key, value]) => {
    const inner =
      typeof value === 'object' && value !== null && !Array.isArray(value) ? flatten(value, `${prefix}${key}.`) : {};
    return Object.assign(paths, { [prefix + key]: value }, inner);
  }, {});
}

function replaceAt(object: JsonObject, [key = '', ...rest]: string[], to: unknown): JsonObject {
  const inner = object[key];
  const isInside = rest.length > 0 && typeof inner === 'object' && inner !== null && !Array.isArray(inner);
  return { ...object, [key]: (isInside ? replaceAt(inner, rest, to) : to) as JsonObject };
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
    ['an array as traits', event({ traits: [1] }), 'bad-field'],
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
    ['a bad sequence', event({ context: { filrouge: { v: 1, sequence: { lane: 'x', n: '1' } } } }), 'bad-field'],
    ['a bad date', event({ timestamp: '20 November' }), 'bad-timestamp'],
    ['a number as date', event({ timestamp: 1 }), 'bad-timestamp'],
    ['30 February', event({ timestamp: '2026-02-30T10:00:00Z' }), 'bad-timestamp'],
    ['no event name', event({ event: '' }), 'missing-event-name'],
    ['no identity', event({ anonymousId: null, userId: '' }), 'missing-identity'],
    ['no group', event({ type: 'group' }), 'missing-group-id'],
    ['alias without any id before', event({ type: 'alias', userId: 'u', anonymousId: null }), 'missing-previous-id'],
    ['alias without userId', event({ type: 'alias', previousId: 'p' }), 'missing-previous-id'],
    ['a prototype key', JSON.parse('{"type":"track","properties":{"__proto__":{"admin":true}}}'), 'bad-field'],
    ['a constructor', event({ traits: { constructor: { prototype: { admin: true } } } }), 'bad-field'],
    ['more than 32 KiB', event({ properties: { text: 'x'.repeat(33_000) } }), 'too-large'],
    ['more than 32 KiB of UTF-8', event({ properties: { text: 'é'.repeat(17_000) } }), 'too-large'],
  ])('refuses %s', (_, value, code) => {
    expect(codeOf(value)).toBe(code);
  });

  it("takes PHP's empty arrays as empty objects", () => {
    const odd = event({ properties: [], traits: [], integrations: [], context: { page: [], campaign: [] } });
    const { events, rejected } = validateBatch([odd, event({ context: [] })], defaults);
    expect(rejected).toEqual([]);
    expect(events[0]?.context).toEqual({});
    for (const key of ['properties', 'traits', 'integrations']) expect(events[0]).not.toHaveProperty(key);
    expect(events[1]).not.toHaveProperty('context');
  });

  it("takes analytics.js' alias of one id: the device's own is the one before", () => {
    const { events, changed } = validateBatch([event({ type: 'alias', userId: 'u', anonymousId: 'a' })], defaults);
    expect(events).toMatchObject([{ previousId: 'a', userId: 'u' }]);
    expect(changed).toBe(true);
  });

  it('says where a field is that cannot be read, of each event by itself', () => {
    const long = 'x'.repeat(65);
    const values = [
      event({ userId: { id: 1 } }),
      event({ type: undefined }),
      event({ properties: 'price' }),
      event({ context: { page: { url: 1 } } }),
      event({ context: { campaign: { name: {} } } }),
      event({ context: { campaign: { [long]: {} } } }),
      event({ context: { consent: { categoryPreferences: { analytics: 'false' } } } }),
      event({ context: { filrouge: { v: 1, touch: { at: '2026-11-20T10:00:00.000Z', campaign: { name: {} } } } } }),
      event({ userId: 'x'.repeat(257) }),
    ];
    const { rejected } = validateBatch(values, defaults);
    expect(rejected.map(({ field }) => field)).toEqual([
      'userId',
      undefined,
      'properties',
      'context.page.url',
      'context.campaign.name',
      'context.campaign',
      'context.consent.categoryPreferences',
      'context.filrouge.touch',
      'userId',
    ]);
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

  it('the quick check never passes what the careful one would change or refuse', () => {
    const paths = Object.keys(flatten(whole));
    let passed = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...paths), nearby), { maxLength: 3 }), (mutations) => {
        const value = mutations.reduce((mutant, [path, to]) => replaceAt(mutant, path.split('.'), to), whole);
        const wire = JSON.parse(JSON.stringify(value)) as JsonObject;
        if (!isInOrder(wire)) return;
        passed += 1;
        const changes = { changed: false };
        expect([checkNesting(wire), tidyEvent(wire, defaults, changes), changes.changed]).toEqual([
          undefined,
          undefined,
          false,
        ]);
      }),
      { numRuns: 5000 },
    );
    expect(passed).toBeGreaterThan(1000);
  });

  it('the quick check sees in every object what is nested too deep and what could reach a prototype', () => {
    const places = Object.entries(flatten({ whole }))
      .filter(([, value]) => typeof value === 'object' && !Array.isArray(value))
      .map(([path]) => path.split('.').slice(1));
    expect(places.length).toBeGreaterThan(10);
    const deep = (levels: number) => `${'{"a":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;
    for (const place of places) {
      const withField = (name: string, json: string): JsonObject => {
        const marked = replaceAt({ whole }, ['whole', ...place, 'marked'], 0);
        return JSON.parse(JSON.stringify(marked.whole).replace('"marked":0', () => `"${name}":${json}`)) as JsonObject;
      };
      const levels = MAX_DEPTH - place.length - 1;
      const wrong = [withField('__proto__', '1'), withField('constructor', '{}'), withField('own', deep(levels + 1))];
      expect(wrong.map((one) => [isInOrder(one), checkNesting(one)])).toEqual([
        [false, 'bad-field'],
        [false, 'bad-field'],
        [false, 'too-deep'],
      ]);
      expect(checkNesting(withField('own', deep(levels)))).toBeUndefined();
      // Of campaigns and the like every field has to be a text, of choices a boolean.
      const isFree = isInOrder(withField('own', '{}'));
      expect(isInOrder(withField('own', deep(levels)))).toBe(isFree);
    }
  });

  it('never throws, counts each value once, and never changes its mind (any JSON)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(eventLike(), fc.jsonValue())),
        fc.constantFrom(undefined, MAX_EVENT_BYTES),
        (raw, maxBytes) => {
          const values = JSON.parse(JSON.stringify(raw)) as unknown[];
          const first = validateBatch(values, { ...defaults, maxBytes });
          expect(first.events.length + first.rejected.length).toBe(values.length);
          const again = validateBatch(structuredClone(first.events), { ...defaults, maxBytes });
          expect(again).toEqual({ events: first.events, rejected: [], changed: false });
        },
      ),
      { numRuns: 2000 },
    );
  });
});
