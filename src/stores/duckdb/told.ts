import type { TimeRange } from '../contract.js';
import { isSameSource, SAME_MS } from '../told-touches.js';
import { appendRows, type Session, sqlBounds } from './database.js';
import { PERSON_JOINS, PERSON_NO } from './goals.js';
import { parseFacts } from './sources.js';

/** Which touches, beside which visits. */
export interface ToldQuery extends TimeRange {
  bots?: boolean;
  /** The table of visits, with `device`, `visit` and `person`, whose touches come before these. */
  visits: string;
  /** A table with the numbers of the persons that matter, `person_no`; all without. */
  people?: string;
}

/**
 * Fills the temporary table `told` (person, happened, source, kind) with the touches that events outside of sessions are;
 * the rules are those of `toldTouches`. Use after `findVisits`.
 */
export async function findTold(session: Session, query: ToldQuery): Promise<void> {
  const { visits, people, bots = false } = query;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE told AS
     WITH found AS (
       SELECT ${PERSON_NO} AS person, happened, n, message_id, source, touch AS kind, once
       FROM events AS e ${PERSON_JOINS}
       WHERE touch IS NOT NULL AND source IS NOT NULL AND (NOT automated OR $bots)
         AND happened >= $from::BIGINT AND happened < $to::BIGINT
     ),
     firsts AS (
       FROM found ${people ? `WHERE person IN (SELECT person_no FROM ${people})` : ''}
       QUALIFY once IS NULL OR row_number() OVER (PARTITION BY person, once ORDER BY happened, n, message_id) = 1
     ),
     spaced AS (
       FROM firsts
       QUALIFY coalesce(happened - lag(happened) OVER (PARTITION BY person, source, kind ORDER BY happened) > ${SAME_MS}, true)
     )
     SELECT row_number() OVER () AS i, person, happened, source, kind FROM spaced`,
    { ...sqlBounds(query), bots },
  );
  const [count] = await session.rows<{ told: number }>('SELECT count(*)::DOUBLE AS told FROM told');
  if (count?.told) await leaveToVisits(session, visits);
}

/** Whether two sources are the same is decided in one place for all engines, for the few pairs that come up. */
async function leaveToVisits(session: Session, visits: string): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE near AS
     SELECT told.i, told.source AS told, touches.source AS visited
     FROM told JOIN ${visits} AS visits ON visits.person = told.person
     JOIN touches ON touches.device = visits.device AND touches.visit = visits.visit
     WHERE abs(touches.happened - told.happened) <= ${SAME_MS}`,
  );
  const pairs = await session.rows<{ told: number; visited: number; told_facts: string; visited_facts: string }>(
    `SELECT told, visited, a.facts AS told_facts, b.facts AS visited_facts
     FROM (SELECT DISTINCT told, visited FROM near)
     JOIN sources AS a ON a.id = told JOIN sources AS b ON b.id = visited`,
  );
  const same = pairs.filter((pair) => isSameSource(parseFacts(pair.told_facts), parseFacts(pair.visited_facts)));
  await session.run('CREATE OR REPLACE TEMP TABLE same(told INTEGER, visited INTEGER)');
  await appendRows(
    session,
    'same',
    ['DOUBLE', 'DOUBLE'],
    same.map(({ told, visited }) => [told, visited]),
  );
  await session.run('DELETE FROM told WHERE i IN (SELECT i FROM near JOIN same USING (told, visited))');
}
