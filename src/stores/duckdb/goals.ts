import type { ReportQuery } from '../contract.js';
import type { Session } from './database.js';

/**
 * Joins events (alias `e`) with who they belong to: `person` is the key as in persons.ts. The key's hash is what visits
 * have. (Without CASE, the condition on one side alone would make the engine compare each row with each.)
 */
export const PERSON_JOINS = `
  LEFT JOIN names ON names.user_id = e.user_id
  LEFT JOIN slices ON slices.device = CASE WHEN e.user_id IS NULL THEN e.device END
    AND slices.begins <= e.happened AND e.happened < slices.ends`;

/** The key of the person of an event that was joined by `PERSON_JOINS`. */
export const PERSON_KEY = `
  CASE WHEN e.user_id IS NOT NULL THEN 'u' || coalesce(names.canonical, e.user_id)
       WHEN slices.owner IS NOT NULL THEN 'u' || slices.owner
       ELSE e.device END`;

/** Fills the temporary table `goals`: the goal events of all time, the earliest of each order id. */
export async function findGoals(session: Session, { goal, bots = false }: ReportQuery): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE goals AS
     WITH found AS (
       SELECT message_id, happened, n, order_id, amount, currency, interactive, session_id, user_id, device
       FROM events WHERE event = $goal AND (NOT automated OR $bots)
       QUALIFY order_id IS NULL OR row_number() OVER (PARTITION BY order_id ORDER BY happened, n, message_id) = 1
     )
     SELECT e.* EXCLUDE (user_id, device), hash(e.device) AS device, ${PERSON_KEY} AS person,
       hash(${PERSON_KEY}) AS person_hash
     FROM found AS e ${PERSON_JOINS}`,
    { goal, bots },
  );
}

/**
 * Fills the temporary table `wanted` with all devices (hashes) on which the persons of some goals can have a session.
 * `goals` is the name of a table with their `person_hash`.
 */
export async function findDevices(session: Session, goals: string): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE wanted AS
     WITH people AS (SELECT DISTINCT person_hash FROM ${goals})
     SELECT person_hash AS value FROM people
     UNION
     SELECT hash('u' || user_id) FROM names WHERE hash('u' || canonical) IN (FROM people)
     UNION
     SELECT hash(device) FROM links LEFT JOIN names ON names.user_id = links.user_id
     WHERE hash('u' || coalesce(names.canonical, links.user_id)) IN (FROM people)`,
  );
}

/**
 * Which session a goal event is part of: the one that has the piece with it. Use after `cutVisits`; gives rows of
 * `message_id`, `device`, `visit`.
 */
export const GOAL_VISITS = `
  SELECT DISTINCT goals.message_id, goals.device, pieces.visit
  FROM goals JOIN pieces ON pieces.device = goals.device
    AND pieces.first <= goals.happened AND goals.happened <= pieces.last
    AND pieces.sid = hash(goals.session_id)
  WHERE goals.interactive`;
