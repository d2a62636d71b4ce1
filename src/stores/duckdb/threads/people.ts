import type { ThreadQuery } from '../../contract.js';
import { ORDER } from '../../order.js';
import { type Session, sqlBounds } from '../database.js';
import { COUNTED_JOINS } from '../goals.js';
import { isKept } from '../visits.js';

/**
 * Fills `thread_people`: everybody with an event in the range, or (`few`) everybody in `goals`, whose devices are in
 * `wanted`. What is kept of people (kept/people.ts) answers for most devices; events are only asked about `fluid` ones:
 * those that belong to one person after the other, and those that were there before the range and after it.
 */
export async function findPeople(session: Session, query: ThreadQuery, few: boolean): Promise<void> {
  const values = { ...sqlBounds(query), bots: query.bots === true };
  const own = few ? 'e.device_no IN (SELECT value FROM wanted)' : 'true';
  const parts = [fromEvents(own)];
  if (isKept(query)) {
    await session.run(
      `CREATE OR REPLACE TEMP TABLE fluid AS
       SELECT device_no FROM slices WHERE begins <> '-infinity'::DOUBLE OR ends <> 'infinity'::DOUBLE
       UNION SELECT device_no FROM kept_people WHERE first < $from::BIGINT AND last >= $to::BIGINT`,
      values,
    );
    const [count] = await session.rows<{ devices: number }>('SELECT count(*)::DOUBLE AS devices FROM fluid');
    const fluid = 'e.device_no IN (SELECT device_no FROM fluid)';
    parts.splice(0, 1, fromKept(`${own} AND NOT ${fluid}`));
    if (count?.devices) parts.push(fromEvents(`${own} AND ${fluid}`));
  }
  const named = !query.without?.includes('names');
  const people = few ? 'person IN (SELECT person_no FROM goals)' : PRESENT;
  await session.run(`CREATE OR REPLACE TEMP TABLE thread_people AS ${peopleSql(parts, named, people)}`, values);
}

/**
 * Somebody is in the range whose visit began in it: also where that goes on behind it, and what says whose it is came only
 * there. Of other visits the last event is in the range, and it is theirs.
 */
const PRESENT = `bool_or(present) OR person IN (SELECT person FROM thread_visits WHERE "end" >= $to::BIGINT)`;

/** Folded by device and user first, by their numbers: texts are looked at once for each of those, not for each event. */
const fromEvents = (which: string): string => `
  SELECT e.device_no, e.user_no, canonical_no, owner_no, any_value(e.device) AS device, any_value(e.user_id) AS user_id,
    any_value(canonical) AS canonical, any_value(owner) AS owner, min(happened) AS first, max(happened) AS last,
    min(happened) FILTER (event = '${ORDER}') AS ordered,
    bool_or(happened >= $from::BIGINT AND happened < $to::BIGINT) AS present
  FROM events AS e ${COUNTED_JOINS}
  WHERE (NOT automated OR $bots) AND ${which}
  GROUP BY ALL`;

const fromKept = (which: string): string => `
  SELECT e.device_no, e.user_no, canonical_no, owner_no, e.device, e.user_id, canonical, owner, e.first, e.last, ordered,
    e.first BETWEEN $from::BIGINT AND $to::BIGINT - 1 OR e.last BETWEEN $from::BIGINT AND $to::BIGINT - 1 AS present
  FROM kept_people AS e
  LEFT JOIN names ON names.user_no = e.user_no
  LEFT JOIN slices ON slices.device_no = CASE WHEN e.user_no IS NULL THEN e.device_no END
  WHERE ${which}`;

const KEY = `any_value(CASE WHEN user_id IS NOT NULL THEN 'u' || coalesce(canonical, user_id)
  WHEN owner IS NOT NULL THEN 'u' || owner ELSE device END)`;

/** Known is who has a user id: what stands for nobody is none (stamp/identity.ts). `named`: with texts, which cost most. */
const peopleSql = (parts: readonly string[], named: boolean, which: string): string => `
  SELECT coalesce(canonical_no, user_no, owner_no, device_no) AS person, min(first) AS first, max(last) AS last,
    min(ordered) AS ordered, bool_or(user_id IS NOT NULL OR owner IS NOT NULL) AS known${named ? `, ${KEY} AS key` : ''}
  FROM (${parts.join(' UNION ALL BY NAME ')}) GROUP BY person HAVING ${which} ORDER BY person`;
