import type { WireEvent } from '../../../protocol/index.js';
import { DIRECT } from '../../stamp/source.js';
import { type ThreadColumns, TOUCH_KINDS } from '../../thread-columns.js';
import { eventDetails } from '../../threads.js';
import { bytesOf, type Session } from '../database.js';
import { at, countOf, inOrder, NONE, ordered, unionOf } from './rows.js';
import type { PreparedThreads } from './threads.js';

/** A page of threads; `last` is the number of its last person, undefined behind the end. */
export interface ThreadPage {
  columns: ThreadColumns;
  last: number | undefined;
}

/** Reads the threads of the next persons, so many as fit a page. */
export async function readThreadPage(session: Session, prepared: PreparedThreads): Promise<ThreadPage> {
  const { without, sources, pages } = prepared;
  const stretch = await pages(session);
  const { facts } = stretch;
  const read = { session, ...stretch };
  const raw: RawParts = {
    visits: without.includes('visits') ? [] : await ask(read, 'thread_visits', visitColumns(prepared)),
    touches: without.includes('touches') ? [] : await ask(read, 'thread_touches', TOUCH_COLUMNS),
    events: await ask(read, 'thread_events', prepared.bare ? BARE_COLUMNS : EVENT_COLUMNS),
  };
  const persons = facts?.persons ?? unionOf([raw.visits, raw.touches, raw.events].map(([own = NONE]) => own));
  const page: Page = { ...read, persons, sources: sourceList(sources) };
  const visits = readVisits(page, raw.visits);
  const touches = readTouches(page, raw.touches);
  const events = prepared.bare
    ? readBare(page, raw.events, prepared.names)
    : await readAsked(page, raw.events, { visits, names: prepared.names });
  const none = (): Float64Array => new Float64Array(persons.length);
  const keys = facts?.keys ?? [];
  const columns: ThreadColumns = {
    people: {
      names: keys.map((key) => key.slice(1)),
      identified: facts ? Uint8Array.from(facts.known) : new Uint8Array(persons.length),
      firstSeen: facts?.first ?? none(),
      lastSeen: facts?.last ?? none(),
      firstOrdered: facts?.firstOrdered ?? none().fill(Number.NaN),
      visits: visits.counts,
      touches: touches.counts,
      events: events.counts,
    },
    sources: page.sources.keys,
    visits: visits.rows,
    touches: touches.rows,
    events: events.rows,
  };
  return { columns, last: stretch.isLast ? undefined : stretch.high };
}

/** What the parts of a page are read for. */
interface Page extends Bounds {
  /** Their numbers, rising. */
  persons: Float64Array;
  sources: ReturnType<typeof sourceList>;
}

interface Bounds {
  session: Session;
  low: number;
  high: number;
}

/** The columns of each part as they were read, the numbers of persons first; none where a part was not asked for. */
interface RawParts {
  visits: Float64Array[];
  touches: Float64Array[];
  events: Float64Array[];
}

/** The last one is for events that say in which visit they were. */
const VISIT_COLUMNS = ['start', 'source', '"end"', 'views', 'device', 'visit'];
const TOUCH_COLUMNS = ['happened', 'source', 'kind'];
const BARE_COLUMNS = ['happened', 'name'];
const EVENT_COLUMNS = ['happened', 'name', 'device', 'visit'];

function visitColumns({ bare, without }: PreparedThreads): readonly string[] {
  if (!bare) return VISIT_COLUMNS;
  return VISIT_COLUMNS.slice(0, without.includes('visit-details') ? 2 : -1);
}

/** Numbers the sources of a page anew: there may be many, and a page has few. */
function sourceList(sources: ReadonlyMap<number, string>) {
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
function rowsOf({ low, high }: Bounds, table: string, columns: string) {
  const values = { low, high };
  return [`SELECT ${columns} FROM ${table} WHERE person BETWEEN $low::BIGINT AND $high::BIGINT`, values] as const;
}

function ask(bounds: Bounds, table: string, columns: readonly string[]): Promise<Float64Array[]> {
  const doubles = ['person', ...columns].map((column) => `coalesce((${column})::DOUBLE, 'NaN'::DOUBLE)`);
  return bounds.session.numbers(...rowsOf(bounds, table, doubles.join(', ')));
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

function readVisits(page: Page, columns: readonly Float64Array[]): Visits {
  const [person = NONE, start = NONE, source = NONE, ...details] = columns;
  // As a visit is that ends when it begins, on no device.
  const nothing = details.length ? NONE : new Float64Array(start.length);
  const [end = start, views = nothing, device = nothing, visit = NONE] = details;
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
    rows: {
      start,
      end: end === start ? start : sorted(end),
      views: sorted(views),
      source: sorted(keys),
      device: sorted(device),
    },
    numbers: sorted(visit),
  };
}

function readTouches(page: Page, columns: readonly Float64Array[]): Part<ThreadColumns['touches']> {
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
    rows: { at: happened, source: inOrder(keys, order), kind: new Uint8Array(inOrder(kind, order)) },
  };
}

const decoder = new TextDecoder();

async function readAsked(
  page: Page,
  columns: readonly Float64Array[],
  { visits, names }: { visits: Visits; names: readonly string[] },
): Promise<Part<ThreadColumns['events']>> {
  const [person = NONE, happened = NONE, name = NONE, device = NONE, visit = NONE] = columns;
  const counts = countOf(page.persons, person);
  const rows: ThreadColumns['events'] = {
    at: happened,
    name: new Uint32Array(name),
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

function readBare(
  page: Page,
  [person = NONE, happened = NONE, name = NONE]: readonly Float64Array[],
  names: readonly string[],
): Part<ThreadColumns['events']> {
  const rows = { at: happened, name: new Uint32Array(name), names, visit: new Int32Array(name.length).fill(-1) };
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
