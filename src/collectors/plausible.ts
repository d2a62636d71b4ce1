import type { Collector } from '../browser/contracts.js';
import type { JsonObject, Purpose } from '../protocol/index.js';
import { createEncoder, sendSaid } from './encode/encoder.js';
import { landingUrl } from './encode/landing.js';
import { amountOf, textOf } from './encode/values.js';

/** Options of the Plausible collector. */
export interface PlausibleOptions {
  /** The site as it is called in Plausible, e.g. `shop.example`. */
  domain: string;
  /** Default `https://plausible.io`. */
  url?: string;
  /** The purpose that must be granted besides `analytics`. Default `analytics`. */
  purpose?: Purpose;
}

const MOST_PROPS = 30;
const LONGEST_VALUE = 2000;

/**
 * Plausible's event route, one event a request. It knows no times: an event counts when it arrives. It knows no persons:
 * `identify`, `group` and `alias` are not sent, nor is an event without an address. Source: plausible/analytics,
 * lib/plausible/ingestion/request.ex.
 */
export function plausible(options: PlausibleOptions): Collector {
  const { domain, url = 'https://plausible.io', purpose = 'analytics' } = options;
  const origin = url.replace(/\/+$/, '');
  const maxBytes = 60_000;
  return {
    name: `plausible ${origin} ${domain}`,
    purpose,
    maxBytes,
    send: sendSaid,
    encode: createEncoder({
      url: `${origin}/api/event`,
      maxBytes,
      maxEvents: 1,
      say: (event) => {
        const { type, name, properties, context } = event;
        const u = landingUrl(event);
        const n = type === 'page' ? 'pageview' : (event.event ?? (type === 'screen' ? name : undefined));
        if (!n || !u || u.length > LONGEST_VALUE) return undefined;
        const r = context?.page?.referrer || undefined;
        const p = type === 'page' ? undefined : propsOf(properties);
        return JSON.stringify({ n, u, d: domain, r, p, $: amount(event.event, properties) });
      },
      body: (said) => `${said}`,
    }),
  };
}

function propsOf(properties: JsonObject = {}): JsonObject {
  const props = Object.entries(properties).flatMap(([name, value]) => {
    const text = textOf(value)?.slice(0, LONGEST_VALUE);
    return text === undefined ? [] : [[name.slice(0, 300), text]];
  });
  return Object.fromEntries(props.slice(0, MOST_PROPS));
}

function amount(event: string | undefined, properties: JsonObject = {}): JsonObject | undefined {
  const value = amountOf(properties);
  const currency = textOf(properties.currency);
  return event && currency && value !== undefined ? { currency, amount: value } : undefined;
}
