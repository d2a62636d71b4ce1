import { goalEvents } from '../order.js';
import { fillTemporary } from './append.js';
import type { Session } from './database.js';
import { GOAL_COLUMNS } from './schema.js';

const COPY = `INSERT INTO kept_goals BY NAME SELECT ${GOAL_COLUMNS.join(', ')} FROM events`;

/** More would be a copy of half the events. */
const MOST_NAMES = 20;

/** The table that has all events of a goal: the small one, if they are in it. Use in `withKept`. */
export async function goalTable(session: Session, goal: string): Promise<'kept_goals' | 'events'> {
  return (await missing(session, goal)).length ? 'events' : 'kept_goals';
}

/** The names of a goal whose events are not kept. */
async function missing(session: Session, goal: string): Promise<string[]> {
  const rows = await session.rows<{ name: string }>('SELECT name FROM kept_names');
  return goalEvents(goal).filter((name) => !rows.some((row) => row.name === name));
}

/** Keeps the events of a goal from now on, in the caller's transaction; reading ten million for them takes a second. */
export async function keepGoal(session: Session, goal: string): Promise<void> {
  const [count] = await session.rows<{ names: number }>('SELECT count(*)::DOUBLE AS names FROM kept_names');
  if ((count?.names ?? 0) >= MOST_NAMES) return;
  const names = await missing(session, goal);
  if (!names.length) return;
  await fillTemporary(session, 'wanted_names', names);
  await session.run('INSERT INTO kept_names SELECT value FROM wanted_names');
  await session.run(
    `${COPY} WHERE event IN (SELECT value FROM wanted_names) AND seq <= (SELECT max(kept.seq) FROM kept)`,
  );
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
