import type { PathTouch, Store, Thread, ThreadEvent, ThreadQuery, ThreadVisit } from '../../stores/contract.js';
import { isoMs } from '../../stores/iso-times.js';
import { BARE, type ThreadColumns, TOUCH_KINDS, take } from '../../stores/thread-columns.js';

/** As `ThreadVisit`, `at` in milliseconds. */
export type WayVisit = Omit<ThreadVisit, 'at'> & { at: number };

/** As `PathTouch`, `at` in milliseconds. */
export type WayTouch = Omit<PathTouch, 'at'> & { at: number };

/** As `ThreadEvent`, with its time in milliseconds. */
export type WayEvent = Omit<ThreadEvent, 'at'> & { ms: number };

/**
 * One person's way as tallies read it: a `Thread` without a name, with times in milliseconds. Of millions, the parts are made
 * when they are looked at.
 */
export interface Way {
  readonly identified: boolean;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** Absent where there is none. */
  readonly firstOrdered: number | undefined;
  readonly visits: readonly WayVisit[];
  readonly touches: readonly WayTouch[];
  readonly events: readonly WayEvent[];
  /** When the visits began and when the events of a name were, oldest first; without making any of them. */
  visitTimes(): readonly number[];
  timesOf(name: string): readonly number[];
  /** The place of the first visit, or event of a name, that is not before a time, looked for from a place on. */
  visitFrom(least: number, place: number): number;
  eventFrom(name: string, least: number, place: number): number;
  /** When the visit or event at a place was; undefined behind the last. */
  visitTime(place: number): number | undefined;
  eventTime(place: number): number | undefined;
}

/** Some people, and the keys of the sources that their visits and touches name. */
export interface Ways {
  sources: readonly string[];
  people: Iterable<Way>;
}

/** Everybody of a query, many at a time; the order is that of `Store.threads`. */
export async function* readWays(store: Store, query: ThreadQuery): AsyncGenerator<Ways> {
  if (store.threadColumns) {
    for await (const columns of store.threadColumns(query)) yield { sources: columns.sources, people: waysIn(columns) };
    return;
  }
  for await (const thread of store.threads(query)) {
    const sources = [...thread.visits, ...thread.touches].map(({ sourceKey }) => sourceKey);
    yield { sources, people: [wayOf(thread)] };
  }
}

/** The events that are asked for, of whoever has any, and nothing else of them. */
export async function* readEvents(store: Store, { events: names, ...query }: ThreadQuery): AsyncGenerator<Way> {
  const without = ['names', 'facts', 'visits', 'touches'] as const;
  for await (const { people } of readWays(store, { ...query, events: names, only: 'asked', without })) {
    for (const way of people) {
      const events = way.events.filter(({ name }) => names.includes(name));
      if (events.length > 0) yield wayOf({ ...NOBODY, events: events.map(threadEvent) });
    }
  }
}

const NEVER = new Date(0).toISOString();
const NOBODY: Thread = {
  ...{ person: '', identified: false, firstSeen: NEVER, lastSeen: NEVER },
  ...{ visits: [], touches: [], events: [] },
};

function threadEvent({ ms, visit: _, ...event }: WayEvent): ThreadEvent {
  return { at: new Date(ms).toISOString(), ...event };
}

/** The way of a thread that is there as an object. */
function wayOf(thread: Thread): Way {
  const { identified, firstSeen, lastSeen, firstOrdered } = thread;
  const visits = thread.visits.map((visit): WayVisit => ({ ...visit, at: isoMs(visit.at) }));
  const events = thread.events.map(({ at, ...event }): WayEvent => ({ ...event, ms: isoMs(at) }));
  return {
    identified,
    firstSeen: isoMs(firstSeen),
    lastSeen: isoMs(lastSeen),
    firstOrdered: firstOrdered === undefined ? undefined : isoMs(firstOrdered),
    visits,
    touches: thread.touches.map((touch): WayTouch => ({ ...touch, at: isoMs(touch.at) })),
    events,
    visitTimes: () => visits.map(({ at }) => at),
    timesOf: (named) => events.filter(({ name }) => name === named).map(({ ms }) => ms),
    visitFrom: (least, place) => placeOf(visits, place, ({ at }) => at >= least),
    eventFrom: (named, least, place) => placeOf(events, place, ({ name, ms }) => name === named && ms >= least),
    visitTime: (place) => visits[place]?.at,
    eventTime: (place) => events[place]?.ms,
  };
}

function placeOf<T>(list: readonly T[], from: number, holds: (one: T) => boolean): number {
  const found = list.slice(from).findIndex(holds);
  return found < 0 ? list.length : from + found;
}

function* waysIn(columns: ThreadColumns): Generator<Way> {
  const { people } = columns;
  const from = { visits: 0, touches: 0, events: 0 };
  for (let i = 0; i < people.identified.length; i += 1) {
    yield new ColumnWay(columns, i, from);
    from.visits += people.visits[i] ?? 0;
    from.touches += people.touches[i] ?? 0;
    from.events += people.events[i] ?? 0;
  }
}

/** A class, because getters of a prototype cost nothing for each of millions of people, and closures do. */
class ColumnWay implements Way {
  readonly #columns: ThreadColumns;
  readonly #i: number;
  /** Where the person's rows begin. */
  readonly #firstVisit: number;
  readonly #firstTouch: number;
  readonly #firstEvent: number;
  #visits: WayVisit[] | undefined;
  #touches: WayTouch[] | undefined;
  #events: WayEvent[] | undefined;

  constructor(columns: ThreadColumns, i: number, from: { visits: number; touches: number; events: number }) {
    this.#columns = columns;
    this.#i = i;
    this.#firstVisit = from.visits;
    this.#firstTouch = from.touches;
    this.#firstEvent = from.events;
  }

  get identified(): boolean {
    return this.#columns.people.identified[this.#i] === 1;
  }

  get firstSeen(): number {
    return this.#columns.people.firstSeen[this.#i] ?? 0;
  }

  get lastSeen(): number {
    return this.#columns.people.lastSeen[this.#i] ?? 0;
  }

  get firstOrdered(): number | undefined {
    const ms = this.#columns.people.firstOrdered[this.#i] ?? Number.NaN;
    return Number.isNaN(ms) ? undefined : ms;
  }

  get visits(): readonly WayVisit[] {
    this.#visits ??= take(this.#firstVisit, this.#columns.people.visits[this.#i], (row) => visitAt(this.#columns, row));
    return this.#visits;
  }

  get touches(): readonly WayTouch[] {
    this.#touches ??= take(this.#firstTouch, this.#columns.people.touches[this.#i], (row) =>
      touchAt(this.#columns, row),
    );
    return this.#touches;
  }

  get events(): readonly WayEvent[] {
    this.#events ??= take(this.#firstEvent, this.#columns.people.events[this.#i], (row) => eventAt(this.#columns, row));
    return this.#events;
  }

  visitTimes(): readonly number[] {
    const { visits, people } = this.#columns;
    return take(this.#firstVisit, people.visits[this.#i], (row) => visits.start[row] ?? 0);
  }

  timesOf(name: string): readonly number[] {
    const { events, people } = this.#columns;
    const number = events.names.indexOf(name);
    const end = this.#firstEvent + (people.events[this.#i] ?? 0);
    const found: number[] = [];
    for (let row = this.#firstEvent; row < end; row += 1)
      if (events.name[row] === number) found.push(events.at[row] ?? 0);
    return found;
  }

  visitFrom(least: number, place: number): number {
    const { visits, people } = this.#columns;
    const count = people.visits[this.#i] ?? 0;
    let found = place;
    while (found < count && (visits.start[this.#firstVisit + found] ?? 0) < least) found += 1;
    return found;
  }

  eventFrom(name: string, least: number, place: number): number {
    const { events, people } = this.#columns;
    const number = events.names.indexOf(name);
    const count = people.events[this.#i] ?? 0;
    let found = place;
    for (; found < count; found += 1) {
      const row = this.#firstEvent + found;
      if (events.name[row] === number && (events.at[row] ?? 0) >= least) break;
    }
    return found;
  }

  visitTime(place: number): number | undefined {
    const { visits, people } = this.#columns;
    return place < (people.visits[this.#i] ?? 0) ? visits.start[this.#firstVisit + place] : undefined;
  }

  eventTime(place: number): number | undefined {
    const { events, people } = this.#columns;
    return place < (people.events[this.#i] ?? 0) ? events.at[this.#firstEvent + place] : undefined;
  }
}

function visitAt({ visits, sources }: ThreadColumns, row: number): WayVisit {
  const start = visits.start[row] ?? 0;
  return {
    at: start,
    seconds: ((visits.end[row] ?? start) - start) / 1000,
    pageViews: visits.views[row] ?? 0,
    sourceKey: sources[visits.source[row] ?? 0] ?? '',
    device: visits.device[row] ?? 0,
  };
}

function touchAt({ touches, sources }: ThreadColumns, row: number): WayTouch {
  const sourceKey = sources[touches.source[row] ?? 0] ?? '';
  const kind = TOUCH_KINDS[touches.kind[row] ?? 0] ?? 'visit';
  const at = touches.at[row] ?? 0;
  return kind === 'visit' ? { at, sourceKey } : { at, sourceKey, kind };
}

function eventAt({ events }: ThreadColumns, row: number): WayEvent {
  const event: WayEvent = {
    ms: events.at[row] ?? 0,
    name: events.names[events.name[row] ?? 0] ?? '',
    ...(events.details?.[row] ?? BARE),
  };
  const visit = events.visit[row] ?? -1;
  if (visit >= 0) event.visit = visit;
  return event;
}
