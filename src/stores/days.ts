import { HOUR_MS } from '../protocol/time.js';

/** A calendar day and the moment at which it begins. */
export interface Day {
  day: string;
  start: number;
}

/**
 * The calendar days that touch a span of time (milliseconds), in an IANA time zone. Begins are searched, not computed,
 * because a day may have 23 or 25 hours, and in some zones clocks change at midnight.
 */
export function daysBetween(from: number, to: number, timezone = 'UTC'): Day[] {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const dayOf = (ms: number): string => format.format(ms);
  const days: Day[] = [];
  let start = beginOf(dayOf, from);
  while (start <= to) {
    days.push({ day: dayOf(start), start });
    start = nextBegin(dayOf, start);
  }
  return days;
}

/** The day of a moment, from a list made by `daysBetween`; '' outside of it. */
export function dayAt(days: readonly Day[], ms: number): string {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle]?.start ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return days[low - 1]?.day ?? '';
}

function beginOf(dayOf: (ms: number) => string, ms: number): number {
  return firstOf(dayOf, ms - 26 * HOUR_MS, ms, dayOf(ms));
}

function nextBegin(dayOf: (ms: number) => string, start: number): number {
  const usual = start + 24 * HOUR_MS;
  const next = dayOf(usual);
  if (next !== dayOf(start) && dayOf(usual - 1) === dayOf(start)) return usual;
  return firstOf(dayOf, start, start + 26 * HOUR_MS, dayOf(start + 26 * HOUR_MS));
}

/** The first millisecond in (before, at] that has the given day, which `at` has and `before` has not. */
function firstOf(dayOf: (ms: number) => string, before: number, at: number, day: string): number {
  let [low, high] = [before, at];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (dayOf(middle) === day) high = middle;
    else low = middle;
  }
  return high;
}
