import type { ThreadQuery } from '../../contract.js';
import type { Session } from '../database.js';
import { findPeople } from './people.js';
import { NONE } from './rows.js';

/** The first page is there soon; later ones are so large that the questions cost little beside what they bring. */
const PERSONS_AT_FIRST = 4000;
const PERSONS_PER_PAGE = 64_000;
/** Of people with many events fewer are read at once: one event weighs so much beside its person. */
const EVENTS_WEIGH = 1;
const BARE_EVENTS_WEIGH = 0.05;
const ROWS_PER_STRETCH = 200_000;

/** What is known of the people of a page besides what they did. */
export interface PersonFacts {
  /** Their numbers, rising. */
  persons: Float64Array;
  first: Float64Array;
  last: Float64Array;
  /** NaN where there is none. */
  firstOrdered: Float64Array;
  /** 1 for who has a user id. */
  known: Float64Array;
  /** `u` and a user id, or a device; empty where these do not matter. */
  keys: string[];
}

/** A page: people whose numbers lie from `low` to `high`. */
export interface Stretch {
  low: number;
  high: number;
  /** Of all people in it; undefined where it is not asked. */
  facts?: PersonFacts;
  isLast: boolean;
}

/** Gives the next page each time. */
export type Pages = (session: Session) => Promise<Stretch>;

/** Pages of everybody with their facts; fills `thread_people`. Use after the other tables are filled. */
export async function personPages(session: Session, query: ThreadQuery, after: number): Promise<Pages> {
  await findPeople(session, query, query.only === 'asked');
  const [count] = await session.rows<{ before: number; people: number; events: number }>(
    `SELECT count(*) FILTER (person <= $after::BIGINT)::DOUBLE AS before, count(*)::DOUBLE AS people,
       (SELECT count(*) FROM thread_events)::DOUBLE AS events FROM thread_people`,
    { after },
  );
  const { before = 0, people = 0, events = 0 } = count ?? {};
  const weight = query.bare ? BARE_EVENTS_WEIGH : EVENTS_WEIGH;
  const most = Math.ceil(PERSONS_PER_PAGE / (1 + (weight * events) / Math.max(1, people)));
  let [read, page] = [before, Math.min(PERSONS_AT_FIRST, most)];
  const named = !query.without?.includes('names');
  return async (own) => {
    const facts = await readFacts(own, { read, page }, named);
    const { persons } = facts;
    read += page;
    page = Math.min(2 * page, most);
    return { low: persons[0] ?? 0, high: persons.at(-1) ?? -1, facts, isLast: persons.length === 0 };
  };
}

/** The table was filled in the order of people, so their rows are numbered by it. */
const PAGE = 'thread_people WHERE rowid >= $read::BIGINT AND rowid < $read::BIGINT + $page::BIGINT';

async function readFacts(
  session: Session,
  values: { read: number; page: number },
  named: boolean,
): Promise<PersonFacts> {
  const columns = ['person', 'first', 'last', "coalesce(ordered, 'NaN'::DOUBLE)", 'known'];
  const [persons = NONE, first = NONE, last = NONE, firstOrdered = NONE, known = NONE] = await session.numbers(
    `SELECT ${columns.map((column) => `${column}::DOUBLE`).join(', ')} FROM ${PAGE} ORDER BY person`,
    values,
  );
  return { persons, first, last, firstOrdered, known, keys: named ? await readKeys(session, values) : [] };
}

/** One long text is read many times faster than as many short ones; they are apart where a key has a line of its own. */
async function readKeys(session: Session, values: { read: number; page: number }): Promise<string[]> {
  const [joined] = await session.rows<{ keys: string | null; broken: boolean | null }>(
    `SELECT string_agg(coalesce(key, ''), chr(10) ORDER BY person) AS keys, bool_or(contains(key, chr(10))) AS broken FROM ${PAGE}`,
    values,
  );
  if (!joined?.broken) return joined?.keys?.split('\n') ?? [];
  const [keys = []] = await session.columns(`SELECT key FROM ${PAGE} ORDER BY person`, values);
  return keys.map((key) => (key === null ? '' : String(key)));
}

/** Pages by what people did, without asking who they are: stretches of numbers with so many rows of each kind at most. */
export async function stretches(session: Session, { without = [] }: ThreadQuery, after: number): Promise<Pages> {
  const tables = ['thread_events', ...['visits', 'touches'].flatMap(tableOf)];
  function tableOf(part: string): string[] {
    return without.some((left) => left === part) ? [] : [`thread_${part}`];
  }
  const marks = tables.map((table) => `SELECT person FROM ${table} WHERE rowid % ${ROWS_PER_STRETCH} = 0`);
  const [found = NONE] = await session.numbers(
    `SELECT DISTINCT person::DOUBLE AS person FROM (${marks.join(' UNION ALL ')}) WHERE person > $after::BIGINT ORDER BY 1`,
    { after },
  );
  let low = after + 1;
  let i = 0;
  return async () => {
    // Whoever stands at a mark is the last of a stretch: the numbers of people are whole.
    const high = found[i] ?? Number.MAX_SAFE_INTEGER;
    const stretch = { low, high, isLast: i >= found.length };
    i += 1;
    low = high + 1;
    return stretch;
  };
}
