import type { ReportQuery } from '../contract.js';
import { goalEvents, updateOf } from '../order.js';
import { type Session, sqlBounds } from './database.js';
import { tableOf } from './kept/goals.js';
import { isKept } from './visits.js';

/**
 * Joins events (alias `e`) with who they belong to. By their texts: the numbers of ids are for counting only. (Without CASE,
 * the condition on one side alone would make the engine compare each row with each.)
 */
export const PERSON_JOINS = `
  LEFT JOIN names ON names.user_id = e.user_id
  LEFT JOIN slices ON slices.device = CASE WHEN e.user_id IS NULL THEN e.device END
    AND slices.begins <= e.happened AND e.happened < slices.ends`;

/** As `PERSON_JOINS`, by numbers: several times quicker, and good enough where many are only counted. */
export const COUNTED_JOINS = `
  LEFT JOIN names ON names.user_no = e.user_no
  LEFT JOIN slices ON slices.device_no = CASE WHEN e.user_no IS NULL THEN e.device_no END
    AND slices.begins <= e.happened AND e.happened < slices.ends`;

/** The key of the person of an event that was joined by `PERSON_JOINS`. */
export const PERSON_KEY = `
  CASE WHEN e.user_id IS NOT NULL THEN 'u' || coalesce(names.canonical, e.user_id)
       WHEN slices.owner IS NOT NULL THEN 'u' || slices.owner
       ELSE e.device END`;

/** The number of that key, which visits have. */
export const PERSON_NO = 'coalesce(names.canonical_no, e.user_no, slices.owner_no, e.device_no)';

/**
 * Fills the temporary table `goals`: the goal events that count, of all time, each order once (see `KpiRow.conversions`);
 * updated orders with their latest amount.
 */
export async function findGoals(session: Session, query: ReportQuery): Promise<void> {
  const { goal, bots = false } = query;
  const events = isKept(query) ? await tableOf(session, goalEvents(goal)) : 'events';
  const range = sqlBounds(query);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE goals AS
     WITH found AS (
       SELECT message_id, happened, n, order_id, amount, currency, interactive, session_no, user_id, user_no, device, device_no,
         CASE WHEN touch IS NOT NULL THEN source END AS told
       FROM ${events} WHERE event = $goal AND (NOT automated OR $bots)
       QUALIFY order_id IS NULL OR (
         row_number() OVER (
           PARTITION BY order_id ORDER BY interactive AND happened < $to::BIGINT DESC, happened, n, message_id
         ) = 1
         AND (happened < $from::BIGINT OR min(happened) OVER (PARTITION BY order_id) >= $from::BIGINT)
       )
     )
     SELECT message_id, happened, n, order_id, amount, currency, interactive, session_no, told, e.device_no AS device,
       ${PERSON_KEY} AS person, ${PERSON_NO} AS person_no
     FROM found AS e ${PERSON_JOINS}`,
    { goal, bots, ...range },
  );
  await fillAmounts(session, events, { goal, bots, to: range.to });
  await updateAmounts(session, events, { update: updateOf(goal), bots, to: range.to });
}

/** Few orders are told without an amount, by a page that does not know it, and with one by the server. */
async function fillAmounts(
  session: Session,
  events: string,
  values: { goal: string; bots: boolean; to: number },
): Promise<void> {
  const bare = 'amount IS NULL AND order_id IS NOT NULL';
  const [count] = await session.rows<{ bare: number }>(`SELECT count(*)::DOUBLE AS bare FROM goals WHERE ${bare}`);
  if (!count?.bare) return;
  await session.run(
    `UPDATE goals SET amount = said.amount, currency = coalesce(said.currency, goals.currency)
     FROM (
       SELECT order_id, amount, currency FROM ${events}
       WHERE event = $goal AND amount IS NOT NULL AND (NOT automated OR $bots) AND happened < $to::BIGINT
         AND order_id IN (SELECT order_id FROM goals WHERE ${bare})
       QUALIFY row_number() OVER (PARTITION BY order_id ORDER BY happened, n, message_id) = 1
     ) AS said
     WHERE goals.amount IS NULL AND said.order_id = goals.order_id`,
    values,
  );
}

async function updateAmounts(
  session: Session,
  events: string,
  { update, ...values }: { update: string | undefined; bots: boolean; to: number },
): Promise<void> {
  if (update === undefined) return;
  await session.run(
    `UPDATE goals SET amount = latest.amount, currency = coalesce(latest.currency, goals.currency)
     FROM (
       SELECT order_id, happened, amount, currency FROM ${events}
       WHERE event = $update AND order_id IS NOT NULL AND amount IS NOT NULL AND (NOT automated OR $bots)
         AND happened < $to::BIGINT
       QUALIFY row_number() OVER (PARTITION BY order_id ORDER BY happened DESC, n DESC, message_id DESC) = 1
     ) AS latest
     WHERE latest.order_id = goals.order_id AND latest.happened >= goals.happened`,
    { update, ...values },
  );
}

/**
 * Fills the temporary table `wanted` with all devices (numbers) on which the persons of some goals can have a session.
 * `goals` is the name of a table with their `person_no`.
 */
export async function findDevices(session: Session, goals: string): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE wanted AS
     WITH people AS (SELECT DISTINCT person_no FROM ${goals})
     SELECT person_no AS value FROM people
     UNION
     SELECT user_no FROM names WHERE canonical_no IN (FROM people)
     UNION
     SELECT device_no FROM links LEFT JOIN names ON names.user_no = links.user_no
     WHERE coalesce(names.canonical_no, links.user_no) IN (FROM people)
     UNION
     SELECT device_no FROM slices WHERE owner_no IN (FROM people)`,
  );
}

/**
 * Which session a goal event is part of: the last one that began before it, if it is not over. (Of those that begin in its
 * millisecond, one session id after the other.) Use after `findVisits`; gives rows of `message_id`, `device`, `visit`, and of
 * that session its `start`, `source` and person (`visitor`).
 */
export const GOAL_VISITS = `
  SELECT goals.message_id, goals.device, max(visits.visit) AS visit, arg_max(visits.start, visits.visit) AS start,
    arg_max(visits.source, visits.visit) AS source, arg_max(visits.person, visits.visit) AS visitor
  FROM goals JOIN visits ON visits.device = goals.device
    AND visits.start <= goals.happened AND goals.happened <= visits."end"
  WHERE goals.interactive AND (visits.start < goals.happened OR visits.opening <= coalesce(goals.session_no, -1))
  GROUP BY goals.message_id, goals.device`;
