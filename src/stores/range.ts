import type { TimeRange } from './contract.js';

/** The bounds of a range in milliseconds. */
export function boundsOf({ from, to }: TimeRange): { from: number; to: number } {
  return {
    from: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
    to: to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to),
  };
}

/** True for a time inside the range. */
export function isWithin(range: TimeRange, at: number): boolean {
  const { from, to } = boundsOf(range);
  return from <= at && at < to;
}
