import type { Session } from './database.js';

/** Visitors of a group (its two numbers) who reached the goal there. */
export interface ReachedRow {
  day: number;
  label: number;
  convertingVisitors: number;
}

/**
 * Fills the temporary table `reached`: the groups in which those few had a session who reached the goal outside of any
 * (the table `outside`). Use while `visits` has the sessions of the range.
 */
export async function findReached(session: Session, range: { from: number; to: number }): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE reached AS
     SELECT DISTINCT day, label, person
     FROM (SELECT * FROM visits WHERE person IN (SELECT person_no FROM outside)) AS visits
     JOIN labels USING (source) JOIN moments ON moments.moment = moment_of(visits.start)
     WHERE start >= $from::BIGINT AND start < $to::BIGINT`,
    range,
  );
}

/** Counts them when each conversion has its group; in the total, a conversion of any group is the person's. */
export async function countReached(
  session: Session,
  { to }: { to: number },
): Promise<{ rows: ReachedRow[]; total: ReachedRow }> {
  const rows = await session.rows<ReachedRow>(
    `SELECT day, label, count(*)::DOUBLE AS "convertingVisitors"
     FROM (
       SELECT day, label, visitor AS person
       FROM goal_visits JOIN labels USING (source) JOIN moments ON moments.moment = moment_of(goal_visits.start)
       WHERE start < $to::BIGINT
       UNION
       SELECT day, label, person FROM reached SEMI JOIN (
         SELECT day, label, person_no AS person
         FROM credited SEMI JOIN outside USING (message_id)
         JOIN labels USING (source) JOIN moments ON moments.moment = moment_of(credited.happened)
       ) AS bought USING (day, label, person)
     )
     GROUP BY day, label`,
    { to },
  );
  const [all] = await session.rows<{ people: number }>(
    `SELECT count(*)::DOUBLE AS people
     FROM (SELECT visitor FROM goal_visits WHERE start < $to::BIGINT UNION SELECT person FROM reached)`,
    { to },
  );
  return { rows, total: { day: 0, label: 0, convertingVisitors: all?.people ?? 0 } };
}
