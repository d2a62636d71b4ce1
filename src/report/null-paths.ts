import type { Dimension } from './labels.js';
import { createPathBook, type NullPath } from './people/path-book.js';
import { createLabels, createScene } from './people/scene.js';
import type { ReportContext, ReportHead } from './query.js';

/** Which people: those of a report's heading, labelled as its paths are. */
export interface NullQuery {
  head: ReportHead;
  by: Dimension;
  lookbackDays: number;
}

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
  { head, by, lookbackDays }: NullQuery,
  take: (path: NullPath) => void,
): Promise<NullCount> {
  const { goal, to, bots } = head;
  const from = new Date(Date.parse(head.from) - 2 * lookbackDays * 86_400_000).toISOString();
  const labels = createLabels(context, { from, to, goal, bots: true }, by);
  await labels.learn();
  const scene = createScene(context, { head, query: {}, labels });
  let nulls = 0;
  const lookbacks = { visit: lookbackDays, click: lookbackDays, contact: lookbackDays };
  const book = createPathBook(scene, lookbacks, (path) => {
    nulls += 1;
    take(path);
  });
  for await (const thread of context.store.threads({ from, to, events: [goal], bots })) {
    if (labels.misses(thread)) await labels.learn();
    book.add(thread);
  }
  return { nulls, censored: book.censored() };
}
