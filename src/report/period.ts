import { DAY_MS } from '../protocol/time.js';
import { badQuery } from './bad-query.js';

/** A half-open span of time, ISO 8601 in UTC. */
export interface Period {
  from: string;
  to: string;
}

/** What people ask for: days (`2026-11-22`, both ends included) or instants (`2026-11-22T10:00:00Z`, `to` excluded). */
export interface PeriodQuery {
  from?: string | undefined;
  to?: string | undefined;
  timezone: string;
}

/** Days that are reported when nobody says which: today and the 29 days before it. */
const DEFAULT_DAYS = 30;

/**
 * Turns days of a time zone into instants. Without `to` the period ends with today, without `from` it has 30 days.
 * Throws `BadQuery` for a date that does not exist and for an end before the start.
 */
export function resolvePeriod(query: PeriodQuery, now: Date): Period {
  const { timezone } = query;
  const today = dayOf(now.getTime(), timezone);
  const to = query.to === undefined ? startOfDay(addDays(today, 1), timezone) : endOf('to', query.to, timezone);
  const lastDay = dayOf(to - 1, timezone);
  const from =
    query.from === undefined
      ? startOfDay(addDays(lastDay, 1 - DEFAULT_DAYS), timezone)
      : startOf('from', query.from, timezone);
  if (from >= to) throw badQuery('from', query.from ?? '', 'a time before "to"');
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}

/** The end of a day of a time zone, or an instant, in milliseconds. Throws `BadQuery` that names the parameter. */
export function resolveEnd(name: string, text: string, timezone: string): number {
  return endOf(name, text, timezone);
}

/** Throws `BadQuery` for a name that the runtime does not know, e.g. `Paris`. */
export function checkTimezone(timezone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: timezone });
  } catch {
    throw badQuery('timezone', timezone, 'an IANA time zone such as Europe/Paris');
  }
}

/** The day (`YYYY-MM-DD`) of an instant in a time zone. */
export function dayOf(ms: number, timezone: string): string {
  return localTime(ms, timezone).slice(0, 10);
}

/** The day so many days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/;

function startOf(name: string, text: string, timezone: string): number {
  if (isDay(text)) return startOfDay(text, timezone);
  const ms = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) {
    throw badQuery(name, text, 'a day such as 2026-11-22 or an instant such as 2026-11-22T10:00:00Z');
  }
  return ms;
}

function endOf(name: string, text: string, timezone: string): number {
  return isDay(text) ? startOfDay(addDays(text, 1), timezone) : startOf(name, text, timezone);
}

function isDay(text: string): boolean {
  const ms = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** The first instant of a day; where the clock skips midnight (Cairo, Beirut), the first instant after it. */
function startOfDay(day: string, timezone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const guess = midnight - offsetMs(midnight, timezone);
  const better = midnight - offsetMs(guess, timezone);
  return dayOf(better, timezone) === day ? better : guess;
}

function offsetMs(ms: number, timezone: string): number {
  return Date.parse(`${localTime(ms, timezone)}Z`) - Math.floor(ms / 1000) * 1000;
}

/** Local time as `YYYY-MM-DDTHH:mm:ss`; the Swedish locale writes it that way but for the T. */
function localTime(ms: number, timezone: string): string {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: timezone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    formats.set(timezone, format);
  }
  return format.format(ms).replace(' ', 'T');
}

const formats = new Map<string, Intl.DateTimeFormat>();
