import type { Collector, CollectorRequest, QueuedEvent, Send } from '../../browser/contracts.js';
import { byteLength, post } from '../../browser/transport.js';
import type { WireEvent } from '../../protocol/index.js';

/** How one collector says things; `createEncoder` does the rest. */
export interface Format {
  url: string;
  maxBytes: number;
  /** Most events in one request; default as many as fit. */
  maxEvents?: number;
  /** The event in the collector's words, as text for the body; undefined when the collector has no word for it. */
  say(event: WireEvent, sentAt: string): string | undefined;
  /** The body around what was said. */
  body(said: readonly string[], sentAt: string): string;
}

/**
 * Puts events into requests: in order, each in exactly one, bodies under the limit. A request without `url` carries the
 * events that the collector has no word for; `sendSaid` counts them as taken without asking anybody.
 */
export function createEncoder({ url, maxBytes, maxEvents = Infinity, say, body }: Format): Collector['encode'] {
  return function* (events, sentAt, room = maxBytes) {
    let ids: string[] = [];
    let said: string[] = [];
    const silent: string[] = [];
    const empty = byteLength(body([], sentAt));
    let bytes = empty;
    const request = (): CollectorRequest => ({ url, body: body(said, sentAt), ids });
    for (const event of events) {
      const text = say(readEvent(event), sentAt);
      if (text === undefined) {
        silent.push(event.id);
        continue;
      }
      const size = byteLength(text) + 1;
      // The page is going away and this one waits on disk.
      if (empty + size > room && room < maxBytes) continue;
      if (ids.length && (bytes + size > room || ids.length >= maxEvents)) {
        yield request();
        [ids, said, bytes] = [[], [], empty];
      }
      ids.push(event.id);
      said.push(text);
      bytes += size;
    }
    if (ids.length) yield request();
    if (silent.length) yield { url: '', body: '', ids: silent };
  };
}

/** Sends a request of `createEncoder`; what there is no word for is done. */
export const sendSaid: Send = async (url, ...request) => (url ? post(url, ...request) : new Response('{}'));

/**
 * As `sendSaid`, for collectors that answer 2xx and say in the body what they did not take: `refusals` finds one code for
 * each such event in the answer's JSON.
 */
export function sendAndRead(refusals: (answer: unknown) => string[]): Send {
  return async (...request) => {
    const response = await sendSaid(...request);
    if (!response?.ok) return response;
    const answer: unknown = await response.json().catch(() => undefined);
    return new Response(JSON.stringify({ rejected: refusals(answer).map((code) => ({ code })) }));
  };
}

function readEvent({ json }: QueuedEvent): WireEvent {
  return JSON.parse(json) as WireEvent;
}
