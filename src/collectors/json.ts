import type { Collector } from '../browser/contracts.js';
import type { Purpose, WireEvent } from '../protocol/index.js';
import { createEncoder, sendSaid } from './encode/encoder.js';

/** Options of the plain JSON collector. */
export interface JsonOptions {
  /** The full address that takes the posts. */
  url: string;
  /** What to send for an event, anything that JSON can say; undefined leaves it out. Default: the event as it is. */
  map?: (event: WireEvent) => unknown;
  /** `array` (default): one JSON array; `lines`: one value a line; `each`: one request an event. */
  form?: 'array' | 'lines' | 'each';
  /** Largest body in bytes; default 500,000. */
  maxBytes?: number;
  /** Names the queue on the device where two collectors post to the same address. */
  name?: string;
  /** The purpose that must be granted besides `analytics`. Default `analytics`. */
  purpose?: Purpose;
}

/**
 * Posts JSON of your own making as plain text. A mapping function that throws leaves the event out, as undefined does.
 * Any 2xx answer that is not HTML counts as taken.
 */
export function json(options: JsonOptions): Collector {
  const {
    url,
    map = (event) => event,
    form = 'array',
    maxBytes = 500_000,
    name = url,
    purpose = 'analytics',
  } = options;
  return {
    name: `json ${name}`,
    purpose,
    maxBytes,
    send: sendSaid,
    encode: createEncoder({
      url,
      maxBytes,
      ...(form === 'each' && { maxEvents: 1 }),
      say: (event) => {
        try {
          return JSON.stringify(map(event));
        } catch {
          return undefined;
        }
      },
      body: (said) => (form === 'array' ? `[${said}]` : said.join('\n')),
    }),
  };
}
