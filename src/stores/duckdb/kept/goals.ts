import { fillTemporary, type Session } from '../database.js';
import { GOAL_COLUMNS } from '../schema.js';

const COPY = `INSERT INTO kept_goals BY NAME SELECT ${GOAL_COLUMNS.join(', ')} FROM events`;

/** More would be a copy of half the events. */
const MOST_NAMES = 40;
/** Events of a name that are more than this share of all are as quickly found among all. */
const MOST_SHARE = 0.05;
const FEW = 100_000;
/** Of more events than this a sample tells how many have a name: only how quick answers are depends on it. */
const MANY = 1_000_000;
const SAMPLED = 0.02;

/** Those of some names of which not all events are in the small table. Use in `withKept`. */
export async function notKept(session: Session, names: readonly string[]): Promise<string[]> {
  const rows = await session.rows<{ name: string }>('SELECT name FROM kept_names');
  return names.filter((name) => !rows.some((row) => row.name === name));
}

/** The table that has all events of some names: the small one, if they are in it. Use in `withKept`. */
export async function tableOf(session: Session, names: readonly string[]): Promise<'kept_goals' | 'events'> {
  return (await notKept(session, names)).length ? 'events' : 'kept_goals';
}

/** Keeps the events of some names from now on, in the caller's transaction; all events are read for it once. */
export async function keepNames(session: Session, names: readonly string[]): Promise<void> {
  const wanted = await notKept(session, names);
  if (!wanted.length) return;
  await fillTemporary(session, 'wanted_names', wanted);
  const [all] = await session.rows<{ events: number }>('SELECT count(*)::DOUBLE AS events FROM events');
  const part = (all?.events ?? 0) > MANY ? SAMPLED : 1;
  const counts = await session.rows<{ value: string; events: number; share: number | null }>(
    `WITH looked AS (SELECT event FROM events ${part < 1 ? `TABLESAMPLE SYSTEM (${100 * part}%)` : ''})
     SELECT value, count(event) / ${part} AS events, count(event) / any_value(all_events) AS share
     FROM wanted_names LEFT JOIN looked ON event = value, (SELECT count(*) AS all_events FROM looked) GROUP BY value`,
  );
  const [kept] = await session.rows<{ names: number }>('SELECT count(*)::DOUBLE AS names FROM kept_names');
  const few = counts
    .filter(({ events, share }) => events < FEW || (share ?? 0) <= MOST_SHARE)
    .map(({ value }) => value);
  const added = few.slice(0, Math.max(0, MOST_NAMES - (kept?.names ?? 0)));
  if (!added.length) return;
  await fillTemporary(session, 'wanted_names', added);
  await session.run('INSERT INTO kept_names SELECT value FROM wanted_names');
  // One after the other: of events with another name, the engine then reads no more than that.
  for (const name of added) {
    await session.run(`${COPY} WHERE event = $name AND seq <= (SELECT max(kept.seq) FROM kept)`, { name });
  }
}

/** Copies the goals among the events after one that was kept. */
export async function addGoals(session: Session, kept: number): Promise<void> {
  await session.run(`${COPY} WHERE event IN (SELECT name FROM kept_names) AND seq > $kept::BIGINT`, { kept });
}

/** Copies the goals of some devices again; `devices` is a temporary table of `device`, `kept` the last event to copy. */
export async function copyGoalsOf(session: Session, devices: string, kept: number): Promise<void> {
  const own = `device_no IN (SELECT device FROM ${devices})`;
  await session.run(`DELETE FROM kept_goals WHERE ${own}`);
  await session.run(`${COPY} WHERE event IN (SELECT name FROM kept_names) AND ${own} AND seq <= $kept::BIGINT`, {
    kept,
  });
}
