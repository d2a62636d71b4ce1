import type { ThreadQuery } from '../contract.js';
import { ORDER } from '../order.js';
import { DIRECT } from '../source.js';
import { appendRows, type Session, sqlBounds } from './database.js';
import { findDevices, GOAL_VISITS, PERSON_JOINS, PERSON_NO } from './goals.js';
import { goalTable } from './kept-goals.js';
import { findVisits, withKept } from './kept-visits.js';
import { findTold } from './told.js';
import { DIRECT_SOURCE, isKept } from './visits.js';

/** The first page is there soon; later ones are so large that the questions cost little beside what they bring. */
const PERSONS_AT_FIRST = 4000;
const PERSONS_PER_PAGE = 32_000;
/** Of people with many events fewer are read at once: one event weighs so much beside its person. */
const EVENTS_WEIGH = 0.5;

/** Threads that were prepared in the temporary tables of a session, to be read page by page. */
export interface PreparedThreads {
  /** Keys of the sources by number. */
  sources: ReadonlyMap<number, string>;
  /** How many of the persons were read. */
  read: number;
  /** How many persons to read next, and how many at most. */
  next: number;
  most: number;
  /** The names of events by number. */
  names: readonly string[];
  /** Events were asked for without details. */
  bare: boolean;
}

/**
 * Fills the temporary tables `thread_people`, `thread_visits`, `thread_touches` and `thread_events`, all ordered by the
 * number of the person: a page then reads one stretch of each. The engine writes to disk what its memory does not hold.
 * Reading begins behind the person with the number `after`.
 */
export async function prepareThreads(session: Session, query: ThreadQuery, after: number): Promise<PreparedThreads> {
  const prepared = await withKept(session, query, () => fillTables(session, query, after));
  await session.run('DROP TABLE temp.goals; DROP TABLE temp.visits; DROP TABLE temp.told');
  if (!isKept(query))
    for (const table of ['pieces', 'cuts', 'touches', 'sessions']) await session.run(`DROP TABLE temp.${table}`);
  return prepared;
}

async function fillTables(session: Session, query: ThreadQuery, after: number): Promise<PreparedThreads> {
  const range = sqlBounds(query);
  const bots = query.bots === true;
  const few = query.only === 'asked';
  const names = [...new Set(query.events)];
  await session.run('CREATE OR REPLACE TEMP TABLE asked(value VARCHAR, name INTEGER)');
  await appendRows(
    session,
    'asked',
    ['VARCHAR', 'DOUBLE'],
    names.map((name, i) => [name, i]),
  );
  // No event has an empty name.
  const { goal = '' } = query;
  const orders = isKept(query) ? await goalTable(session, goal) : 'events';
  await session.run(`CREATE OR REPLACE TEMP TABLE goals AS ${asked(orders, query.bare ? 'NULL AS json' : 'json')}`, {
    ...range,
    bots,
    goal,
  });
  if (few) await findDevices(session, 'goals');
  await findVisits(session, query, few ? 'wanted' : undefined);
  const asking = 'person IN (SELECT person_no FROM goals)';
  await session.run(`CREATE OR REPLACE TEMP TABLE thread_visits AS ${visits(few ? asking : 'true')}`, { ...range });
  await findTold(session, { ...query, visits: 'thread_visits', ...(few && { people: 'goals' }) });
  await session.run(`CREATE OR REPLACE TEMP TABLE thread_touches AS ${TOUCHES}`, { to: range.to });
  await session.run(`CREATE OR REPLACE TEMP TABLE thread_events AS ${EVENTS}`);
  const people = few
    ? peopleSql('e.device_no IN (SELECT value FROM wanted)', asking)
    : peopleSql('true', 'present OR person IN (SELECT person FROM thread_visits)');
  await session.run(`CREATE OR REPLACE TEMP TABLE thread_people AS ${people}`, { ...range, bots });
  const [count] = await session.rows<{ before: number; people: number; events: number }>(
    `SELECT count(*) FILTER (person <= $after::BIGINT)::DOUBLE AS before, count(*)::DOUBLE AS people,
       (SELECT count(*) FROM thread_events)::DOUBLE AS events FROM thread_people`,
    { after },
  );
  const { before = 0, people: persons = 0, events = 0 } = count ?? {};
  const most = Math.ceil(PERSONS_PER_PAGE / (1 + (EVENTS_WEIGH * events) / Math.max(1, persons)));
  return {
    sources: await readSources(session),
    read: before,
    next: Math.min(PERSONS_AT_FIRST, most),
    most,
    names,
    bare: query.bare === true,
  };
}

async function readSources(session: Session): Promise<Map<number, string>> {
  const sources = await session.rows<{ id: number; key: string }>('SELECT id, key FROM sources');
  return new Map([[DIRECT_SOURCE, DIRECT], ...sources.map(({ id, key }) => [id, key] as const)]);
}

const visits = (which: string): string => `
  SELECT person, start, "end", views, source, device, visit FROM visits
  WHERE start >= $from::BIGINT AND start < $to::BIGINT AND ${which} ORDER BY person, start`;

const TOUCHES = `
  SELECT person, happened, source, kind FROM (
    SELECT person, happened, touches.source, 'visit' AS kind FROM touches JOIN thread_visits USING (device, visit)
    UNION ALL
    SELECT person, happened, source, kind FROM told
    UNION ALL
    SELECT person, start, ${DIRECT_SOURCE}, 'visit' FROM thread_visits
    ANTI JOIN (FROM touches WHERE at_start) AS named USING (device, visit)
  ) WHERE happened < $to::BIGINT ORDER BY person, happened`;

/** The events that were asked for; `orders` is a table that has all events of the goal. */
const asked = (orders: string, json: string): string => `
  SELECT message_id, happened, n, interactive, session_no, e.device_no AS device, ${json}, name,
    ${PERSON_NO} AS person_no
  FROM events AS e JOIN asked ON asked.value = e.event ${PERSON_JOINS}
  WHERE (NOT automated OR $bots)
    AND happened >= $from::BIGINT AND happened < $to::BIGINT
    AND (event <> $goal OR order_id IS NULL OR order_id NOT IN (
      SELECT order_id FROM ${orders}
      WHERE event = $goal AND order_id IS NOT NULL AND happened < $from::BIGINT AND (NOT automated OR $bots)))`;

const EVENTS = `
  SELECT person_no AS person, happened, n, name, message_id, json, goals.device, found.visit
  FROM goals LEFT JOIN (${GOAL_VISITS}) AS found USING (message_id) ORDER BY person`;

/** Folded by device and user first, by their numbers: texts are looked at once for each of those, not for each event. */
const peopleSql = (events: string, people: string): string => `
  WITH folded AS (
    SELECT e.device_no, e.user_no, canonical_no, owner_no, any_value(e.device) AS device, any_value(e.user_id) AS user_id,
      any_value(canonical) AS canonical, any_value(owner) AS owner, min(happened) AS first, max(happened) AS last,
      min(happened) FILTER (event = '${ORDER}') AS ordered,
      bool_or(happened >= $from::BIGINT AND happened < $to::BIGINT) AS present
    FROM events AS e
    LEFT JOIN names ON names.user_no = e.user_no
    LEFT JOIN slices ON slices.device_no = CASE WHEN e.user_no IS NULL THEN e.device_no END
      AND slices.begins <= e.happened AND e.happened < slices.ends
    WHERE (NOT automated OR $bots) AND ${events}
    GROUP BY ALL
  ),
  people AS (
    SELECT coalesce(canonical_no, user_no, owner_no, device_no) AS person, min(first) AS first, max(last) AS last,
      min(ordered) AS ordered,
      any_value(CASE WHEN user_id IS NOT NULL THEN 'u' || coalesce(canonical, user_id)
                     WHEN owner IS NOT NULL THEN 'u' || owner ELSE device END) AS key,
      bool_or(present) AS present
    FROM folded GROUP BY 1
  )
  SELECT row_number() OVER (ORDER BY person) AS i, person, key, first, last, ordered FROM people
  WHERE ${people} ORDER BY person`;
