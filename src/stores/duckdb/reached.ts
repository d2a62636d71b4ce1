import type { Session } from './database.js';

/** Visitors of a group (its two numbers) who reached the goal there. */
export interface ReachedRow {
  day: number;
  label: number;
  convertingVisitors: number;
}

/**
 * Fills the temporary table `reached`: the groups in which people had a session, of those few people who reached the goal
 * in the range, and whether they did so in a session of that group. Use while `visits` has the sessions of the range.
 */
export async function findReached(session: Session, range: { from: number; to: number }): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE reached AS
     WITH converting AS (SELECT DISTINCT device, visit, true AS inside FROM goal_visits),
     buyers AS (SELECT DISTINCT person_no AS person, true AS bought FROM goals WHERE happened >= $from::BIGINT AND happened < $to::BIGINT)
     SELECT day, label, person, coalesce(bool_or(inside), false) AS inside
     FROM visits LEFT JOIN converting USING (device, visit) LEFT JOIN buyers USING (person)
     JOIN labels USING (source) JOIN moments ON moments.moment = moment_of(visits.start)
     WHERE (inside OR bought) AND start >= $from::BIGINT AND start < $to::BIGINT
     GROUP BY day, label, person`,
    range,
  );
}

/** Counts them when each conversion has its group; in the total, a conversion anywhere is one of the person's. */
export async function countReached(session: Session): Promise<{ rows: ReachedRow[]; total: ReachedRow }> {
  const rows = await session.rows<ReachedRow>(
    `WITH own AS (
       SELECT DISTINCT day, label, person_no AS person, true AS bought
       FROM credited JOIN labels USING (source) JOIN moments ON moments.moment = moment_of(credited.happened)
     )
     SELECT day, label, count(*)::DOUBLE AS "convertingVisitors"
     FROM reached LEFT JOIN own USING (day, label, person) WHERE inside OR bought GROUP BY day, label`,
  );
  const [all] = await session.rows<{ people: number }>('SELECT count(DISTINCT person)::DOUBLE AS people FROM reached');
  return { rows, total: { day: 0, label: 0, convertingVisitors: all?.people ?? 0 } };
}
