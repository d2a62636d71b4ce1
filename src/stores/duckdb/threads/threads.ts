import type { ThreadPart, ThreadQuery } from '../../contract.js';
import { DIRECT } from '../../stamp/source.js';
import { TOUCH_KINDS } from '../../thread-columns.js';
import { foldedOf } from '../../thread-firsts.js';
import { appendRows, type Session, sqlBounds } from '../database.js';
import { COUNTED_JOINS, findDevices, GOAL_VISITS, PERSON_JOINS, PERSON_NO } from '../goals.js';
import { notKept } from '../kept/goals.js';
import { findVisits, viewVisits, withKept } from '../kept/visits.js';
import { findTold } from '../told.js';
import { DIRECT_SOURCE, isKept } from '../visits.js';
import { fillFirsts } from './firsts.js';
import { type Pages, personPages, stretches } from './stretches.js';

/** Threads that were prepared in the temporary tables of a session, to be read page by page. */
export interface PreparedThreads {
  /** Keys of the sources by number. */
  sources: ReadonlyMap<number, string>;
  pages: Pages;
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
  const { bare = false, without = [] } = query;
  const pages = await withKept(session, query, async () => {
    await fillTables(session, query);
    return without.includes('facts') ? stretches(session, query, after) : personPages(session, query, after);
  });
  for (const table of ['goals', 'told', 'odd']) await session.run(`DROP TABLE IF EXISTS temp.${table}`);
  if (!isLean(query)) await session.run('DROP TABLE temp.visits');
  if (!isKept(query))
    for (const table of ['pieces', 'cuts', 'touches', 'sessions']) await session.run(`DROP TABLE temp.${table}`);
  return { sources: await readSources(session), pages, names: namesOf(query), bare, without };
}

/** Everybody's times alone, out of sessions that are kept: each table is read once, and copied nowhere on the way. */
function isLean(query: ThreadQuery): boolean {
  return isKept(query) && query.bare === true && query.only !== 'asked';
}

async function fillTables(session: Session, query: ThreadQuery): Promise<void> {
  const range = sqlBounds(query);
  const few = query.only === 'asked';
  const { without = [] } = query;
  const lean = isLean(query);
  const folded = new Map(foldedOf(query).map((name) => [name, namesOf(query).indexOf(name)]));
  await fillEvents(session, query, {
    into: lean && !folded.size ? 'thread_events' : 'goals',
    left: lean ? folded : NONE,
  });
  if (few) await findDevices(session, 'goals');
  if (lean) await viewVisits(session, query);
  else await findVisits(session, query, few ? 'wanted' : undefined);
  // Sorted by the person, and read page by page: the fewer columns the better.
  const isBrief = lean && BRIEF.every((part) => without.includes(part));
  const own = `SELECT person, start, source${isBrief ? '' : OTHER_COLUMNS} FROM visits WHERE ${starts(range)} AND ${few ? 'person IN (SELECT person_no FROM goals)' : 'true'}`;
  const kind = lean && without.includes('visits') ? 'VIEW' : 'TABLE';
  await session.run(
    `CREATE OR REPLACE TEMP ${kind} thread_visits AS ${own} ${without.includes('visits') ? '' : 'ORDER BY person, start'}`,
  );
  if (!without.includes('touches')) {
    await findTold(session, { ...query, visits: 'thread_visits', ...(few && { people: 'goals' }) });
    await session.run(
      'CREATE OR REPLACE TEMP TABLE odd AS SELECT person, start, device, visit FROM thread_visits WHERE NOT plain',
    );
    await session.run(`CREATE OR REPLACE TEMP TABLE thread_touches AS ${TOUCHES}`, { to: range.to });
  }
  if (folded.size) await fillFirsts(session, query, { folded, isLean: lean });
  else if (!lean)
    await session.run(`CREATE OR REPLACE TEMP TABLE thread_events AS ${query.bare ? BARE_EVENTS : EVENTS}`);
}

const NONE: ReadonlyMap<string, number> = new Map();

/** Numbers are written out: a view takes no parameters. */
const starts = ({ from, to }: { from: number; to: number }): string =>
  `start >= ${Math.ceil(from)} AND start < ${Math.ceil(to)}`;

/** Without these, nobody asks for the other columns of visits. */
const BRIEF: readonly ThreadPart[] = ['facts', 'touches', 'visit-details'];
const OTHER_COLUMNS = ', "end", views, device, visit, plain';

/** The keys of all sources by number. */
export async function readSources(session: Session): Promise<Map<number, string>> {
  const sources = await session.rows<{ id: number; key: string }>('SELECT id, key FROM sources');
  return new Map([[DIRECT_SOURCE, DIRECT], ...sources.map(({ id, key }) => [id, key] as const)]);
}

/** The number of the kind of a touch, its place in `TOUCH_KINDS`. */
export const KIND_NUMBER = `CASE kind ${TOUCH_KINDS.map((kind, i) => `WHEN '${kind}' THEN ${i}`).join(' ')} END`;

/**
 * What sessions name, one direct touch for a session that names nothing, and one at the start of those few that name something
 * only later. Plain sessions say it themselves; all touches of the few others (`odd`) are looked up.
 */
const TOUCHES = `
  SELECT person, happened, source, kind FROM (
    SELECT person, start AS happened, source, 0 AS kind FROM thread_visits WHERE plain
    UNION ALL
    SELECT person, happened, source, 0 FROM touches JOIN odd USING (device, visit)
    UNION ALL
    SELECT person, start, ${DIRECT_SOURCE}, 0 FROM odd
    ANTI JOIN (FROM touches SEMI JOIN odd USING (device, visit) WHERE at_start) AS begun USING (device, visit)
    UNION ALL
    SELECT person, happened, source, ${KIND_NUMBER} FROM told
  ) WHERE happened < $to::BIGINT ORDER BY person, happened`;

/** The names of the events that a question asks for, each once, sorted. */
export function namesOf({ events }: ThreadQuery): string[] {
  return [...new Set(events)].sort();
}

/** Fills a table with the events that were asked for but for those `left` out: `thread_events`, bare and sorted, or `goals`. */
async function fillEvents(
  session: Session,
  query: ThreadQuery,
  { into, left }: { into: 'thread_events' | 'goals'; left: ReadonlyMap<string, number> },
): Promise<void> {
  const bots = query.bots === true;
  const names = namesOf(query);
  await session.run('CREATE OR REPLACE TEMP TABLE asked(value VARCHAR, name INTEGER)');
  await appendRows(
    session,
    'asked',
    ['VARCHAR', 'DOUBLE'],
    names.map((name, i) => [name, i]),
  );
  const { goal, bare = false } = query;
  const far = isKept(query) ? await notKept(session, names) : names;
  const values: { [name: string]: string } = {};
  /** By itself: of events with another name, the engine then reads no more than that. */
  const alone = (name: string, which = 'true'): string => {
    const number = names.indexOf(name);
    values[`name_${number}_`] = name;
    return asked({ table: far.includes(name) ? 'events' : 'kept_goals', bare, which, number });
  };
  const others = names.filter((name) => name !== goal && !left.has(name));
  const near = others.filter((name) => !far.includes(name)).map((name) => names.indexOf(name));
  const parts = others.filter((name) => far.includes(name)).map((name) => alone(name));
  if (near.length || !others.length)
    parts.push(asked({ table: 'kept_goals', bare, which: near.length ? `asked.name IN (${near})` : 'false' }));
  // To look at the order ids of all takes as long as to find them.
  if (goal !== undefined && names.includes(goal))
    parts.push(alone(goal, firstTold(far.includes(goal) ? 'events' : 'kept_goals')));
  const sorted = into === 'goals' ? '' : 'ORDER BY person, happened, name';
  const columns = into === 'goals' ? '*' : 'person_no AS person, happened, name';
  await session.run(
    `CREATE OR REPLACE TEMP TABLE ${into} AS
     SELECT ${columns} FROM (${parts.join(' UNION ALL ')}) ${sorted}`,
    { ...sqlBounds(query), bots, goal: goal ?? '', ...values },
  );
}

interface Asked {
  table: string;
  bare: boolean;
  which: string;
  /** Of the one name; all of `asked` without. */
  number?: number;
}

/** The events that were asked for, out of a table that has them. */
const asked = ({ table, bare, which, number }: Asked): string => `
  SELECT ${bare ? '' : 'message_id, n, interactive, session_no, e.device_no AS device, json,'} e.device_no, e.user_no, happened,
    ${number ?? 'name'} AS name, ${PERSON_NO} AS person_no
  FROM ${table} AS e ${number === undefined ? 'JOIN asked ON asked.value = e.event' : ''} ${bare ? COUNTED_JOINS : PERSON_JOINS}
  WHERE ${number === undefined ? '' : `event = $name_${number}_ AND`} (NOT automated OR $bots)
    AND happened >= $from::BIGINT AND happened < $to::BIGINT AND ${which}`;

/** The order was not told before the range; `orders` is a table that has all events of the goal. */
const firstTold = (orders: string): string => `(order_id IS NULL OR order_id NOT IN (
  SELECT order_id FROM ${orders}
  WHERE event = $goal AND order_id IS NOT NULL AND happened < $from::BIGINT AND (NOT automated OR $bots)))`;

const BARE_EVENTS = 'SELECT person_no AS person, happened, name FROM goals ORDER BY person, happened, name';

const EVENTS = `
  SELECT person_no AS person, happened, n, name, message_id, json, goals.device, found.visit
  FROM goals LEFT JOIN (${GOAL_VISITS}) AS found USING (message_id) ORDER BY person, happened, n, message_id`;
