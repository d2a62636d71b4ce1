import { type Consent, PURPOSES, type Purpose } from '../protocol/index.js';

/**
 * Which category (service, vendor, purpose number) of a platform grants a purpose; of several, all are needed. A purpose
 * that is not named is left as it is, an empty list is never granted.
 */
export type CategoryMap<Category extends string | number = string> = {
  readonly [purpose in Purpose]?: Category | readonly Category[];
};

/** What every platform takes that may let things pass without asking, as laws outside of Europe permit. */
export interface ImpliedOptions {
  /** Counts what the platform grants without a choice of the visitor. Default false: without a choice all is pending. */
  implied?: boolean;
}

/**
 * Reads the mapped purposes off a platform. `isGranted` says `true`, or anything else (also for a category that does not
 * exist), or `pending` where each category is decided by itself; an array is several answers, all of which count.
 * Undecided is not refused: without a choice nothing is denied, and nothing granted unless the site said so (`isImplied`).
 */
export function choice<Category extends string | number>(
  map: CategoryMap<Category>,
  isGranted: (category: Category, purpose: Purpose) => unknown,
  isDecided: unknown,
  isImplied?: boolean,
): Partial<Consent> {
  const consent: Partial<Consent> = {};
  for (const purpose of PURPOSES) {
    const needed = map[purpose];
    if (needed === undefined) continue;
    const answers = (typeof needed === 'object' ? needed : [needed]).flatMap((one) => isGranted(one, purpose));
    const missing = answers.filter((one) => one !== true);
    const isAll = answers.length > 0 && !missing.length;
    const isAsked = missing.length > 0 && missing.every((one) => one === 'pending');
    consent[purpose] = isAll && (isDecided || isImplied) ? 'granted' : isDecided && !isAsked ? 'denied' : 'pending';
  }
  return consent;
}
