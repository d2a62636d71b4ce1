import { SHOP_STEPS } from '../../thread-firsts.js';
import { type Session, sqlBounds } from '../database.js';
import { inTransaction, renewKept } from '../schema.js';
import { cutTails, cutVisits, isKept, personsOf, type VisitQuery } from '../visits.js';
import { addToFold, foldAgain } from './folds.js';
import { addGoals, copyGoalsOf } from './goals.js';
import { KEPT_PEOPLE } from './people.js';
import { addSpanNames, KEPT_SPANS } from './spans.js';

/** To be changed with the rules of visits.ts: what was kept by others is cut again. */
const RULES = '2026-11-23.4';

/** Empties what was kept by other rules, or does not fit the events (another version erased some). Ask once at opening. */
export async function checkKept(session: Session): Promise<void> {
  const [found] = await session.rows<{ fits: boolean }>(
    `SELECT rules = '${RULES}' AND events = (SELECT count(*) FROM events WHERE events.seq <= kept.seq) AS fits FROM kept`,
  );
  if (found?.fits) return;
  await inTransaction(session, async () => {
    await renewKept(session);
    await session.run(`INSERT INTO kept VALUES (0, 0, '${RULES}')`);
    // From the first event on: to fold millions of them is not for the first who asks.
    await addSpanNames(session, SHOP_STEPS);
  });
}

/** The number of the last event whose session is kept. */
async function keptUpTo(session: Session): Promise<number> {
  const [kept] = await session.rows<{ seq: number }>('SELECT seq::DOUBLE AS seq FROM kept');
  return kept?.seq ?? 0;
}

/**
 * Cuts what came since, in a transaction; resolves with the number of the last event that is kept then. Of each device that
 * has new events, only the sessions from the last one on that began before them: an event changes nothing about sessions
 * that ended before, nor where the one that was under way began. (Of several that begin in one millisecond, the first.)
 */
export function catchUp(session: Session): Promise<number> {
  return inTransaction(session, async () => {
    const kept = await keptUpTo(session);
    const [news] = await session.rows<{ seq: number | null; events: number }>(
      'SELECT max(seq)::DOUBLE AS seq, count(*)::DOUBLE AS events FROM events WHERE seq > $kept::BIGINT',
      { kept },
    );
    if (!news?.seq) return kept;
    await session.run(
      `CREATE OR REPLACE TEMP TABLE tails AS
       WITH news AS (
         SELECT device_no AS device, min(happened) AS since FROM events
         WHERE interactive AND NOT automated AND seq > $kept::BIGINT GROUP BY device_no
       )
       SELECT news.device, coalesce(max(start), any_value(since)) AS since, coalesce(max(visit), 1) AS visit,
         coalesce(arg_max(before_start, visit), -1) AS before
       FROM news LEFT JOIN kept_visits AS known
         ON known.device = news.device AND known.start < news.since AND known.before_start < known.start
       GROUP BY news.device`,
      { kept },
    );
    await cutAgain(session);
    await addGoals(session, kept);
    for (const fold of [KEPT_PEOPLE, KEPT_SPANS]) await addToFold(session, fold, kept);
    await session.run('UPDATE kept SET seq = $seq::BIGINT, events = events + $events::BIGINT', { ...news });
    return news.seq;
  });
}

/**
 * Cuts all sessions of some devices again: after events of theirs were taken out or changed, in the same transaction.
 * `devices` is a temporary table of numbers `device`.
 */
export async function cutDevices(session: Session, devices: string): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE tails AS SELECT device, 0 AS since, 1 AS visit, -1 AS before FROM ${devices}`,
  );
  await cutAgain(session);
  // Numbers of events are given again when the last ones went.
  await session.run('UPDATE kept SET seq = least(seq, (SELECT coalesce(max(seq), 0) FROM events))');
  const kept = await keptUpTo(session);
  await copyGoalsOf(session, devices, kept);
  for (const fold of [KEPT_PEOPLE, KEPT_SPANS]) await foldAgain(session, fold, devices, kept);
  await session.run('UPDATE kept SET events = (SELECT count(*) FROM events WHERE events.seq <= kept.seq)');
}

async function cutAgain(session: Session): Promise<void> {
  await cutTails(session, 'tails');
  for (const table of ['kept_visits', 'kept_touches']) {
    await session.run(
      `DELETE FROM ${table} USING tails WHERE ${table}.device = tails.device AND ${table}.visit >= tails.visit`,
    );
  }
  await session.run('INSERT INTO kept_visits BY NAME FROM sessions');
  await session.run('INSERT INTO kept_touches BY NAME SELECT * EXCLUDE (key) FROM touches');
  for (const table of ['tails', 'pieces', 'cuts', 'touches', 'sessions']) await session.run(`DROP TABLE temp.${table}`);
}

/** One state of the data, and of events only those whose sessions are kept: what came after is in neither. */
export function withKept<T>(session: Session, query: VisitQuery, question: () => Promise<T>): Promise<T> {
  return inTransaction(session, async () => {
    if (!isKept(query)) return question();
    const [own] = await session.rows<{ name: string }>('SELECT current_database() AS name');
    const events = `"${own?.name.replaceAll('"', '""')}".main.events`;
    const last = await keptUpTo(session);
    await session.run(`CREATE OR REPLACE TEMP VIEW events AS SELECT * FROM ${events} WHERE seq <= ${last}`);
    return question();
  });
}

/**
 * Fills the temporary table `visits` as `cutVisits` does, and sees to `touches`. Sessions that are kept are only read;
 * others are cut for the question. Use in `withKept`.
 */
export async function findVisits(session: Session, query: VisitQuery, only?: string): Promise<void> {
  if (!isKept(query)) return cutVisits(session, query, only);
  const which = only ? `device IN (SELECT value FROM ${only})` : 'start >= $from::BIGINT AND start < $to::BIGINT';
  const sessions = `(SELECT * FROM kept_visits WHERE ${which})`;
  // A table takes the place of a table only.
  await session.run('DROP VIEW IF EXISTS temp.visits');
  await session.run(`CREATE OR REPLACE TEMP TABLE visits AS ${personsOf(sessions)}`, { ...sqlBounds(query) });
  await viewTouches(session);
}

/**
 * As `findVisits`, but of sessions that are kept as a view: for those that are read once, or few times. One thread alone reads
 * a table that was filled in the same transaction; all read what was kept before.
 */
export async function viewVisits(session: Session, query: VisitQuery): Promise<void> {
  if (!isKept(query)) return cutVisits(session, query);
  const { from, to } = sqlBounds(query);
  // A view takes no parameters.
  const which = `start >= ${Math.ceil(from)} AND start < ${Math.ceil(to)}`;
  await session.run(`CREATE OR REPLACE TEMP VIEW visits AS ${personsOf(`(SELECT * FROM kept_visits WHERE ${which})`)}`);
  await viewTouches(session);
}

function viewTouches(session: Session): Promise<void> {
  return session.run('CREATE OR REPLACE TEMP VIEW touches AS FROM kept_touches');
}
