import type { Collector, Send } from '../browser/contracts.js';
import { post } from '../browser/transport.js';
import type { Json, JsonObject, Purpose, WireEvent } from '../protocol/index.js';
import { createEncoder } from './encode/encoder.js';
import { asUuid } from './encode/ids.js';
import { landingUrl } from './encode/landing.js';
import { amountOf, queryOf, textOf } from './encode/values.js';

/** Options of the Snowplow collector. */
export interface SnowplowOptions {
  /** The Snowplow collector, e.g. `https://sp.shop.example`. */
  url: string;
  appId: string;
  /** Tracker namespace; default `filrouge`. */
  namespace?: string;
  /**
   * `get` (default): one event a request as `GET /i`, which needs no preflight. `post`: batches to `/…/tp2`; Snowplow takes
   * those as `application/json` only, so from another origin the browser asks first.
   */
  method?: 'get' | 'post';
  /**
   * Iglu schemas by event name, e.g. `{ 'Order Completed': 'iglu:com.acme/order/jsonschema/1-0-0' }`: the properties,
   * or traits under `identify` and `group`, go as a self-describing event. Events without one go as structured events.
   */
  schemas?: { [event: string]: string };
  /** The purpose that must be granted besides `analytics`. Default `analytics`. */
  purpose?: Purpose;
}

const SNOWPLOW = 'iglu:com.snowplowanalytics.snowplow';

/**
 * Snowplow's tracker protocol. `sid` is the session, `duid` the device; campaigns are read from the address by Snowplow
 * itself, but ours has none any more: they go as the parameters that Snowplow knows, on the page view of the landing.
 * Source: iglu-central payload_data 1-0-4, enrich's Tp2Adapter.
 */
export function snowplow(options: SnowplowOptions): Collector {
  const { url, appId, namespace = 'filrouge', method = 'get', purpose = 'analytics' } = options;
  const origin = url.replace(/\/+$/, '');
  const isGet = method === 'get';
  const maxBytes = isGet ? 30_000 : 40_000;
  const fields = (event: WireEvent, sentAt: string) => ({
    tna: namespace,
    aid: appId,
    stm: `${Date.parse(sentAt)}`,
    ...commonFields(event),
    ...kindFields(event, options.schemas?.[event.event ?? event.type]),
  });
  return {
    name: `snowplow ${origin} ${appId} ${namespace}`,
    purpose,
    maxBytes,
    send: isGet ? sendGet : sendJson,
    encode: createEncoder({
      url: isGet ? `${origin}/i` : `${origin}/com.snowplowanalytics.snowplow/tp2`,
      maxBytes,
      ...(isGet && { maxEvents: 1 }),
      say: (event, sentAt) => {
        const said = fields(event, sentAt);
        return isGet ? queryOf(said) : JSON.stringify(said);
      },
      body: (said) => (isGet ? `${said}` : `{"schema":"${SNOWPLOW}/payload_data/jsonschema/1-0-4","data":[${said}]}`),
    }),
  };
}

/** The body of a GET is its query. Not by `post`: Snowplow may redirect once to see whether its cookie is kept. */
const sendGet: Send = (url, query, _keepalive, signal) =>
  fetch(`${url}?${query}`, { keepalive: true, signal }).catch(() => undefined);

const sendJson: Send = (...request) =>
  post(...request, { headers: { 'Content-Type': 'application/json; charset=UTF-8' } });

/** Something under one of Snowplow's own schemas. */
function entity(name: string, data: Json): JsonObject {
  return { schema: `${SNOWPLOW}/${name}`, data };
}

function commonFields(event: WireEvent): JsonObject {
  const { messageId, timestamp, anonymousId, userId, context } = event;
  const { page, screen, filrouge, channel } = context ?? {};
  const { pageView, session } = filrouge ?? {};
  const entities = [
    ...(pageView ? [entity('web_page/jsonschema/1-0-0', { id: asUuid(pageView) })] : []),
    ...sessionEntity(session, anonymousId),
  ];
  return {
    p: channel === 'server' ? 'srv' : channel === 'mobile' ? 'mob' : 'web',
    tv: 'filrouge-0.1.0',
    eid: asUuid(messageId),
    dtm: `${Date.parse(timestamp)}`,
    duid: anonymousId,
    uid: userId,
    sid: session && asUuid(session.id),
    url: landingUrl(event) || undefined,
    page: page?.title,
    refr: page?.referrer || undefined,
    lang: context?.locale,
    tz: context?.timezone,
    ua: context?.userAgent,
    res: screen?.width ? `${screen.width}x${screen.height}` : undefined,
    co: entities.length ? JSON.stringify(entity('contexts/jsonschema/1-0-0', entities)) : undefined,
  };
}

/**
 * The session as iglu-central's client_session 1-0-2 has it. The index is the number at the end of our session ids, which
 * grows by one with each session of a device but does not begin at 1. Sessions of other clients have none, hence no entity.
 */
function sessionEntity(session: { id: string; start: string } | undefined, device: string | undefined): JsonObject[] {
  const sessionIndex = Number(session?.id.split('.')[1]);
  if (!session || !device || !sessionIndex) return [];
  const [userId, sessionId] = [asUuid(device).toLowerCase(), asUuid(session.id)];
  const data = {
    userId,
    sessionId,
    sessionIndex,
    storageMechanism: 'LOCAL_STORAGE',
    firstEventTimestamp: session.start,
  };
  return [entity('client_session/jsonschema/1-0-2', data)];
}

function kindFields(event: WireEvent, schema: string | undefined): JsonObject {
  const { type, properties = {}, traits } = event;
  if (schema) {
    const data = { schema, data: traits ?? properties };
    return { e: 'ue', ue_pr: JSON.stringify(entity('unstruct_event/jsonschema/1-0-0', data)) };
  }
  if (type === 'page') return { e: 'pv' };
  const value = amountOf(properties);
  return {
    e: 'se',
    se_ca: textOf(properties.category) ?? 'filrouge',
    se_ac: event.event ?? event.name ?? type,
    se_la: textOf(properties.label) ?? textOf(properties.name) ?? event.groupId ?? event.previousId,
    se_pr: textOf(properties.order_id) ?? textOf(properties.product_id),
    se_va: value === undefined ? undefined : `${value}`,
  };
}
