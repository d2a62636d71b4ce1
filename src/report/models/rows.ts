import { shown } from '../bad-query.js';

/**
 * One way to the goal and how often it was gone. Rows with the same path add up. A path without touches is one that
 * nothing led to; its credit goes to `(none)`.
 */
export interface PathRow {
  /** The channels in the order of the touches. */
  path: readonly string[];
  /** How many journeys of this path converted. */
  conversions: number;
  /** The value of all these conversions together; default 0. */
  value?: number | undefined;
  /** How many journeys of this path ended without conversion; default 0. */
  nulls?: number | undefined;
  /**
   * When each touch happened, in ms or ISO 8601 (UTC where no zone is given), for `time-decay`. Without times, touches
   * count as one day apart.
   */
  times?: readonly (number | string)[] | undefined;
  /** Which touch (from 0) made the person a lead, for `w-shaped`. Default: the one in the middle. */
  lead?: number | undefined;
}

/** A row is not usable; the message names its place and the field. */
export class BadRow extends Error {
  readonly code = 'bad-row';
  constructor(
    /** Where it stands, e.g. `Row 3`, or `Line 4` of a file. */
    readonly place: string,
    /** The field that is wrong. */
    readonly field: string,
    message: string,
  ) {
    super(`${place}: ${message}`);
  }
}

/** The channel of paths without touches. */
export const NO_CHANNEL = '(none)';

/** Throws `BadRow` unless this is a usable row; rows come from files and from callers without types. */
export function checkRow(row: unknown, place: string): asserts row is PathRow {
  if (typeof row !== 'object' || row === null)
    throw bad(place, 'path', row, 'in an object with "path" and "conversions"');
  const { path, conversions, value, nulls, times, lead } = row as { [field in keyof PathRow]?: unknown };
  if (!Array.isArray(path)) throw bad(place, 'path', path, 'a list of channel names');
  for (const channel of path) {
    if (typeof channel !== 'string' || channel === '') throw bad(place, 'path', path, 'a list of non-empty names');
  }
  checkCount(conversions, 'conversions', place);
  if (isGiven(nulls)) checkCount(nulls, 'nulls', place);
  if (isGiven(value) && !(typeof value === 'number' && Math.abs(value) <= MOST))
    throw bad(place, 'value', value, 'a number from -1e100 to 1e100');
  if (isGiven(times)) checkTimes(times, path.length, place);
  if (isGiven(lead) && !(Number.isInteger(lead) && Number(lead) >= 0 && Number(lead) < path.length))
    throw bad(place, 'lead', lead, 'the number of a touch, from 0');
}

/** Beyond all counts and amounts, and so small that sums and products of a million of them do not become infinite. */
const MOST = 1e100;

/** Databases say null for what is not there. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** A touch's time in ms; NaN when it is none. */
export function timeOf(time: number | string): number {
  if (typeof time === 'number') return Number.isFinite(time) ? time : Number.NaN;
  const zoneless = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/.exec(time);
  return Date.parse(zoneless ? `${zoneless[1]}T${zoneless[2]}Z` : time);
}

function checkCount(count: unknown, field: 'conversions' | 'nulls', place: string): void {
  if (typeof count !== 'number' || !(count >= 0 && count <= MOST))
    throw bad(place, field, count, 'a number from 0 to 1e100');
}

function checkTimes(times: unknown, touches: number, place: string): void {
  if (!Array.isArray(times) || times.length !== touches)
    throw bad(place, 'times', times, `a list of ${touches} times, one for each touch`);
  for (const time of times) {
    if ((typeof time !== 'number' && typeof time !== 'string') || Number.isNaN(timeOf(time)))
      throw bad(place, 'times', time, 'milliseconds or an ISO 8601 date');
  }
}

function bad(place: string, field: string, value: unknown, must: string): BadRow {
  const said = value === undefined ? 'missing' : shown(value).slice(0, 80);
  return new BadRow(place, field, `"${field}" is ${said}; it must be ${must}.`);
}
