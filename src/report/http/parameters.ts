import { parseLookback } from '../attribution/lookbacks.js';
import { badQuery } from '../bad-query.js';
import { oneOf } from '../query.js';

/** Reads the parameters of one request by their names; absent and empty ones are undefined. Throws `BadQuery`. */
export interface ParameterReader {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  /** A whole number from 1. */
  count(name: string): number | undefined;
  /** Texts with commas between. */
  list(name: string): string[] | undefined;
  /** Off where it is not given. */
  isOn(name: string): boolean;
  /** The first one where it is not given. */
  oneOf<T extends string>(name: string, allowed: readonly [T, ...T[]]): T;
}

/**
 * What `read` makes of the parameters. Those that it asks for are all that there are: a misspelt parameter that is ignored
 * gives a wrong report that looks right. Throws `BadQuery`.
 */
export function readParameters<T>(parameters: URLSearchParams, read: (given: ParameterReader) => T): T {
  const known = new Set<string>();
  const text = (name: string): string | undefined => {
    known.add(name);
    if (parameters.getAll(name).length > 1) throw badQuery(name, parameters.getAll(name), 'given once');
    return parameters.get(name) || undefined;
  };
  const matching = (name: string, pattern: RegExp, may: string): number | undefined => {
    const value = text(name);
    if (value !== undefined && !pattern.test(value)) throw badQuery(name, value, may);
    return value === undefined ? undefined : Number(value);
  };
  const query = read({
    text,
    number: (name) => matching(name, /^\d+(\.\d+)?$/, 'a number'),
    count: (name) => matching(name, /^[1-9]\d{0,8}$/, 'a whole number from 1'),
    list: (name) => text(name)?.split(','),
    isOn: (name) => ['true', '1'].includes(oneOf(name, text(name), ['false', 'true', '0', '1'])),
    oneOf: (name, allowed) => oneOf(name, text(name), allowed),
  });
  const unknown = [...parameters.keys()].find((name) => !known.has(name));
  if (unknown === undefined) return query;
  throw badQuery(unknown, parameters.get(unknown), `left out: the parameters are ${[...known].join(', ')}`);
}

/** What all questions about events take. */
export function readQuestion(given: ParameterReader) {
  return {
    from: given.text('from'),
    to: given.text('to'),
    goal: given.text('goal'),
    timezone: given.text('timezone'),
    ...parseLookback(given.text('lookback')),
    asKnownAt: given.text('as-known-at'),
    bots: given.isOn('bots'),
  };
}
