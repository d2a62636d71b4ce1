import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Collector } from '../browser/contracts.js';
import { createEncoder } from '../collectors/encode/encoder.js';
import type { Purpose } from '../protocol/index.js';

/** Options of the webhook destination. */
export interface WebhookOptions {
  /** The address that takes the posts. */
  url: string;
  /** The key of the signature, known to both sides. */
  secret: string;
  /** Only these track events, by name; default all events. */
  events?: readonly string[];
  /** Largest number of events in one post; default 100. */
  maxEvents?: number;
  /** Further headers, e.g. an API key of the receiving side. */
  headers?: { readonly [name: string]: string };
  /** The purpose that events must grant. Default `analytics`. */
  purpose?: Purpose;
}

/** How far the clocks of the two sides may differ before a signature counts as replayed. */
const TOLERANCE_S = 300;

/**
 * Posts `{ "events": [ … ] }` with the wire events as JSON and a header `filrouge-signature: t=…,v1=…` (HMAC-SHA256, as hex,
 * over `<t>.<body>`, t in seconds). Redirects are not followed. `messageId` names a repeat.
 */
export function webhook(options: WebhookOptions): Collector {
  const { url, secret, events, maxEvents = 100, headers = {}, purpose = 'analytics' } = options;
  const maxBytes = 1_000_000;
  return {
    name: `webhook ${url}`,
    purpose,
    maxBytes,
    async send(place, body, _keepalive, cancel) {
      if (!place) return new Response('{}');
      const signal = AbortSignal.any([cancel, AbortSignal.timeout(30_000)]);
      const signature = signBody(secret, body, Math.floor(Date.now() / 1000));
      const all = { 'content-type': 'application/json', ...headers, 'filrouge-signature': signature };
      return fetch(place, { method: 'POST', body, headers: all, redirect: 'error', signal }).catch(() => undefined);
    },
    encode: createEncoder({
      url,
      maxBytes,
      maxEvents,
      say: (event) => (!events || (event.event && events.includes(event.event)) ? JSON.stringify(event) : undefined),
      body: (said) => `{"events":[${said}]}`,
    }),
  };
}

/** The value of the signature header. */
function signBody(secret: string, body: string, atSeconds: number): string {
  const mac = createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex');
  return `t=${atSeconds},v1=${mac}`;
}

/** For the receiving side: true when the header is the signature of this very body and not older than five minutes. */
export function isSigned(secret: string, body: string, header: string, nowSeconds: number): boolean {
  const at = Number(/^t=(\d+),v1=[\da-f]{64}$/.exec(header)?.[1]);
  if (!(Math.abs(nowSeconds - at) <= TOLERANCE_S)) return false;
  return timingSafeEqual(Buffer.from(signBody(secret, body, at)), Buffer.from(header));
}
