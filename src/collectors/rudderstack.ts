import type { Collector } from '../browser/contracts.js';
import type { Purpose } from '../protocol/index.js';
import { createEncoder, sendSaid } from './encode/encoder.js';

/** Options of the RudderStack collector. */
export interface RudderstackOptions {
  /** Your data plane, e.g. `https://acme.dataplane.rudderstack.com`. */
  url: string;
  writeKey: string;
  /** The purpose that must be granted besides `analytics`. Default `analytics`. */
  purpose?: Purpose;
}

/**
 * RudderStack's data plane. The route for beacons takes the key from the query, so that no preflight is needed; its
 * `originalTimestamp` is our `timestamp`, its `sessionId` the start of the session in seconds. Source: rudder-server,
 * gateway/handle_http_beacon.go.
 */
export function rudderstack({ url, writeKey, purpose = 'analytics' }: RudderstackOptions): Collector {
  const origin = url.replace(/\/+$/, '');
  const maxBytes = 400_000;
  return {
    name: `rudderstack ${origin} ${writeKey}`,
    purpose,
    maxBytes,
    send: sendSaid,
    encode: createEncoder({
      url: `${origin}/beacon/v1/batch?writeKey=${encodeURIComponent(writeKey)}`,
      maxBytes,
      say: ({ timestamp, context, ...event }) => {
        const start = context?.filrouge?.session?.start;
        const sessionId = start ? Math.floor(Date.parse(start) / 1000) : undefined;
        return JSON.stringify({
          channel: 'web',
          ...event,
          originalTimestamp: timestamp,
          context: { ...context, sessionId },
        });
      },
      body: (said, sentAt) => `{"batch":[${said}],"sentAt":"${sentAt}"}`,
    }),
  };
}
