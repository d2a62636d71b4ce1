import type { PathTouch, Thread, ThreadEvent, ThreadVisit, TouchKind } from './contract.js';
import { isoTexts } from './iso-times.js';

/**
 * Threads in columns: numbers pass between two processes by the block, and objects for millions of people are
 * made only where they are read. Rows of visits, touches and events follow each other person by person, in the order that
 * a thread has them; `people` says how many each person has. Times are milliseconds.
 */
export interface ThreadColumns {
  people: {
    /** Empty where they were not asked for. */
    names: string[];
    identified: Uint8Array;
    firstSeen: Float64Array;
    lastSeen: Float64Array;
    /** NaN where there is none. */
    firstOrdered: Float64Array;
    visits: Uint32Array;
    touches: Uint32Array;
    events: Uint32Array;
  };
  /** Keys of the sources that visits and touches point at. */
  sources: string[];
  visits: { start: Float64Array; end: Float64Array; views: Float64Array; source: Uint32Array; device: Float64Array };
  /** `kind`: positions in `TOUCH_KINDS`. */
  touches: { at: Float64Array; source: Uint32Array; kind: Uint8Array };
  events: {
    at: Float64Array;
    /** Positions in `names`. */
    name: Uint32Array;
    names: readonly string[];
    /** Position among the person's visits; -1 outside of them. */
    visit: Int32Array;
    /** What else events have, unless they were asked for bare. */
    details?: Omit<ThreadEvent, 'at' | 'name' | 'visit'>[];
  };
}

/** The kinds of touches by their number in `ThreadColumns.touches`. */
export const TOUCH_KINDS: readonly TouchKind[] = ['visit', 'click', 'view', 'contact'];

/** What an event has that was asked for bare. */
export const BARE: Pick<ThreadEvent, 'messageId' | 'properties'> = { messageId: '', properties: {} };

/** So many that their texts are made together, and so few that none is made long before it is read. */
const BLOCK = 1000;

/** The threads of some columns, one by one. */
export function* threadsIn(columns: ThreadColumns): Generator<Thread> {
  const { length } = columns.people.identified;
  const from = { visits: 0, touches: 0, events: 0 };
  for (let i = 0; i < length; i += BLOCK) yield* threadsOfBlock(columns, { first: i, from });
}

interface Block {
  /** The first person. */
  first: number;
  /** Where the person's rows begin; moved on. */
  from: { visits: number; touches: number; events: number };
}

function* threadsOfBlock(columns: ThreadColumns, { first, from }: Block): Generator<Thread> {
  const { people } = columns;
  const end = Math.min(first + BLOCK, people.identified.length);
  const texts = textsOf(columns, { first, from });
  for (let i = first; i < end; i += 1) {
    const thread: Thread = {
      person: people.names[i] ?? '',
      identified: people.identified[i] === 1,
      firstSeen: texts.firstSeen(i),
      lastSeen: texts.lastSeen(i),
      visits: take(from.visits, people.visits[i], (row) => visitAt(columns, row, texts.visits(row))),
      touches: take(from.touches, people.touches[i], (row) => touchAt(columns, row, texts.touches(row))),
      events: take(from.events, people.events[i], (row) => eventAt(columns, row, texts.events(row))),
    };
    const ordered = people.firstOrdered[i] ?? Number.NaN;
    if (!Number.isNaN(ordered)) thread.firstOrdered = new Date(ordered).toISOString();
    from.visits += thread.visits.length;
    from.touches += thread.touches.length;
    from.events += thread.events.length;
    yield thread;
  }
}

type TextOf = (row: number) => string;

/** The texts of the times of a block, by row. */
function textsOf({ people, visits, touches, events }: ThreadColumns, { first, from }: Block) {
  const textOf = (column: Float64Array, begin: number, rows: number): TextOf => {
    const texts = isoTexts(column.subarray(begin, begin + rows));
    return (row) => texts[row - begin] ?? '';
  };
  const rows = (counts: Uint32Array): number => counts.subarray(first, first + BLOCK).reduce((sum, n) => sum + n, 0);
  return {
    firstSeen: textOf(people.firstSeen, first, BLOCK),
    lastSeen: textOf(people.lastSeen, first, BLOCK),
    visits: textOf(visits.start, from.visits, rows(people.visits)),
    touches: textOf(touches.at, from.touches, rows(people.touches)),
    events: textOf(events.at, from.events, rows(people.events)),
  };
}

/** What `make` makes of so many rows from `begin` on. */
export function take<T>(begin: number, count = 0, make: (row: number) => T): T[] {
  const found: T[] = [];
  for (let row = begin; row < begin + count; row += 1) found.push(make(row));
  return found;
}

function visitAt({ visits, sources }: ThreadColumns, row: number, at: string): ThreadVisit {
  const start = visits.start[row] ?? 0;
  return {
    at,
    seconds: ((visits.end[row] ?? start) - start) / 1000,
    pageViews: visits.views[row] ?? 0,
    sourceKey: sources[visits.source[row] ?? 0] ?? '',
    device: visits.device[row] ?? 0,
  };
}

function touchAt({ touches, sources }: ThreadColumns, row: number, at: string): PathTouch {
  const kind = TOUCH_KINDS[touches.kind[row] ?? 0] ?? 'visit';
  const touch: PathTouch = { at, sourceKey: sources[touches.source[row] ?? 0] ?? '' };
  if (kind !== 'visit') touch.kind = kind;
  return touch;
}

function eventAt({ events }: ThreadColumns, row: number, at: string): ThreadEvent {
  const event: ThreadEvent = {
    at,
    name: events.names[events.name[row] ?? 0] ?? '',
    ...(events.details?.[row] ?? BARE),
  };
  const visit = events.visit[row] ?? -1;
  if (visit >= 0) event.visit = visit;
  return event;
}
