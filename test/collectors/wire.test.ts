import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { landingUrl } from '../../src/collectors/encode/landing.js';
import type { WireEvent } from '../../src/protocol/index.js';
import { everyCollector, queued, SAMPLES, WEBSITE } from './samples.js';

/**
 * What goes over the wire, against what each collector's own source or schema asks for; the
 * source is named in each test. What their own clients send is compared in `recorded.test.ts`.
 */
const SENT_AT = '2026-11-20T10:00:06.000Z';
const URL_OF = 'https://c.example';
const collectors = everyCollector(URL_OF);

function encode(name: string, ...events: WireEvent[]) {
  const requests = [...(collectors[name]?.encode(events.map(queued), SENT_AT) ?? [])];
  return requests.filter(({ url }) => url);
}
function one(name: string, event: WireEvent) {
  const [request] = encode(name, event);
  return request ? { url: request.url, body: JSON.parse(request.body) } : undefined;
}

/** Fields of iglu-central, com.snowplowanalytics.snowplow/payload_data 1-0-4 that an item may have; all are strings. */
const PAYLOAD_DATA = new Set(
  (
    'tna aid p dtm tz e tid eid tv duid nuid uid vid ip res url page refr fp ctype cookie lang cd ds cs vp mac pp_mix ' +
    'pp_max pp_miy pp_may tr_id tr_af tr_tt tr_tx tr_sh tr_ci tr_st tr_co tr_cu ti_id ti_sk ti_nm ti_na ti_ca ti_pr ' +
    'ti_qu ti_cu se_ca se_ac se_la se_pr se_va ue_na ue_pr ue_px co cx ua tnuid stm sid ttm'
  ).split(' '),
);

describe('snowplow (iglu-central payload_data 1-0-4; enrich Tp2Adapter)', () => {
  const { body, url } = one('snowplow post', SAMPLES.page) ?? { body: undefined };
  it('posts to tp2 what the schema allows: strings under known names, with tv, p and e', () => {
    expect(url).toBe(`${URL_OF}/com.snowplowanalytics.snowplow/tp2`);
    const [all] = encode('snowplow post', ...Object.values<WireEvent>(SAMPLES));
    const { schema, data } = JSON.parse(all?.body ?? '{}');
    expect(schema).toBe('iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4');
    expect(data.length).toBe(7);
    for (const item of data) {
      expect(Object.keys(item).filter((field) => !PAYLOAD_DATA.has(field))).toEqual([]);
      expect(Object.values(item).every((value) => typeof value === 'string')).toBe(true);
      expect(item).toMatchObject({ tv: expect.any(String), p: 'web', e: expect.stringMatching(/^(pv|se|ue)$/) });
    }
  });

  it('says the page view with its landing parameters, ids as UUIDs', () => {
    expect(body.data[0]).toMatchObject({
      e: 'pv',
      eid: SAMPLES.page.messageId,
      duid: SAMPLES.page.anonymousId,
      dtm: `${Date.parse(SAMPLES.page.timestamp)}`,
      stm: `${Date.parse(SENT_AT)}`,
      url: 'https://shop.example/p/1?size=m&utm_campaign=spring&utm_source=news&utm_medium=email&gclid=AbC#top',
    });
    const eid = (messageId: string) => one('snowplow post', { ...SAMPLES.page, messageId })?.body.data[0].eid;
    expect(eid('till 77')).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-a[\da-f]{3}-[\da-f]{12}$/);
    expect(eid('till 77')).toBe(eid('till 77'));
    expect(eid('till 77')).not.toBe(eid('till 78'));
  });

  it('says the same by GET, one event a request', () => {
    const requests = encode('snowplow', SAMPLES.page, SAMPLES.order);
    expect(requests.map(({ url: place, ids }) => [place, ids.length])).toEqual([
      [`${URL_OF}/i`, 1],
      [`${URL_OF}/i`, 1],
    ]);
    const fields = Object.fromEntries(new URLSearchParams(requests[1]?.body));
    expect(fields).toMatchObject({ e: 'se', se_ac: 'Order Completed', se_pr: 'A-1', se_va: '30.5', uid: 'customer-7' });
  });
});

it('gives the landing its campaign back, and leaves the rest of the address as it was', () => {
  const part = fc.stringMatching(/^[\w=&?/.%20-]{0,12}$/);
  const value = fc.string({ minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(part, fc.option(part), fc.option(part), value, value, (path, query, fragment, name, gclid) => {
      const before = `https://shop.example/${path.replaceAll('?', '')}${query === null ? '' : `?${query}`}`;
      const behind = fragment === null ? '' : `#${fragment}`;
      const url = before + behind;
      const touch = { at: SAMPLES.page.timestamp, campaign: { name }, clickIds: { gclid }, landing: url };
      const event: WireEvent = { ...SAMPLES.page, context: { page: { url }, filrouge: { v: 1, touch } } };
      const said = landingUrl(event);
      expect(said.startsWith(before) && said.endsWith(behind)).toBe(true);
      const { searchParams, hash } = new URL(said);
      expect([searchParams.getAll('utm_campaign').at(-1), searchParams.getAll('gclid').at(-1)]).toEqual([name, gclid]);
      expect(hash).toBe(new URL(url).hash);
      expect(landingUrl({ ...event, type: 'track' })).toBe(url);
    }),
  );
});

describe('posthog (posthog.com/docs/api/capture; rust/capture)', () => {
  it('posts a batch with the key, the time of sending and ids that repeat', () => {
    const { url, body } = one('posthog', SAMPLES.viewed) ?? {};
    expect(url).toBe(`${URL_OF}/batch/`);
    expect(body).toMatchObject({
      api_key: 'phc_1',
      sent_at: SENT_AT,
      batch: [
        {
          event: 'Product Viewed',
          uuid: SAMPLES.viewed.messageId,
          distinct_id: SAMPLES.viewed.anonymousId,
          timestamp: SAMPLES.viewed.timestamp,
          properties: { product_id: 's1', utm_campaign: 'spring', gclid: 'AbC', $process_person_profile: false },
        },
      ],
    });
  });

  it('says page views, identify, alias and group in its own words', () => {
    const [request] = encode('posthog', SAMPLES.page, SAMPLES.identify, SAMPLES.alias, SAMPLES.group);
    const { batch } = JSON.parse(request?.body ?? '{}');
    expect(batch.map(({ event }: { event: string }) => event)).toEqual([
      '$pageview',
      '$identify',
      '$create_alias',
      '$groupidentify',
    ]);
    expect(batch[1].properties).toMatchObject({ $set: { plan: 'gold' }, $anon_distinct_id: SAMPLES.page.anonymousId });
    expect(batch[2].properties.alias).toBe('old-7');
    expect(batch[3].properties).toMatchObject({ $group_type: 'company', $group_key: 'acme', $group_set: { size: 5 } });
  });
});

describe('matomo (BulkTracking plugin; Tracking HTTP API)', () => {
  const query = (event: WireEvent) =>
    Object.fromEntries(new URLSearchParams(one('matomo', event)?.body.requests[0].slice(1)));

  it('sends strings that begin with a question mark to matomo.php', () => {
    const { url, body } = one('matomo', SAMPLES.page) ?? {};
    expect(url).toBe(`${URL_OF}/matomo.php`);
    expect(body.requests[0]).toMatch(/^\?idsite=3&rec=1&/);
  });

  it('says page view, order with items, and event', () => {
    expect(query(SAMPLES.page)).toMatchObject({
      action_name: 'Linen shirt',
      _id: expect.stringMatching(/^[\da-f]{16}$/),
      pv_id: expect.stringMatching(/^[\da-f]{6}$/),
      cdt: `${Date.parse(SAMPLES.page.timestamp) / 1000}`,
      url: expect.stringContaining('utm_campaign=spring'),
    });
    expect(query(SAMPLES.order)).toMatchObject({
      idgoal: '0',
      ec_id: 'A-1',
      revenue: '30.5',
      ec_items: '[["SKU1","Linen shirt","",12.5,2]]',
      uid: 'customer-7',
    });
    expect(query(SAMPLES.viewed)).toMatchObject({ e_c: 'shirts', e_a: 'Product Viewed', ca: '1' });
  });

  it('cuts at 50 requests and asks no time of a day ago, which would need a token', () => {
    const many = Array.from({ length: 120 }, (_, i) => ({ ...SAMPLES.page, messageId: `m${i}` }));
    expect(encode('matomo', ...many).map(({ ids }) => ids.length)).toEqual([50, 50, 20]);
    expect(query({ ...SAMPLES.page, timestamp: '2026-11-19T09:00:00.000Z' })).not.toHaveProperty('cdt');
  });
});

describe('amplitude (HTTP V2 API)', () => {
  it('posts events with insert_id, times in milliseconds and revenue', () => {
    const { url, body } = one('amplitude', SAMPLES.order) ?? {};
    expect(url).toBe(`${URL_OF}/2/httpapi`);
    expect(body).toMatchObject({
      api_key: 'ak',
      client_upload_time: SENT_AT,
      events: [
        {
          event_type: 'Order Completed',
          user_id: 'customer-7',
          device_id: SAMPLES.order.anonymousId,
          insert_id: SAMPLES.order.messageId,
          time: Date.parse(SAMPLES.order.timestamp),
          session_id: Date.parse('2026-11-20T10:00:00.000Z'),
          revenue: 30.5,
        },
      ],
    });
    expect(one('amplitude', SAMPLES.identify)?.body.events[0]).toMatchObject({
      event_type: '$identify',
      user_properties: { $set: { plan: 'gold' } },
    });
    expect(one('amplitude', SAMPLES.alias)).toBeUndefined();
  });
});

describe('plausible (lib/plausible/ingestion/request.ex)', () => {
  it('posts n, u, d, r, flat props and revenue', () => {
    expect(one('plausible', SAMPLES.page)).toEqual({
      url: `${URL_OF}/api/event`,
      body: {
        n: 'pageview',
        u: 'https://shop.example/p/1?size=m&utm_campaign=spring&utm_source=news&utm_medium=email&gclid=AbC#top',
        d: 'shop.example',
        r: 'https://news.example/',
      },
    });
    expect(one('plausible', SAMPLES.order)?.body).toMatchObject({
      n: 'Order Completed',
      p: { order_id: 'A-1', total: '30.5' },
      $: { currency: 'EUR', amount: 30.5 },
    });
    expect(one('plausible', SAMPLES.order)?.body.p).not.toHaveProperty('products');
    expect(one('plausible', SAMPLES.identify)).toBeUndefined();
  });
});

describe('umami (src/app/api/send/request-schema.ts)', () => {
  it('posts type and payload with the website, the time in seconds and a name that is no formula', () => {
    expect(one('umami', SAMPLES.order)).toMatchObject({
      url: `${URL_OF}/api/send`,
      body: {
        type: 'event',
        payload: {
          website: WEBSITE,
          hostname: 'shop.example',
          name: 'Order Completed',
          id: 'customer-7',
          timestamp: Date.parse(SAMPLES.order.timestamp) / 1000,
          data: { order_id: 'A-1' },
        },
      },
    });
    expect(one('umami', { ...SAMPLES.viewed, event: '=@Sum' })?.body.payload.name).toBe('Sum');
    expect(one('umami', SAMPLES.page)?.body.payload).not.toHaveProperty('name');
    expect(one('umami', SAMPLES.identify)?.body).toMatchObject({
      type: 'identify',
      payload: { data: { plan: 'gold' } },
    });
  });
});

describe('rudderstack (gateway/handle_http_beacon.go) and jitsu (ingest/router_batch_handler.go)', () => {
  it('take the key where no preflight is needed', () => {
    const rudder = one('rudderstack', SAMPLES.order);
    expect(rudder?.url).toBe(`${URL_OF}/beacon/v1/batch?writeKey=wk`);
    expect(rudder?.body.batch[0]).toMatchObject({
      channel: 'web',
      messageId: SAMPLES.order.messageId,
      originalTimestamp: SAMPLES.order.timestamp,
      context: { sessionId: Date.parse('2026-11-20T10:00:00.000Z') / 1000 },
    });
    expect(one('jitsu', SAMPLES.order)).toMatchObject({ url: `${URL_OF}/v1/batch`, body: { writeKey: 'key:secret' } });
  });
});
