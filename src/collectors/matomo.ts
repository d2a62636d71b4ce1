import type { Collector } from '../browser/contracts.js';
import type { JsonObject, Purpose, WireEvent } from '../protocol/index.js';
import { createEncoder, sendAndRead } from './encode/encoder.js';
import { digest } from './encode/ids.js';
import { landingUrl } from './encode/landing.js';
import { amountOf, numberOf, productsOf, queryOf, textOf } from './encode/values.js';

/** Options of the Matomo collector. */
export interface MatomoOptions {
  /** Where Matomo is installed, e.g. `https://matomo.shop.example`. */
  url: string;
  siteId: number | string;
  /** File that takes events; default `matomo.php`; Piwik PRO has `ppms.php`. */
  file?: string;
  /** The purpose that must be granted besides `analytics`. Default `analytics`. */
  purpose?: Purpose;
}

/** Without a token Matomo refuses times further back than a day; a little less, for the way. */
const BACKDATE_MS = 23 * 3_600_000;

/**
 * Matomo's bulk tracking, 50 events a request, without a token: an event older than a day counts when it arrives. Orders
 * are e-commerce orders, searches are searches, other calls are events. `identify` shows as the user id of what follows.
 * Source: developer.matomo.org "Tracking HTTP API", BulkTracking plugin.
 */
export function matomo({ url, siteId, file = 'matomo.php', purpose = 'analytics' }: MatomoOptions): Collector {
  const place = `${url.replace(/\/+$/, '')}/${file}`;
  const maxBytes = 200_000;
  return {
    name: `matomo ${place} ${siteId}`,
    purpose,
    maxBytes,
    send: sendAndRead(refusals),
    encode: createEncoder({
      url: place,
      maxBytes,
      maxEvents: 50,
      say: (event, sentAt) =>
        event.type === 'group' || event.type === 'alias'
          ? undefined
          : JSON.stringify(
              `?${queryOf({ idsite: siteId, rec: 1, ...commonFields(event, sentAt), ...kindFields(event) })}`,
            ),
      body: (said) => `{"requests":[${said}]}`,
    }),
  };
}

function commonFields(event: WireEvent, sentAt: string): JsonObject {
  const { messageId, timestamp, anonymousId, userId, context = {} } = event;
  const { page, campaign, filrouge, locale, screen, userAgent } = context;
  const at = Date.parse(timestamp);
  return {
    url: landingUrl(event),
    action_name: page?.title,
    urlref: page?.referrer,
    _id: digest(anonymousId ?? userId ?? '').slice(0, 16),
    uid: userId,
    rand: digest(messageId).slice(0, 12),
    pv_id: filrouge?.pageView && digest(filrouge.pageView).slice(0, 6),
    cdt: Date.parse(sentAt) - at < BACKDATE_MS ? Math.floor(at / 1000) : undefined,
    lang: locale,
    ua: userAgent,
    res: screen?.width ? `${screen.width}x${screen.height}` : undefined,
    _rcn: campaign?.name,
    _rck: campaign?.term,
    apiv: 1,
  };
}

function kindFields({ type, event = '', name, properties = {} }: WireEvent): JsonObject {
  if (type === 'page') return {};
  if (type === 'screen') return { action_name: name };
  if (event === 'Order Completed') return orderFields(properties);
  if (event === 'Products Searched') return { search: textOf(properties.query) ?? 'unknown' };
  return {
    ca: 1,
    e_c: textOf(properties.category) ?? (type === 'track' ? 'track' : 'visitor'),
    e_a: event || type,
    e_n: textOf(properties.label) ?? textOf(properties.name) ?? textOf(properties.product_id),
    e_v: amountOf(properties),
  };
}

function orderFields(properties: JsonObject): JsonObject {
  const { order_id: id, subtotal, tax, shipping, discount } = properties;
  const items = productsOf(properties).map((product) => [
    textOf(product.sku) ?? textOf(product.product_id) ?? '',
    textOf(product.name) ?? '',
    textOf(product.category) ?? '',
    numberOf(product.price) ?? 0,
    numberOf(product.quantity) ?? 1,
  ]);
  return {
    idgoal: 0,
    ec_id: id ?? 'unknown',
    revenue: amountOf(properties) ?? 0,
    ec_st: subtotal,
    ec_tx: tax,
    ec_sh: shipping,
    ec_dt: discount,
    ec_items: items.length ? JSON.stringify(items) : undefined,
  };
}

function refusals(answer: unknown): string[] {
  const { invalid } = (answer ?? {}) as { invalid?: unknown };
  return typeof invalid === 'number' ? Array(Math.min(invalid, 50)).fill('invalid') : [];
}
