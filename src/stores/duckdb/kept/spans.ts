import { STRETCH_MS } from '../../thread-firsts.js';
import { appendRows, type Session } from '../database.js';
import type { KeptFold } from './folds.js';
import { notKept } from './goals.js';

/** So many names are asked for in funnels; each takes a fifth of its events. */
const MOST_NAMES = 20;

/** The columns of stretches of a name, which is in them by its number, and how events become them. */
export const stretchesSql = (name: string | number, events: string): string => `
  SELECT device_no, user_no, ${name} AS name, happened // ${STRETCH_MS} AS stretch, min(happened) AS first,
    max(happened) AS last, bool_and(interactive) AS interactive
  FROM ${events} AND NOT automated GROUP BY ALL`;

/**
 * When the events of a name began and ended in each stretch of time: out of these, a fifth of frequent events or less, threads
 * have the first ones.
 */
export const KEPT_SPANS: KeptFold = {
  table: 'kept_spans',
  keys: ['name', 'stretch'],
  // False comes before true: one event that is not interactive is enough.
  earliest: ['first', 'interactive'],
  latest: ['last'],
  foldedSql: (condition) =>
    stretchesSql('number', `events JOIN kept_span_names AS named ON named.name = event WHERE ${condition}`),
};

/** The names whose stretches are kept, and the numbers that they have there. Use in `withKept`. */
export async function keptSpans(session: Session): Promise<ReadonlyMap<string, number>> {
  const rows = await session.rows<{ name: string; number: number }>('SELECT name, number FROM kept_span_names');
  return new Map(rows.map(({ name, number }) => [name, number]));
}

/** Keeps the stretches of some names from now on, of which there are too many events to copy; in the caller's transaction. */
export async function keepSpans(session: Session, names: readonly string[]): Promise<void> {
  const known = await keptSpans(session);
  const wanted = (await notKept(session, names)).filter((name) => !known.has(name));
  const added = wanted.slice(0, Math.max(0, MOST_NAMES - known.size));
  for (const [name, number] of await addSpanNames(session, added)) {
    const own = stretchesSql(number, 'events WHERE event = $name AND seq <= (SELECT max(kept.seq) FROM kept)');
    await session.run(`INSERT INTO kept_spans BY NAME ${own} ORDER BY device_no`, { name });
  }
}

/** Has the stretches of some names kept, of which none are; returns them with their numbers. */
export async function addSpanNames(session: Session, names: readonly string[]) {
  const { size } = await keptSpans(session);
  const added = names.map((name, i) => [name, size + i] as const);
  await appendRows(session, 'kept_span_names', ['VARCHAR', 'DOUBLE'], added);
  return added;
}
