import { createHash } from 'node:crypto';
import type { Collector, QueuedEvent, Send } from '../browser/contracts.js';
import { createEncoder } from '../collectors/encode/encoder.js';
import { ga4Name, ga4Params } from '../collectors/encode/ga4.js';
import { objectOf, textOf } from '../collectors/encode/values.js';
import type { JsonObject, Purpose, WireEvent } from '../protocol/index.js';
import { HOUR_MS } from '../protocol/time.js';

/** Options of the GA4 destination. */
export interface Ga4Options {
  /** `G-…`. */
  measurementId: string;
  /** The Measurement Protocol secret of the stream. Never give it to a browser. */
  apiSecret: string;
  /** Default `https://www.google-analytics.com`; `https://region1.google-analytics.com` keeps the data in the EU. */
  url?: string;
  /** The purpose that events must grant. Default `advertising`. */
  purpose?: Purpose;
}

/** What the Measurement Protocol takes. Source: developers.google.com/analytics, "Send events", "Limitations". */
const MOST_EVENTS = 25;
const MAX_BYTES = 128_000;
const BACKDATE_MS = 72 * HOUR_MS;
/** Its name in `integrations`, where a page can hand on the ids of its own Google tag, as Segment's clients do. */
const INTEGRATION = 'Google Analytics 4';

/**
 * GA4's Measurement Protocol. A request holds up to 25 events of one device. `client_id` and `session_id` are those that
 * the page put into `integrations['Google Analytics 4']` (`clientId`, `sessionId`), so that web traffic joins; else ours. Where
 * there is no device, as at a till, `client_id` is a hash of the user id: GA4 wants one, and takes it into every export.
 * Events older than 72 hours, and calls that GA4 has no event for (identify, group, alias), are passed over. GA4 answers 2xx
 * to anything and drops no repeats but those of purchases (by `transaction_id`).
 */
export function ga4(options: Ga4Options): Collector {
  const { measurementId, apiSecret, url = 'https://www.google-analytics.com', purpose = 'advertising' } = options;
  const query = new URLSearchParams({ measurement_id: measurementId, api_secret: apiSecret });
  const place = `${url.replace(/\/+$/, '')}/mp/collect?${query}`;
  return {
    name: `ga4 ${measurementId}`,
    purpose,
    maxBytes: MAX_BYTES,
    send: sendJson,
    *encode(events, sentAt, room) {
      for (const [envelope, group] of byDevice(events, measurementId)) {
        const encode = createEncoder({
          url: place,
          maxBytes: MAX_BYTES,
          maxEvents: MOST_EVENTS,
          say,
          body: (said) => `${envelope.slice(0, -1)},"events":[${said}]}`,
        });
        yield* encode(group, sentAt, room);
      }
    },
  };
}

/** Events by what their request says of the device, in the order of the first of each. */
function byDevice(events: readonly QueuedEvent[], measurementId: string): Map<string, QueuedEvent[]> {
  const groups = new Map<string, QueuedEvent[]>();
  for (const event of events) {
    const key = envelopeOf(JSON.parse(event.json) as WireEvent, measurementId);
    const group = groups.get(key);
    if (group) group.push(event);
    else groups.set(key, [event]);
  }
  return groups;
}

function envelopeOf({ integrations, anonymousId, userId, context }: WireEvent, measurementId: string): string {
  const preferences = context?.consent?.categoryPreferences;
  const state = (granted: boolean | undefined) => (granted ? 'GRANTED' : 'DENIED');
  return JSON.stringify({
    client_id:
      textOf(objectOf(integrations?.[INTEGRATION]).clientId) ??
      anonymousId ??
      (userId === undefined ? undefined : pseudoDevice(userId, measurementId)),
    user_id: userId,
    // Without a statement Google applies none of ours: what it may do for ads is not ours to grant.
    consent: preferences && {
      ad_user_data: state(preferences.advertising),
      ad_personalization: state(preferences.advertising && preferences.personalization),
    },
  });
}

/**
 * A device for a user without one: always the same in a property, not that of another property, and in the form of Google's own
 * (two numbers), which its validation asks for.
 */
function pseudoDevice(userId: string, measurementId: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([measurementId, userId]))
    .digest();
  return `${hash.readUInt32BE(0)}.${hash.readUInt32BE(4)}`;
}

function say(event: WireEvent, sentAt: string): string | undefined {
  const atMs = Date.parse(event.timestamp);
  const name = ga4Name(event);
  if (!name || Date.parse(sentAt) - atMs > BACKDATE_MS) return undefined;
  const params: JsonObject = {
    ...ga4Params(event),
    session_id: sessionOf(event),
    engagement_time_msec: 1,
  };
  return JSON.stringify({ name, timestamp_micros: atMs * 1000, params });
}

function sessionOf({ integrations, context }: WireEvent): string | undefined {
  const start = context?.filrouge?.session?.start;
  const own = start ? `${Math.floor(Date.parse(start) / 1000)}` : undefined;
  return textOf(objectOf(integrations?.[INTEGRATION]).sessionId) ?? own;
}

const sendJson: Send = async (url, body, _keepalive, cancel) => {
  if (!url) return new Response('{}');
  const signal = AbortSignal.any([cancel, AbortSignal.timeout(30_000)]);
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', body, headers, signal }).catch(() => undefined);
};
