import type { Collector } from '../browser/contracts.js';
import { MAX_BATCH_BYTES, type Purpose } from '../protocol/index.js';

/** Options of the Segment collector. */
export interface SegmentOptions {
  /** Origin of the collector, e.g. `https://c.shop.example`; a path prefix is kept. */
  url: string;
  /** The public key of this source. */
  writeKey: string;
  /** The purpose that must be granted besides `analytics`. Default `analytics`. */
  purpose?: Purpose;
}

/**
 * The Segment HTTP tracking format, `POST /v1/batch` with the write key in the body: our own receiver, Segment,
 * RudderStack, Jitsu. Source: segment.com/docs, "HTTP API source".
 */
export function segment({ url, writeKey, purpose = 'analytics' }: SegmentOptions): Collector {
  const origin = url.replace(/\/+$/, '');
  return {
    name: `segment ${origin} ${writeKey}`,
    purpose,
    ledger: true,
    maxBytes: MAX_BATCH_BYTES - 20_000,
    encode: (events, sentAt) => [
      {
        url: `${origin}/v1/batch`,
        body: `{"batch":[${events.map(({ json }) => json)}],"sentAt":"${sentAt}","writeKey":${JSON.stringify(writeKey)}}`,
        ids: events.map(({ id }) => id),
      },
    ],
  };
}
