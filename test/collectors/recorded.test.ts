import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../../src/protocol/index.js';
import { everyCollector, queued, SAMPLES } from './samples.js';

/**
 * Our words beside those of the vendors' own clients, as `record.mjs` recorded them: same routes, same envelopes, no field
 * that theirs do not have (but for those named here, with the document that has them), and the same types.
 */
interface Request {
  method: string;
  path: string;
  type: string | null;
  body: unknown;
}
interface Recorded {
  package: string;
  version: string;
  recorded: string;
  requests: [Request, ...Request[]];
}
type Fields = Record<string, unknown>;
const SENT_AT = '2026-11-20T10:00:06.000Z';
const HERE = new URL('recorded/', import.meta.url);
const recorded = (name: string): Recorded => JSON.parse(readFileSync(new URL(`${name}.json`, HERE), 'utf8'));
const collectors = everyCollector('https://c.example');

function ours(name: string, event: WireEvent) {
  const [request] = collectors[name]?.encode([queued(event)], SENT_AT) ?? [];
  if (!request) throw new Error(`${name} says nothing`);
  return { path: new URL(request.url).pathname, body: request.body };
}

/** Each of our fields is one of theirs, of the same type; a null of theirs allows any. */
function expectTheirFields(mine: Fields, theirs: readonly Fields[], more: readonly string[] = []): void {
  const all = Object.assign({}, ...[...theirs].reverse()) as Fields;
  for (const [field, value] of Object.entries(mine)) {
    if (more.includes(field)) continue;
    expect(Object.keys(all), `${field} is a field of theirs`).toContain(field);
    if (all[field] !== null) expect(typeof value, field).toBe(typeof all[field]);
  }
}

it('has samples with version and date', () => {
  const files = readdirSync(HERE);
  expect(files.length).toBeGreaterThan(9);
  for (const file of files) {
    const { version, recorded: day, requests } = recorded(file.replace('.json', ''));
    expect(version, file).toMatch(/^\d+\.\d+\.\d+/);
    expect(day, file).toMatch(/^2\d{3}-\d\d-\d\d$/);
    expect(requests.length, file).toBeGreaterThan(0);
    expect(JSON.stringify(requests), file).not.toMatch(/127\.0\.0\.1/);
  }
});

describe('posthog beside posthog-js and posthog-node', () => {
  type Event = { event: string; properties: Fields };
  const server = recorded('posthog-node').requests[0];
  const batch = (server.body as { batch: Event[] }).batch;
  const browser = recorded('posthog-js').requests.flatMap(({ body }) => (body as { batch: Event[] }).batch);
  const kinds: [string, WireEvent][] = [
    ['$pageview', SAMPLES.page],
    ['Product Viewed', SAMPLES.viewed],
    ['$identify', SAMPLES.identify],
    ['$create_alias', SAMPLES.alias],
    ['$groupidentify', SAMPLES.group],
  ];

  it.each(kinds)('says %s with fields of theirs', (name, sample) => {
    const { path, body } = ours('posthog', sample);
    const said = JSON.parse(body) as Fields & { batch: Event[] };
    const [event] = said.batch;
    expect(path).toBe(server.path);
    expectTheirFields(said, [server.body as Fields]);
    const theirs = [...batch, ...browser].filter((one) => one.event === name);
    expect(event?.event).toBe(name);
    expectTheirFields(
      { ...event },
      [...theirs, ...batch].map((one) => ({ ...one })),
    );
    const known = [...theirs, ...browser]
      .map(({ properties }) => properties)
      .concat(batch.map((one) => one.properties));
    // `$pageview_id` is theirs where page leaves are captured; properties of the sample are the shop's.
    const own = ['$pageview_id', ...Object.keys(sample.properties ?? {})];
    expectTheirFields(event?.properties ?? {}, known, own);
  });

  it('carries persons, groups and aliases as they do', () => {
    const of = (name: string) => batch.find(({ event }) => event === name)?.properties ?? {};
    const said = (sample: WireEvent) => JSON.parse(ours('posthog', sample).body).batch[0].properties;
    expect(said(SAMPLES.identify).$set).toEqual(of('$identify').$set);
    expect(said(SAMPLES.alias).alias).toBe(of('$create_alias').alias);
    for (const field of ['$group_type', '$group_key', '$group_set'])
      expect(said(SAMPLES.group)[field]).toEqual(of('$groupidentify')[field]);
  });
});

describe('snowplow beside the browser and node trackers', () => {
  type Payload = { schema: string; data: Record<string, string>[] };
  const { requests } = recorded('snowplow-browser-tracker');
  const post = requests.find(({ method }) => method === 'POST');
  const bodies = [post, recorded('snowplow-node-tracker').requests[0]].map((one) => one?.body as Payload);
  const theirs = bodies.flatMap(({ data }) => data);
  const ofKind = (kind: string) => theirs.find(({ e }) => e === kind) ?? {};

  it.each<[string, WireEvent]>([
    ['pv', SAMPLES.page],
    ['se', SAMPLES.viewed],
  ])('says %s in their envelope, all strings under their names', (kind, sample) => {
    const { path, body } = ours('snowplow post', sample);
    const { schema, data } = JSON.parse(body) as Payload;
    expect(path).toBe(post?.path);
    expect(schema).toBe(bodies[0]?.schema);
    expect(data[0]?.e).toBe(kind);
    expectTheirFields(data[0] ?? {}, [ofKind(kind), ...theirs]);
  });

  it('wraps entities and self-describing events in the same schemas', () => {
    const schemas = (text = '') => [...text.matchAll(/iglu:com\.snowplowanalytics\.snowplow\/[^"]+/g)].map(String);
    const co = JSON.parse(ours('snowplow post', SAMPLES.page).body).data[0].co as string;
    for (const schema of schemas(co)) expect(schemas(ofKind('pv').co)).toContain(schema);
    const sp = collectors['snowplow schemas'];
    const [request] = sp?.encode([queued(SAMPLES.order)], SENT_AT) ?? [];
    const said = JSON.parse(JSON.parse(request?.body ?? '{}').data[0].ue_pr);
    const their = JSON.parse(ofKind('ue').ue_pr ?? '{}');
    expect(said.schema).toBe(their.schema);
    expect(Object.keys(said.data)).toEqual(Object.keys(their.data));
    expect(said.data.data).toMatchObject(their.data.data);
    const [known] = sp?.encode([queued(SAMPLES.identify)], SENT_AT) ?? [];
    const customer = JSON.parse(JSON.parse(known?.body ?? '{}').data[0].ue_pr);
    expect(customer.data).toEqual({ schema: 'iglu:com.acme/customer/jsonschema/1-0-0', data: { plan: 'gold' } });
  });

  it('says the session as theirs does, under the rules of its schema, and nothing of a session without a number', () => {
    type Entity = { schema: string; data: Fields };
    const entities = (co = ''): Entity[] => JSON.parse(co).data;
    const sessionOf = (all: Entity[]) => all.find(({ schema }) => schema.includes('client_session'));
    const said = (session: { id: string; start: string }, anonymousId = SAMPLES.page.anonymousId ?? '') => {
      const context = {
        ...SAMPLES.page.context,
        filrouge: { ...SAMPLES.page.context?.filrouge, v: 1 as const, session },
      };
      return sessionOf(
        entities(JSON.parse(ours('snowplow post', { ...SAMPLES.page, anonymousId, context }).body).data[0].co),
      );
    };
    const start = '2026-11-20T10:00:00.000Z';
    const theirs = sessionOf(entities(ofKind('pv').co));
    const mine = said({ id: '7000-a000-0123456789ab.29832001', start });
    expect(mine?.schema).toBe(theirs?.schema);
    expectTheirFields(mine?.data ?? {}, [theirs?.data ?? {}]);
    const uuid = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/;
    // Iglu-central, client_session 1-0-2: what is required, patterns and enumerations.
    expect(mine?.data).toEqual({
      userId: expect.stringMatching(uuid),
      sessionId: expect.stringMatching(uuid),
      sessionIndex: 29832001,
      storageMechanism: 'LOCAL_STORAGE',
      firstEventTimestamp: start,
    });
    expect(said({ id: 'x.5', start }, 'ABCDEF01-8000-7000-A000-0123456789AB')?.data.userId).toMatch(uuid);
    expect(said({ id: 'x.5', start }, 'device of a till')?.data.userId).toMatch(uuid);
    expect(said({ id: '019aa0c5-8ee2-7f20-ad6a-0d5e7e8a9c11', start })).toBeUndefined();
  });

  it('asks by GET as they do', () => {
    const get = requests.filter(({ method }) => method === 'GET').map(({ path }) => new URL(path, 'https://c.example'));
    const { path, body } = ours('snowplow', SAMPLES.page);
    expect(path).toBe(get[0]?.pathname);
    const known = get.map(({ searchParams }) => Object.fromEntries(searchParams));
    expectTheirFields(Object.fromEntries(new URLSearchParams(body)), known, ['refr']);
  });
});

describe('matomo beside matomo-tracker', () => {
  const bulk = recorded('matomo-tracker').requests.find(({ method }) => method === 'POST');
  if (!bulk) throw new Error('no bulk request in the sample');
  const theirs = (bulk.body as { requests: string[] }).requests.map((one) => new URLSearchParams(one));

  it('posts the same envelope of queries', () => {
    const { path, body } = ours('matomo', SAMPLES.order);
    const said = JSON.parse(body);
    expect(path).toBe(bulk.path);
    expect(Object.keys(said)).toEqual(Object.keys(bulk.body as Fields));
    const order = new URLSearchParams(said.requests[0]);
    for (const field of theirs[1]?.keys() ?? []) expect(order.get(field), field).not.toBeNull();
    expect(JSON.parse(order.get('ec_items') ?? '')[0]).toHaveLength(5);
    const viewed = new URLSearchParams(JSON.parse(ours('matomo', SAMPLES.viewed).body).requests[0]);
    for (const field of ['_id', 'cdt', 'url', 'e_c', 'e_a', 'idsite', 'rec']) expect(viewed.get(field)).toBeTruthy();
    expect(viewed.get('_id')).toHaveLength(theirs[0]?.get('_id')?.length ?? 0);
  });
});

describe('amplitude beside analytics-node', () => {
  const request = recorded('amplitude-analytics-node').requests[0];
  const theirs = (request.body as { events: Fields[] }).events;

  it.each<[string, WireEvent]>([
    ['Product Viewed', SAMPLES.viewed],
    ['$identify', SAMPLES.identify],
    ['$groupidentify', SAMPLES.group],
  ])('says %s with fields of theirs', (name, sample) => {
    const { path, body } = ours('amplitude', sample);
    const said = JSON.parse(body);
    expect(path).toBe(request.path);
    expectTheirFields(said, [request.body as Fields]);
    const their = theirs.find((one) => one.event_type === name) ?? {};
    // amplitude.com/docs/apis/analytics/http-v2 has these; the server's client does not know a browser.
    const more = ['session_id', 'platform', 'language', 'user_agent', 'event_properties', 'groups'];
    expectTheirFields(said.events[0], [their, ...theirs], more);
    for (const field of ['user_properties', 'group_properties', 'groups'])
      if (their[field]) expect(said.events[0][field]).toEqual(their[field]);
  });
});

it('plausible: its own tracker, which posts text/plain too', () => {
  const { requests } = recorded('plausible-analytics-tracker');
  const theirs = requests.map(({ body }) => body as Fields);
  for (const sample of [SAMPLES.page, SAMPLES.order]) {
    const { path, body } = ours('plausible', sample);
    expect(requests[0]).toMatchObject({ path, type: 'text/plain' });
    expectTheirFields(JSON.parse(body), [...theirs].reverse());
  }
  expect(JSON.parse(ours('plausible', SAMPLES.order).body).$).toEqual(theirs[1]?.$);
});

it('umami: its own node client', () => {
  const { requests } = recorded('umami-node');
  const theirs = requests.map(({ body }) => body as { type: string; payload: Fields });
  for (const [sample, at] of [
    [SAMPLES.page, 0],
    [SAMPLES.order, 1],
    [SAMPLES.identify, 2],
  ] as const) {
    const { path, body } = ours('umami', sample);
    const said = JSON.parse(body);
    expect(path).toBe(requests[0]?.path);
    expect(said.type).toBe(theirs[at]?.type);
    // `id` and `timestamp` are in umami's request schema (src/app/api/send).
    expectTheirFields(
      said.payload,
      theirs.map(({ payload }) => payload),
      ['id', 'timestamp'],
    );
  }
});

describe('segment, rudderstack and jitsu beside their own clients', () => {
  it.each([
    ['segment', 'segment-analytics-node', []],
    ['rudderstack', 'rudderstack-rudder-sdk-node', ['channel']],
  ])('%s', (name, sample, more) => {
    const theirs = recorded(sample).requests.map(({ body }) => body as { batch: Fields[] });
    const events = theirs.flatMap(({ batch }) => batch);
    for (const event of [SAMPLES.page, SAMPLES.identify, SAMPLES.order, SAMPLES.group]) {
      const [said] = JSON.parse(ours(name, event).body).batch;
      const same = events.filter(({ type }) => type === event.type);
      expectTheirFields(said, [...same, ...events], more);
    }
  });

  it('jitsu takes our fields one by one as in the batch', () => {
    const theirs = recorded('jitsu-js').requests.map(({ body }) => body as Fields);
    for (const event of [SAMPLES.page, SAMPLES.identify, SAMPLES.order]) {
      const [said] = JSON.parse(ours('jitsu', event).body).batch;
      expectTheirFields(
        said,
        theirs.filter(({ type }) => type === event.type),
      );
    }
  });
});
