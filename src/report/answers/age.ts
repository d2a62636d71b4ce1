import { badQuery } from '../bad-query.js';
import { resolveEnd } from '../period.js';

/** How old an answer may be. Every report but `explain` takes it. */
export interface AgeQuery {
  /**
   * The answer may be that of so many seconds ago, up to a day; default 0: always what is stored now. An older one that is
   * kept comes at once, and the question is counted anew meanwhile for whoever asks next. Never older than the last erasure,
   * restriction, objection or undone merge.
   */
  maxAgeSeconds?: number | undefined;
  /**
   * With `maxAgeSeconds`: the `asOf` of an answer that one has. Only one of a later state will do; the one that is being counted
   * is waited for.
   */
  newerThan?: string | undefined;
}

/** What every answer says of its age. */
export interface Dated {
  /** ISO 8601 in UTC: all that the store held by then is counted. What came later may be. */
  asOf: string;
  /** Only on an answer of an earlier state, which a maximum age allowed: it is being counted anew. */
  recounting?: true;
}

/** The limits of an `AgeQuery`: `maxMs` 0 = only what is stored now; `after` in milliseconds since 1970. */
export interface AgeLimits {
  maxMs: number;
  after: number;
}

/** The period that a question without one asks for is another tomorrow. */
const MOST_SECONDS = 86_400;

/** Checks the values. Throws `BadQuery`. */
export function readAge({ maxAgeSeconds = 0, newerThan }: AgeQuery): AgeLimits {
  if (!(maxAgeSeconds >= 0 && maxAgeSeconds <= MOST_SECONDS))
    throw badQuery('max-age', maxAgeSeconds, `a number of seconds from 0 to ${MOST_SECONDS}`);
  const after = newerThan === undefined ? Number.NEGATIVE_INFINITY : resolveEnd('newer-than', newerThan, 'UTC');
  return { maxMs: maxAgeSeconds * 1000, after };
}
