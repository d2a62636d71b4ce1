import type { WireEvent } from '../../protocol/index.js';
import type { Thread, ThreadQuery, ThreadVisit, TouchKind } from '../contract.js';
import { ORDER } from '../order.js';
import { compareTouches, pathTouch } from '../sessions.js';
import { DIRECT } from '../source.js';
import { compareVisits, isIdentified, threadEvent } from '../threads.js';
import { fillTemporary } from './append.js';
import { type Session, sqlBounds } from './database.js';
import { GOAL_VISITS, PERSON_JOINS, PERSON_NO } from './goals.js';
import { goalTable } from './kept-goals.js';
import { findVisits, withKept } from './kept-visits.js';
import { findTold } from './told.js';
import { DIRECT_SOURCE, isKept } from './visits.js';

/** Few enough to hold, many enough that the questions for a page cost little beside what they bring. */
const PERSONS_PER_PAGE = 4000;

/** Threads that were prepared in the temporary tables of a session, to be read page by page. */
export interface PreparedThreads {
  /** Keys of the sources by number. */
  sources: ReadonlyMap<number, string>;
  /** How many of the persons were read. */
  read: number;
}

/** A page of threads; `last` is the number of its last person, undefined at the end. */
export interface ThreadPage {
  threads: Thread[];
  last: number | undefined;
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
  await findVisits(session, query);
  await session.run(`CREATE OR REPLACE TEMP TABLE thread_visits AS ${VISITS}`, { ...range });
  await findTold(session, { ...query, visits: 'thread_visits' });
  await session.run(`CREATE OR REPLACE TEMP TABLE thread_touches AS ${TOUCHES}`, { to: range.to });
  await fillTemporary(session, 'asked', query.events);
  // No event has an empty name.
  const { goal = '' } = query;
  const orders = isKept(query) ? await goalTable(session, goal) : 'events';
  await session.run(`CREATE OR REPLACE TEMP TABLE goals AS ${asked(orders)}`, { ...range, bots, goal });
  await session.run(`CREATE OR REPLACE TEMP TABLE thread_events AS ${EVENTS}`);
  await session.run(`CREATE OR REPLACE TEMP TABLE thread_people AS ${PEOPLE}`, { ...range, bots });
  const sources = await session.rows<{ id: number; key: string }>('SELECT id, key FROM sources');
  const [before] = await session.rows<{ read: number }>(
    'SELECT count(*)::DOUBLE AS read FROM thread_people WHERE person <= $after::BIGINT',
    { after },
  );
  const keys = sources.map(({ id, key }) => [id, key] as const);
  return { sources: new Map([[DIRECT_SOURCE, DIRECT], ...keys]), read: before?.read ?? 0 };
}

const VISITS = `
  SELECT person, start, "end", views, source, device, visit FROM visits
  WHERE start >= $from::BIGINT AND start < $to::BIGINT ORDER BY person`;

const TOUCHES = `
  SELECT person, happened, source, kind FROM (
    SELECT person, happened, touches.source, 'visit' AS kind FROM touches JOIN thread_visits USING (device, visit)
    UNION ALL
    SELECT person, happened, source, kind FROM told
    UNION ALL
    SELECT person, start, ${DIRECT_SOURCE}, 'visit' FROM thread_visits
    ANTI JOIN (FROM touches WHERE at_start) AS named USING (device, visit)
  ) WHERE happened < $to::BIGINT ORDER BY person`;

/** The events that were asked for; `orders` is a table that has all events of the goal. */
const asked = (orders: string): string => `
  SELECT message_id, happened, n, interactive, session_no, e.device_no AS device, json, ${PERSON_NO} AS person
  FROM events AS e ${PERSON_JOINS}
  WHERE event IN (SELECT value FROM asked) AND (NOT automated OR $bots)
    AND happened >= $from::BIGINT AND happened < $to::BIGINT
    AND (event <> $goal OR order_id IS NULL OR order_id NOT IN (
      SELECT order_id FROM ${orders}
      WHERE event = $goal AND order_id IS NOT NULL AND happened < $from::BIGINT AND (NOT automated OR $bots)))`;

const EVENTS = `
  SELECT person, happened, n, message_id, json, goals.device, found.visit
  FROM goals LEFT JOIN (${GOAL_VISITS}) AS found USING (message_id) ORDER BY person`;

/** Folded by device and user first, by their numbers: texts are looked at once for each of those, not for each event. */
const PEOPLE = `
  WITH folded AS (
    SELECT e.device_no, e.user_no, canonical_no, owner_no, any_value(e.device) AS device, any_value(e.user_id) AS user_id,
      any_value(canonical) AS canonical, any_value(owner) AS owner, min(happened) AS first, max(happened) AS last,
      min(happened) FILTER (event = '${ORDER}') AS ordered,
      bool_or(happened >= $from::BIGINT AND happened < $to::BIGINT) AS present
    FROM events AS e
    LEFT JOIN names ON names.user_no = e.user_no
    LEFT JOIN slices ON slices.device_no = CASE WHEN e.user_no IS NULL THEN e.device_no END
      AND slices.begins <= e.happened AND e.happened < slices.ends
    WHERE NOT automated OR $bots
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
  WHERE present OR person IN (SELECT person FROM thread_visits) ORDER BY person`;

/** Reads the threads of the next persons, so many as fit a page. */
export async function readThreadPage(session: Session, prepared: PreparedThreads): Promise<ThreadPage> {
  const people = await session.rows<{
    person: number;
    key: string;
    first: number;
    last: number;
    ordered: number | null;
  }>(
    `SELECT person::DOUBLE AS person, key, first::DOUBLE AS first, last::DOUBLE AS last, ordered::DOUBLE AS ordered
     FROM thread_people
     WHERE i > $read::BIGINT AND i <= $read::BIGINT + ${PERSONS_PER_PAGE} ORDER BY i`,
    { read: prepared.read },
  );
  prepared.read += people.length;
  const last = people.at(-1)?.person;
  if (last === undefined) return { threads: [], last };
  const threads = new Map<number, Thread>();
  for (const { person, key, first, last: seen, ordered } of people) {
    threads.set(person, {
      person: key.slice(1),
      identified: isIdentified(key),
      firstSeen: new Date(first).toISOString(),
      lastSeen: new Date(seen).toISOString(),
      ...(ordered !== null && { firstOrdered: new Date(ordered).toISOString() }),
      visits: [],
      touches: [],
      events: [],
    });
  }
  const page = {
    session,
    threads,
    bounds: { low: people[0]?.person ?? 0, high: last },
    keyOf: keyFrom(prepared.sources),
  };
  const numbers = await addVisits(page);
  await addTouches(page);
  await addEvents(page, numbers);
  return { threads: [...threads.values()], last };
}

function keyFrom(sources: ReadonlyMap<number, string>): (source: number) => string {
  return (source) => sources.get(source) ?? DIRECT;
}

/** What the parts of a page are put into. */
interface Page {
  session: Session;
  threads: Map<number, Thread>;
  bounds: { low: number; high: number };
  keyOf: (source: number) => string;
}

const IN_PAGE = 'person BETWEEN $low::BIGINT AND $high::BIGINT';

/** Returns the position of each visit in its thread, by device and number. */
async function addVisits({ session, threads, bounds, keyOf }: Page): Promise<Map<string, number>> {
  const rows = await session.rows<{ [column in VisitColumn]: number }>(
    `SELECT person::DOUBLE AS person, start::DOUBLE AS start, "end"::DOUBLE AS "end", views::DOUBLE AS views, source,
       device::DOUBLE AS device, visit::DOUBLE AS visit FROM thread_visits WHERE ${IN_PAGE}`,
    bounds,
  );
  const made = rows.map((row) => ({ ...row, made: visitOf(row, keyOf(row.source)) }));
  const numbers = new Map<string, number>();
  for (const { person, device, visit, made: one } of made.sort((a, b) => compareVisits(a.made, b.made))) {
    const visits = threads.get(person)?.visits;
    if (!visits) continue;
    numbers.set(`${person} ${device} ${visit}`, visits.length);
    visits.push(one);
  }
  return numbers;
}

type VisitColumn = 'person' | 'start' | 'end' | 'views' | 'source' | 'device' | 'visit';

function visitOf(row: { [column in VisitColumn]: number }, sourceKey: string): ThreadVisit {
  const seconds = (row.end - row.start) / 1000;
  return { at: new Date(row.start).toISOString(), seconds, pageViews: row.views, sourceKey, device: row.device };
}

async function addTouches({ session, threads, bounds, keyOf }: Page): Promise<void> {
  const rows = await session.rows<{ person: number; happened: number; source: number; kind: TouchKind }>(
    `SELECT person::DOUBLE AS person, happened::DOUBLE AS happened, source, kind FROM thread_touches WHERE ${IN_PAGE}`,
    bounds,
  );
  const touches = rows.map(({ happened, source, ...rest }) => ({ ...rest, at: happened, sourceKey: keyOf(source) }));
  for (const touch of touches.sort(compareTouches)) threads.get(touch.person)?.touches.push(pathTouch(touch));
}

const decoder = new TextDecoder();

async function addEvents({ session, threads, bounds }: Page, numbers: ReadonlyMap<string, number>): Promise<void> {
  const rows = await session.rows<{
    person: number;
    happened: number;
    message_id: string;
    json: Uint8Array;
    device: number;
    visit: number | null;
  }>(
    `SELECT person::DOUBLE AS person, happened::DOUBLE AS happened, message_id, json, device::DOUBLE AS device,
       visit::DOUBLE AS visit FROM thread_events WHERE ${IN_PAGE} ORDER BY happened, n, message_id`,
    bounds,
  );
  for (const { person, happened, message_id: messageId, json, device, visit } of rows) {
    const wire = JSON.parse(decoder.decode(json)) as WireEvent;
    const position = numbers.get(`${person} ${device} ${visit}`);
    threads.get(person)?.events.push(threadEvent(wire, { messageId, at: happened }, position));
  }
}
