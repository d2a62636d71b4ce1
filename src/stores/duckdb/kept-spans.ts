import { STRETCH_MS } from '../thread-firsts.js';
import { fillTemporary } from './append.js';
import type { Session } from './database.js';
import { notKept } from './kept-goals.js';

/** So many names are asked for in funnels; each takes a fifth of its events. */
const MOST_NAMES = 20;

/**
 * When the events of a name began and ended in each stretch of time, by device and user (a device without one): out of these, a
 * fifth of frequent events or less, threads have the first ones.
 */
const foldedSql = (which: string): string => `
  SELECT device_no, user_no, event, happened // ${STRETCH_MS} AS stretch, min(happened) AS first, max(happened) AS last
  FROM events WHERE NOT automated AND ${which} GROUP BY ALL`;

const KEPT = 'event IN (SELECT name FROM kept_span_names)';

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

/** Adds the events after one that was kept. */
export async function addSpans(session: Session, kept: number): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE seen AS ${foldedSql(`${KEPT} AND seq > $kept::BIGINT`)}`, { kept });
  const [news] = await session.rows<{ spans: number }>('SELECT count(*)::DOUBLE AS spans FROM seen');
  if (news?.spans) {
    const same = `kept_spans.device_no = seen.device_no AND kept_spans.user_no IS NOT DISTINCT FROM seen.user_no
      AND kept_spans.event = seen.event AND kept_spans.stretch = seen.stretch`;
    await session.run(
      `UPDATE seen SET first = least(seen.first, kept_spans.first), last = greatest(seen.last, kept_spans.last)
       FROM kept_spans WHERE ${same}`,
    );
    await session.run(`DELETE FROM kept_spans USING seen WHERE ${same}`);
    await session.run('INSERT INTO kept_spans BY NAME FROM seen');
  }
  await session.run('DROP TABLE temp.seen');
}

/** Folds the events of some devices again; `devices` is a temporary table of `device`, `kept` the last event that counts. */
export async function foldSpansOf(session: Session, devices: string, kept: number): Promise<void> {
  const own = `device_no IN (SELECT device FROM ${devices})`;
  await session.run(`DELETE FROM kept_spans WHERE ${own}`);
  await session.run(`INSERT INTO kept_spans BY NAME ${foldedSql(`${KEPT} AND ${own} AND seq <= $kept::BIGINT`)}`, {
    kept,
  });
}
