import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLandingFamilies } from '../../src/protocol/campaign-families.js';
import { type JsonObject, readLanding } from '../../src/protocol/index.js';
import { jsonLogger } from '../../src/receiver/index.js';
import { reportRoutes } from '../../src/report/http/routes.js';
import { PEOPLE_REPORT_NAMES } from '../../src/report/people/reports.js';
import { createReports } from '../../src/report/reports.js';
import { duckdbStore } from '../../src/stores/duckdb.js';
import { memoryStore } from '../../src/stores/memory.js';
import { temporaryDirectory } from '../files.js';
import { event } from '../receiver/events.js';
import { answerOf, PEPPER, startReceiver, type TestReceiver } from '../receiver/start.js';

let test: TestReceiver;
let directory: Awaited<ReturnType<typeof temporaryDirectory>> | undefined;
const lines: string[] = [];
const logger = jsonLogger((line) => lines.push(line));
beforeEach(() => {
  lines.length = 0;
});
afterEach(async () => {
  await test.close();
  await directory?.remove();
  directory = undefined;
});

/** Names that reach into JavaScript where a program forgets that an object has inherited ones. */
const BUILT_IN = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'toJSON',
  'then',
  'length',
];
const nasty = fc.constantFrom(
  ...BUILT_IN,
  '',
  '\0',
  '\r\n{"level":"error"}',
  '\u001b[2J',
  '\ud800',
  '=cmd|1',
  '\u2028',
  'https://a.example/?utm_source=b&at_constructor=c&mtm___proto__=d&utm_constructor=e#__proto__=1',
  'https://[::1/?%',
  'ann@example.com',
  '2026-11-20T10:00:00.000Z',
  '9'.repeat(400),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  nasty,
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(nasty, fc.oneof(nasty, fc.jsonValue({ maxDepth: 1 })), { maxKeys: 3, noNullPrototype: true }),
  fc.array(nasty, { maxLength: 3 }),
);
const FIELDS = [
  ...['type', 'event', 'name', 'category', 'messageId', 'anonymousId', 'userId', 'groupId', 'previousId', 'timestamp'],
  ...['originalTimestamp', 'sentAt', 'properties', 'traits', 'integrations', 'context', 'writeKey', 'receivedAt', 'x'],
  ...['properties.order_id', 'properties.total', 'properties.currency', 'properties.products', 'properties.url'],
  ...['properties.products.0', 'traits.email', 'traits.phone', 'traits.loyaltyId', 'traits.__proto__'],
  ...['context.page', 'context.page.url', 'context.page.referrer', 'context.page.search', 'context.page.path'],
  ...['context.campaign', 'context.campaign.source', 'context.campaign.name', 'context.externalIds'],
  ...['context.externalIds.0', 'context.externalIds.0.id', 'context.externalIds.0.type', 'context.userAgent'],
  ...['context.consent', 'context.consent.categoryPreferences', 'context.consent.categoryPreferences.analytics'],
  ...['context.channel', 'context.locale', 'context.timezone', 'context.library', 'context.device', 'context.ip'],
  ...['context.filrouge', 'context.filrouge.session', 'context.filrouge.session.start', 'context.filrouge.sequence'],
  ...['context.filrouge.sequence.n', 'context.filrouge.sequence.last', 'context.filrouge.touch'],
  ...['context.filrouge.touch.at', 'context.filrouge.touch.campaign', 'context.filrouge.touch.clickIds'],
  ...['context.filrouge.touch.landing', 'context.filrouge.touch.referrer', 'context.filrouge.first'],
  ...['context.filrouge.pageView', 'context.filrouge.navigation', 'context.filrouge.consent', 'context.filrouge.v'],
];
const TYPES = ['track', 'page', 'identify', 'alias', 'group', 'screen'] as const;

function goodEvent(n: number): JsonObject {
  const at = '2026-11-20T10:00:00.000Z';
  return {
    type: TYPES[n % TYPES.length] ?? 'track',
    event: n % 3 ? 'Order Completed' : 'Segment Consent Preference Updated',
    messageId: `fuzz-${n}`,
    anonymousId: `device-${n % 5}`,
    userId: `user-${n % 4}`,
    groupId: 'g',
    previousId: 'user-9',
    timestamp: at,
    properties: { order_id: `o-${n}`, total: 10, products: [{ product_id: 'p' }] },
    traits: { email: 'ann@example.com' },
    context: {
      page: { url: 'https://shop.example/?utm_source=a', referrer: 'https://www.google.com/' },
      campaign: { source: 'a' },
      consent: { categoryPreferences: { analytics: true, attribution: n % 2 > 0 } },
      externalIds: [{ id: '4711', type: 'loyalty_id', collection: 'users', encoding: 'none' }],
      filrouge: {
        v: 1,
        session: { id: 's', start: at },
        sequence: { lane: 'l', n, last: { lane: 'k', n: 2 } },
        touch: { at, campaign: { source: 'a' }, clickIds: { gclid: 'x' }, landing: 'https://shop.example/' },
      },
    },
  };
}

/** Puts a value at a path, also under names such as `__proto__`, as only a parser of JSON does. */
function put(event: JsonObject, path: string, put: unknown): JsonObject {
  const [head = '', ...rest] = path.split('.');
  const inner = Array.isArray(event) ? event[Number(head)] : Object.hasOwn(event, head) ? event[head] : undefined;
  const isContainer = typeof inner === 'object' && inner !== null;
  const next = rest.length ? putInto(isContainer ? inner : {}, rest.join('.'), put) : put;
  if (Array.isArray(event)) return Object.assign([], event, { [head]: next }) as never;
  return JSON.parse(
    `{${[...Object.entries(event).filter(([key]) => key !== head), [head, next] as const]
      .map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one) ?? 'null'}`)
      .join(',')}}`,
  ) as JsonObject;
}

function putInto(container: object, path: string, value: unknown): JsonObject {
  return put(container as JsonObject, path, value);
}

const mutation = fc.tuple(fc.constantFrom(...FIELDS), value);
const batches = fc.array(fc.tuple(fc.nat(40), fc.array(mutation, { minLength: 1, maxLength: 3 })), {
  minLength: 1,
  maxLength: 6,
});

describe.each([
  ['memory', async () => memoryStore({ pepper: PEPPER }), 120],
  [
    'duckdb',
    async () => duckdbStore({ file: `${(directory = await temporaryDirectory()).path}/s.duckdb`, pepper: PEPPER }),
    60,
  ],
] as const)('any JSON value at any field, in front of %s', (_, makeStore, numRuns) => {
  it('is taken or named, never a failure, and every report can still be made', async () => {
    test = await startReceiver({ logger, store: await makeStore(), limits: false });
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(batches, fc.constantFrom('wk', 'sk'), async (drafts, key) => {
        const batch = drafts.map(([n, mutations]) => {
          sent += 1;
          return mutations.reduce((event, [path, one]) => put(event, path, one), goodEvent(n * 1000 + sent));
        });
        const response = await test.post({ batch }, { headers: { authorization: `Basic ${btoa(`${key}:`)}` } });
        const answer = await answerOf(response);
        expect([response.status, answer.success]).toEqual([200, true]);
        const rejected = (answer.rejected ?? []) as JsonObject[];
        expect(Number(answer.accepted) + rejected.length).toBe(batch.length);
        for (const { code, index } of rejected) {
          expect([typeof code, Number(index) >= 0 && Number(index) < batch.length]).toEqual(['string', true]);
        }
      }),
      {
        numRuns,
        // Found here before: ids that cannot be made a text, keys that cannot be encoded.
        examples: [
          [[[0, [['anonymousId', { toString: {} }]]]], 'wk'],
          [[[6, [['context.page', { '\ud800': 'x' }]]]], 'wk'],
        ],
      },
    );
    expect(await test.receiver.settled(60_000)).toBe(true);
    expect(await answerOf(await test.request('/healthz'))).toMatchObject({ status: 'ok', lagRecords: 0 });
    const reports = createReports(test.store);
    for (const by of ['total', 'day', 'channel'] as const)
      await reports.kpis({ by, from: '2026-11-01', to: '2026-12-01' });
    await reports.attribution({ from: '2026-11-01', to: '2026-12-01' });
    await reports.journeys({ from: '2026-11-01', to: '2026-12-01' });
    for (const path of [
      '/v1/events',
      '/v1/identity-problems',
      '/v1/people/user-1',
      '/v1/people/user-1/export?format=csv',
    ]) {
      const response = await test.admin(path);
      expect([path, [200, 404].includes(response.status)]).toEqual([path, true]);
      await response.text();
    }
    const failures = lines.filter((line) => JSON.parse(line).level !== 'info');
    expect(failures).toEqual([]);
    expect(lines.join('')).not.toMatch(/ann@|fuzz-|user-\d|device-\d|4711/);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as JsonObject).polluted).toBeUndefined();
  });
});

describe('names of JavaScript', () => {
  it('are no campaign parameters', async () => {
    test = await startReceiver();
    for (const prefix of ['utm_', 'mtm_', 'pk_', 'at_', '', 'gad_']) {
      for (const name of BUILT_IN) {
        const href = `https://shop.example/?${prefix}${name}=x&${prefix}${name}[polluted]=1`;
        const { campaign = {}, clickIds = {} } = readLanding(href);
        const families = readLandingFamilies(href);
        for (const one of [campaign, clickIds, families.campaign ?? {}, families.clickIds ?? {}, families.filledBy]) {
          expect(Object.getPrototypeOf(one)).toBe(Object.prototype);
          for (const text of Object.values(one)) expect(typeof text).toBe('string');
        }
        for (const { field } of families.parameters) expect(typeof field).toBe('string');
      }
    }
    expect(({} as JsonObject).polluted).toBeUndefined();
  });

  it('as names of events, measurements, campaigns and channels break no report', async () => {
    test = await startReceiver();
    const batch = BUILT_IN.flatMap((name, i) => [
      event({ userId: name, event: 'Web Vital', properties: { metric: name, name, value: 1 } }),
      event({ userId: name, event: name, context: { channel: name } }),
      event({
        type: 'page',
        userId: name,
        properties: { [`${name}2`]: 1 },
        context: {
          page: { url: `https://shop.example/?at_medium=${name}&mtm_${name}=1`, referrer: `https://${name}/` },
          campaign: { source: name, medium: name, name, [`${name}x`]: name },
        },
      }),
      event({
        userId: name,
        event: 'Order Completed',
        properties: { order_id: name, total: i, currency: name, products: [{ product_id: name, category: name }] },
        context: { channel: name, campaign: { source: name } },
      }),
    ]);
    expect(await answerOf(await test.post({ batch }))).toEqual({ success: true, accepted: batch.length });
    await test.events();
    const handle = reportRoutes(createReports(test.store));
    for (const name of ['kpis', 'journeys', 'attribution', 'delivery', 'consent', ...PEOPLE_REPORT_NAMES]) {
      for (const format of ['json', 'csv']) {
        const ask = new Request(`https://x/v1/reports/${name}?from=2026-11-01&to=2026-12-01&format=${format}`);
        const answer = await handle(ask);
        expect([name, answer?.status, (await answer?.text())?.includes('native code')]).toEqual([name, 200, false]);
      }
    }
    for (const name of BUILT_IN) {
      const answer = await handle(new Request(`https://x/v1/reports/${name}`));
      expect([name, answer?.status ?? 404]).toEqual([name, 404]);
    }
  });

  it('in a body reach no prototype, wherever they stand', async () => {
    test = await startReceiver();
    const bodies = [
      '{"__proto__":{"polluted":1},"batch":[]}',
      '{"batch":[{"type":"track","event":"x","anonymousId":"d","__proto__":{"polluted":1}}]}',
      '{"batch":[{"type":"track","event":"x","anonymousId":"d","traits":{"constructor":{"prototype":{"polluted":1}}}}]}',
      '{"context":{"__proto__":{"polluted":1}},"batch":[{"type":"track","event":"x","anonymousId":"d"}]}',
      '{"batch":[{"type":"identify","userId":"u","traits":{"a":{"b":[{"__proto__":{"polluted":1}}]}}}]}',
    ];
    for (const body of bodies) {
      const answer = await answerOf(await test.post(body));
      expect(answer.accepted ?? 0).toBe(0);
    }
    expect(({} as JsonObject).polluted).toBeUndefined();
  });
});
