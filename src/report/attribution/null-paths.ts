import { createPathBook, type NullPath } from '../people/books/path-book.js';
import { readPeople } from '../people/read/scene.js';
import type { ReportContext } from '../query.js';
import { longestLookback } from './lookbacks.js';
import { shapeTouches } from './path-shape.js';
import type { PathQuery } from './paths.js';

/** What became of the ways that led to no conversion. */
export interface NullCount {
  /** Ways whose lookback has passed without one. */
  nulls: number;
  /** Ways that are too young to tell; they count nowhere. */
  censored: number;
}

/**
 * Hands over the paths of a store's people that led to no conversion; see `createPathBook` for which. One pass over all
 * people of the period and of twice the lookback before it, which is how far back a path can reach that ends in it.
 */
export async function readNullPaths(
  context: ReportContext,
  { head, by, lookbacks, shape, segment }: PathQuery,
  take: (path: NullPath) => void,
): Promise<NullCount> {
  const plan = {
    events: [head.goal],
    bare: true,
    without: ['facts' as const, 'visits' as const],
    by,
    days: 2 * longestLookback(lookbacks),
  };
  let nulls = 0;
  const isShaped = shape.collapse || shape.dropDirect;
  return readPeople(context, { head, query: { segment }, plan }, (scene) => {
    const takeNull = (path: NullPath): void => {
      nulls += 1;
      take(isShaped ? { touches: shapeTouches(path.touches, shape) } : path);
    };
    const book = createPathBook(scene, lookbacks, { takeNull });
    return { add: book.add, result: () => ({ nulls, censored: book.censored() }) };
  });
}
