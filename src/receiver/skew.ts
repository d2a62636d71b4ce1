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
const DEVICES = 10_000;

/**
 * `receivedAt - sentAt` is clock error plus travel time, and travel time is never negative: the least of several
 * observations of a device is the best estimate. Keeps the last devices only.
 */
export function createSkewClock(): SkewClock {
  const devices = new Map<string, number[]>();
  return {
    observe(device, sentAt, receivedAtMs) {
      const sentAtMs = typeof sentAt === 'string' ? Date.parse(sentAt) : Number.NaN;
      if (Number.isNaN(sentAtMs)) return 0;
      const difference = receivedAtMs - sentAtMs;
      const earlier = devices.get(device) ?? [];
      const wasSet = earlier.length > 0 && difference - Math.min(...earlier) > CLOCK_WAS_SET_MS;
      const differences = wasSet ? [difference] : [...earlier, difference].slice(-OBSERVATIONS);
      // Deleting first moves the device to the young end of the map.
      devices.delete(device);
      devices.set(device, differences);
      const [oldest] = devices.keys();
      if (devices.size > DEVICES && oldest !== undefined) devices.delete(oldest);
      return correction(differences);
    },
  };
}

function correction(differences: number[]): number {
  const least = Math.min(...differences);
  return Math.abs(least) < IGNORED_MS ? 0 : least;
}
