import type { WireEvent } from '../../protocol/index.js';
import { DIRECT } from '../source.js';
import { type ThreadColumns, TOUCH_KINDS } from '../thread-columns.js';
import { eventDetails, isIdentified } from '../threads.js';
import { bytesOf, type Session } from './database.js';
import { at, countOf, inOrder, NONE, ordered } from './thread-rows.js';
import type { PreparedThreads } from './threads.js';

/** A page of threads; `last` is the number of its last person, undefined behind the end. */
export interface ThreadPage {
  columns: ThreadColumns;
  last: number | undefined;
}

/** Reads the threads of the next persons, so many as fit a page. */
export async function readThreadPage(session: Session, prepared: PreparedThreads): Promise<ThreadPage> {
  const which = {
    sql: 'thread_people WHERE i > $read::BIGINT AND i <= $read::BIGINT + $page::BIGINT',
    values: { read: prepared.read, page: prepared.next },
  };
  const [persons = NONE, first = NONE, last = NONE, firstOrdered = NONE] = await session.numbers(
    `SELECT person::DOUBLE, first::DOUBLE, last::DOUBLE, ordered::DOUBLE FROM ${which.sql} ORDER BY i`,
    which.values,
  );
  prepared.read += persons.length;
  prepared.next = Math.min(2 * prepared.next, prepared.most);
  const keys = await readKeys(session, which);
  const page: Page = { session, persons, sources: sourceList(prepared) };
  const visits = prepared.without.includes('visits') ? noVisits(persons) : await readVisits(page);
  const touches = prepared.without.includes('touches') ? noTouches(persons) : await readTouches(page);
  const events = await readAsked(page, visits, prepared);
  const columns: ThreadColumns = {
    people: {
      names: prepared.without.includes('names') ? [] : keys.map((key) => key.slice(1)),
      identified: Uint8Array.from(keys.map((key) => (isIdentified(key) ? 1 : 0))),
      firstSeen: first,
      lastSeen: last,
      firstOrdered,
      visits: visits.counts,
      touches: touches.counts,
      events: events.counts,
    },
    sources: page.sources.keys,
    visits: visits.rows,
    touches: touches.rows,
    events: events.rows,
  };
  return { columns, last: persons.at(-1) };
}

/** One long text is read many times faster than as many short ones; they are apart where a key has a line of its own. */
async function readKeys(
  session: Session,
  { sql, values }: { sql: string; values: { [name: string]: number } },
): Promise<string[]> {
  const [joined] = await session.rows<{ keys: string | null; broken: boolean | null }>(
    `SELECT string_agg(coalesce(key, ''), chr(10) ORDER BY i) AS keys, bool_or(contains(key, chr(10))) AS broken FROM ${sql}`,
    values,
  );
  if (!joined?.broken) return joined?.keys?.split('\n') ?? [];
  const [keys = []] = await session.columns(`SELECT key FROM ${sql} ORDER BY i`, values);
  return keys.map((key) => (key === null ? '' : String(key)));
}

/** What the parts of a page are read for. */
interface Page {
  session: Session;
  /** Their numbers, rising. */
  persons: Float64Array;
  sources: ReturnType<typeof sourceList>;
}

/** Numbers the sources of a page anew: there may be many, and a page has few. */
function sourceList({ sources }: PreparedThreads) {
  const numbered = new Map<number, number>();
  const keys: string[] = [];
  const numberOf = (source: number): number => {
    let found = numbered.get(source);
    if (found === undefined) {
      found = keys.push(sources.get(source) ?? DIRECT) - 1;
      numbered.set(source, found);
    }
    return found;
  };
  const numbersOf = (column: Float64Array): Uint32Array => {
    const found = new Uint32Array(column.length);
    for (let i = 0; i < column.length; i += 1) found[i] = numberOf(at(column, i));
    return found;
  };
  return { keys, numbersOf };
}

/** The rows of the page, in the order in which the table was filled: sorted. `countOf` would find out if they were not. */
function rowsOf({ persons }: Page, table: string, columns: string) {
  const values = { low: persons[0] ?? 0, high: persons.at(-1) ?? -1 };
  return [`SELECT ${columns} FROM ${table} WHERE person BETWEEN $low::BIGINT AND $high::BIGINT`, values] as const;
}

function ask(page: Page, table: string, columns: readonly string[]): Promise<Float64Array[]> {
  const doubles = ['person', ...columns].map((column) => `(${column})::DOUBLE`);
  return page.session.numbers(...rowsOf(page, table, doubles.join(', ')));
}

interface Part<T> {
  /** How many rows each person has. */
  counts: Uint32Array;
  rows: T;
}

interface Visits extends Part<ThreadColumns['visits']> {
  /** The number of each visit among those of its device, as events name it. */
  numbers: Float64Array;
}

function noVisits({ length }: Float64Array): Visits {
  const rows = { start: NONE, end: NONE, views: NONE, source: new Uint32Array(), device: NONE };
  return { counts: new Uint32Array(length), rows, numbers: NONE };
}

function noTouches({ length }: Float64Array): Part<ThreadColumns['touches']> {
  return { counts: new Uint32Array(length), rows: { at: NONE, source: new Uint32Array(), kind: new Uint8Array() } };
}

async function readVisits(page: Page): Promise<Visits> {
  const columns = await ask(page, 'thread_visits', ['start', '"end"', 'views', 'source', 'device', 'visit']);
  const [person = NONE, start = NONE, end = NONE, views = NONE, source = NONE, device = NONE, visit = NONE] = columns;
  const keys = page.sources.numbersOf(source);
  const key = (i: number): string => page.sources.keys[at(keys, i)] ?? '';
  const counts = countOf(page.persons, person);
  // As compareVisits.
  const order = ordered(counts, start, (a, b) => {
    if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
    return at(device, a) - at(device, b) || at(end, a) - at(end, b) || at(views, a) - at(views, b);
  });
  const sorted = <T extends Float64Array | Uint32Array>(column: T): T => inOrder(column, order);
  return {
    counts,
    rows: { start, end: sorted(end), views: sorted(views), source: sorted(keys), device: sorted(device) },
    numbers: sorted(visit),
  };
}

async function readTouches(page: Page): Promise<Part<ThreadColumns['touches']>> {
  const kinds = TOUCH_KINDS.map((kind, i) => `WHEN '${kind}' THEN ${i}`).join(' ');
  const columns = await ask(page, 'thread_touches', ['happened', 'source', `CASE kind ${kinds} END`]);
  const [person = NONE, happened = NONE, source = NONE, kind = NONE] = columns;
  const keys = page.sources.numbersOf(source);
  const key = (i: number): string => page.sources.keys[at(keys, i)] ?? '';
  const rank = (i: number): string => (at(kind, i) === 0 ? '' : (TOUCH_KINDS[at(kind, i)] ?? ''));
  const counts = countOf(page.persons, person);
  // As compareTouches.
  const order = ordered(counts, happened, (a, b) => {
    if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
    return rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0;
  });
  return {
    counts,
    rows: { at: happened, source: inOrder(keys, order), kind: Uint8Array.from(inOrder(kind, order)) },
  };
}

const decoder = new TextDecoder();

async function readAsked(
  page: Page,
  visits: Visits,
  { names, bare }: PreparedThreads,
): Promise<Part<ThreadColumns['events']>> {
  if (bare) return readBare(page, names);
  const columns = await ask(page, 'thread_events', ['happened', 'name', 'device', 'visit']);
  const [person = NONE, happened = NONE, name = NONE, device = NONE, visit = NONE] = columns;
  const counts = countOf(page.persons, person);
  const rows: ThreadColumns['events'] = {
    at: happened,
    name: Uint32Array.from(name),
    names,
    visit: positions(counts, { device, visit }, visits),
  };
  const [ids = [], texts = []] = await page.session.columns(...rowsOf(page, 'thread_events', 'message_id, json'));
  rows.details = texts.map((text, i) => {
    const wire = JSON.parse(decoder.decode(bytesOf(text))) as WireEvent;
    return eventDetails(wire, String(ids[i]));
  });
  return { counts, rows };
}

async function readBare(page: Page, names: readonly string[]): Promise<Part<ThreadColumns['events']>> {
  const [person = NONE, happened = NONE, name = NONE] = await ask(page, 'thread_events', ['happened', 'name']);
  const rows = { at: happened, name: Uint32Array.from(name), names, visit: new Int32Array(name.length).fill(-1) };
  return { counts: countOf(page.persons, person), rows };
}

/** Where among the visits of its person the one is that an event names; -1 for none that is there. */
function positions(
  counts: Uint32Array,
  { device, visit }: { device: Float64Array; visit: Float64Array },
  { counts: visitCounts, rows, numbers: visitNumbers }: Visits,
): Int32Array {
  const found = new Int32Array(visit.length).fill(-1);
  let [event, first] = [0, 0];
  for (let person = 0; person < counts.length; person += 1) {
    const end = first + at(visitCounts, person);
    for (const last = event + at(counts, person); event < last; event += 1) {
      for (let i = first; i < end; i += 1) {
        if (visitNumbers[i] !== visit[event] || rows.device[i] !== device[event]) continue;
        found[event] = i - first;
        break;
      }
    }
    first = end;
  }
  return found;
}
