import { readInstant } from '../check/instant.js';

/** Finds out how far a client's clock is off, from many requests. */
export interface SkewClock {
  /** Milliseconds to add to the client's timestamps. */
  observe(device: string, sentAt: unknown, receivedAtMs: number): number;
}

/** Below this the difference is more likely the network than the clock. */
const IGNORED_MS = 60_000;
/** No request is on its way for longer; a difference that grows by more means that the clock was set. */
const CLOCK_WAS_SET_MS = 10 * 60_000;
const OBSERVATIONS = 8;
const DEVICES = 5000;

/**
 * `receivedAt - sentAt` is clock error plus travel time, and travel time is never negative: the least of several
 * observations of a device is the best estimate. Keeps the last 5,000 to 10,000 devices only.
 */
export function createSkewClock(): SkewClock {
  // Two halves instead of an order: a map from which the oldest is taken out each time walks over all that were before.
  let young = new Map<string, number[]>();
  let old = new Map<string, number[]>();
  return {
    observe(device, sentAt, receivedAtMs) {
      const instant = typeof sentAt === 'string' ? readInstant(sentAt) : undefined;
      if (instant === undefined) return 0;
      const difference = receivedAtMs - Date.parse(instant);
      let seen = young.get(device);
      if (!seen) {
        if (young.size >= DEVICES) {
          old = young;
          young = new Map();
        }
        seen = old.get(device) ?? [];
        young.set(device, seen);
      }
      if (seen.length > 0 && difference - Math.min(...seen) > CLOCK_WAS_SET_MS) seen.length = 0;
      else if (seen.length >= OBSERVATIONS) seen.shift();
      seen.push(difference);
      const least = Math.min(...seen);
      return Math.abs(least) < IGNORED_MS ? 0 : least;
    },
  };
}
