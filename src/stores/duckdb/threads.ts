import type { ThreadPart, ThreadQuery } from '../contract.js';
import { DIRECT } from '../source.js';
import { appendRows, type Session, sqlBounds } from './database.js';
import { COUNTED_JOINS, findDevices, GOAL_VISITS, PERSON_JOINS, PERSON_NO } from './goals.js';
import { tableOf } from './kept-goals.js';
import { findVisits, withKept } from './kept-visits.js';
import { findPeople } from './thread-people.js';
import { findTold } from './told.js';
import { DIRECT_SOURCE, isKept } from './visits.js';

/** The first page is there soon; later ones are so large that the questions cost little beside what they bring. */
const PERSONS_AT_FIRST = 4000;
const PERSONS_PER_PAGE = 64_000;
/** Of people with many events fewer are read at once: one event weighs so much beside its person. */
const EVENTS_WEIGH = 1;
const BARE_EVENTS_WEIGH = 0.05;

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
  /** What was not asked for. */
  without: readonly ThreadPart[];
}

/**
 * Fills the temporary tables `thread_people`, `thread_visits`, `thread_touches` and `thread_events`, all sorted by the
 * number of the person and time: a page then reads one stretch of each. The engine writes to disk what its memory does not hold.
 * Reading begins behind the person with the number `after`.
 */
export async function prepareThreads(session: Session, query: ThreadQuery, after: number): Promise<PreparedThreads> {
  const prepared = await withKept(session, query, () => fillTables(session, query, after));
  await session.run('DROP TABLE temp.goals; DROP TABLE temp.visits; DROP TABLE IF EXISTS temp.told');
  if (!isKept(query))
    for (const table of ['pieces', 'cuts', 'touches', 'sessions']) await session.run(`DROP TABLE temp.${table}`);
  return prepared;
}

async function fillTables(session: Session, query: ThreadQuery, after: number): Promise<PreparedThreads> {
  const range = sqlBounds(query);
  const bots = query.bots === true;
  const few = query.only === 'asked';
  const { without = [] } = query;
  const names = namesOf(query);
  await session.run('CREATE OR REPLACE TEMP TABLE asked(value VARCHAR, name INTEGER)');
  await appendRows(
    session,
    'asked',
    ['VARCHAR', 'DOUBLE'],
    names.map((name, i) => [name, i]),
  );
  // No event has an empty name.
  const { goal = '' } = query;
  const table = async (of: readonly string[]) => (isKept(query) ? tableOf(session, of) : 'events');
  const where = { table: await table(names), orders: await table([goal]), bare: query.bare === true };
  await session.run(`CREATE OR REPLACE TEMP TABLE goals AS ${asked(where)}`, { ...range, bots, goal });
  if (few) await findDevices(session, 'goals');
  await findVisits(session, query, few ? 'wanted' : undefined);
  const asking = 'person IN (SELECT person_no FROM goals)';
  const own = visits(few ? asking : 'true');
  const sorted = without.includes('visits') ? '' : 'ORDER BY person, start';
  await session.run(`CREATE OR REPLACE TEMP TABLE thread_visits AS ${own} ${sorted}`, { ...range });
  if (!without.includes('touches')) {
    await findTold(session, { ...query, visits: 'thread_visits', ...(few && { people: 'goals' }) });
    await session.run(`CREATE OR REPLACE TEMP TABLE thread_touches AS ${TOUCHES}`, { to: range.to });
  }
  await session.run(`CREATE OR REPLACE TEMP TABLE thread_events AS ${query.bare ? BARE_EVENTS : EVENTS}`);
  await findPeople(session, query, few);
  const [count] = await session.rows<{ before: number; people: number; events: number }>(
    `SELECT count(*) FILTER (person <= $after::BIGINT)::DOUBLE AS before, count(*)::DOUBLE AS people,
       (SELECT count(*) FROM thread_events)::DOUBLE AS events FROM thread_people`,
    { after },
  );
  const { before = 0, people: persons = 0, events = 0 } = count ?? {};
  const weight = query.bare ? BARE_EVENTS_WEIGH : EVENTS_WEIGH;
  const most = Math.ceil(PERSONS_PER_PAGE / (1 + (weight * events) / Math.max(1, persons)));
  return {
    sources: await readSources(session),
    read: before,
    next: Math.min(PERSONS_AT_FIRST, most),
    most,
    names,
    bare: query.bare === true,
    without,
  };
}

async function readSources(session: Session): Promise<Map<number, string>> {
  const sources = await session.rows<{ id: number; key: string }>('SELECT id, key FROM sources');
  return new Map([[DIRECT_SOURCE, DIRECT], ...sources.map(({ id, key }) => [id, key] as const)]);
}

const visits = (which: string): string => `
  SELECT person, start, "end", views, source, device, visit FROM visits
  WHERE start >= $from::BIGINT AND start < $to::BIGINT AND ${which}`;

const TOUCHES = `
  SELECT person, happened, source, kind FROM (
    SELECT person, happened, touches.source, 'visit' AS kind FROM touches JOIN thread_visits USING (device, visit)
    UNION ALL
    SELECT person, happened, source, kind FROM told
    UNION ALL
    SELECT person, start, ${DIRECT_SOURCE}, 'visit' FROM thread_visits
    ANTI JOIN (FROM touches WHERE at_start) AS named USING (device, visit)
  ) WHERE happened < $to::BIGINT ORDER BY person, happened`;

/** The names of the events that a question asks for, each once, sorted. */
export function namesOf({ events }: ThreadQuery): string[] {
  return [...new Set(events)].sort();
}

/** The events that were asked for, out of a table that has them; `orders` is one that has all events of the goal. */
const asked = ({ table, orders, bare }: { table: string; orders: string; bare: boolean }): string => `
  SELECT ${bare ? '' : 'message_id, n, interactive, session_no, e.device_no AS device, json,'} happened, name,
    ${PERSON_NO} AS person_no
  FROM ${table} AS e JOIN asked ON asked.value = e.event ${bare ? COUNTED_JOINS : PERSON_JOINS}
  WHERE (NOT automated OR $bots)
    AND happened >= $from::BIGINT AND happened < $to::BIGINT
    AND (event <> $goal OR order_id IS NULL OR order_id NOT IN (
      SELECT order_id FROM ${orders}
      WHERE event = $goal AND order_id IS NOT NULL AND happened < $from::BIGINT AND (NOT automated OR $bots)))`;

const BARE_EVENTS = 'SELECT person_no AS person, happened, name FROM goals ORDER BY person, happened, name';

const EVENTS = `
  SELECT person_no AS person, happened, n, name, message_id, json, goals.device, found.visit
  FROM goals LEFT JOIN (${GOAL_VISITS}) AS found USING (message_id) ORDER BY person, happened, n, message_id`;
