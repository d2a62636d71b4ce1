import { STRETCH_MS } from '../thread-firsts.js';
import { fillTemporary } from './append.js';
import type { Session } from './database.js';
import type { KeptFold } from './kept-folds.js';
import { notKept } from './kept-goals.js';

/** So many names are asked for in funnels; each takes a fifth of its events. */
const MOST_NAMES = 20;

const foldedSql = (condition: string): string => `
  SELECT device_no, user_no, event, happened // ${STRETCH_MS} AS stretch, min(happened) AS first, max(happened) AS last
  FROM events WHERE NOT automated AND ${condition} GROUP BY ALL`;

/**
 * When the events of a name began and ended in each stretch of time: out of these, a fifth of frequent events or less, threads
 * have the first ones.
 */
export const KEPT_SPANS: KeptFold = {
  table: 'kept_spans',
  keys: ['event', 'stretch'],
  earliest: ['first'],
  latest: ['last'],
  foldedSql: (condition) => foldedSql(`event IN (SELECT name FROM kept_span_names) AND ${condition}`),
};

/** Those of some names whose stretches are kept. Use in `withKept`. */
export async function keptSpans(session: Session, names: readonly string[]): Promise<string[]> {
  const rows = await session.rows<{ name: string }>('SELECT name FROM kept_span_names');
  return names.filter((name) => rows.some((row) => row.name === name));
}

/** Keeps the stretches of some names from now on, of which there are too many events to copy; in the caller's transaction. */
export async function keepSpans(session: Session, names: readonly string[]): Promise<void> {
  const known = await keptSpans(session, names);
  const wanted = (await notKept(session, names)).filter((name) => !known.includes(name));
  const [kept] = await session.rows<{ names: number }>('SELECT count(*)::DOUBLE AS names FROM kept_span_names');
  const added = wanted.slice(0, Math.max(0, MOST_NAMES - (kept?.names ?? 0)));
  if (!added.length) return;
  await fillTemporary(session, 'wanted_names', added);
  await session.run('INSERT INTO kept_span_names SELECT value FROM wanted_names');
  for (const name of added) {
    const own = 'event = $name AND seq <= (SELECT max(kept.seq) FROM kept)';
    await session.run(`INSERT INTO kept_spans BY NAME ${foldedSql(own)} ORDER BY device_no`, { name });
  }
}
