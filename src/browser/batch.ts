import type { QueuedEvent } from './contracts.js';
import { byteLength } from './transport.js';

/** Most events of one request. */
export const EVENTS_PER_REQUEST = 1000;
/** Room for the envelope that the collector puts around the events. */
export const ENVELOPE_BYTES = 1000;
/** The collector will not take it later either; halving finds the event that it refuses, and saves its neighbours. */
export const REFUSED: readonly number[] = [400, 413, 415, 422];
/** Somebody has to mend something first: what waits, waits. */
export const MISCONFIGURED: readonly number[] = [401, 403, 404, 410];

/** The first events that fit into so many bytes; one that does not fit alone goes alone, unless the limit is `strict`. */
export function fillBatch(
  events: readonly QueuedEvent[],
  most: number,
  room: number,
  isStrict: boolean,
): QueuedEvent[] {
  const filled: QueuedEvent[] = [];
  let left = room;
  for (const event of events) {
    left -= byteLength(event.json) + 1;
    if (filled.length >= most || (left < 0 && (isStrict || filled[0]))) break;
    filled.push(event);
  }
  return filled;
}
