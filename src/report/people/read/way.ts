import type {
  PathTouch,
  Store,
  Thread,
  ThreadEvent,
  ThreadQuery,
  ThreadVisit,
  TouchKind,
} from '../../../stores/contract.js';
import { isoMs } from '../../../stores/iso-times.js';
import { waysIn } from './column-way.js';

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
  /** When the visit, event or touch at a place was; undefined behind the last. */
  visitTime(place: number): number | undefined;
  eventTime(place: number): number | undefined;
  touchTime(place: number): number | undefined;
  /** What else a touch has; of one behind the last nothing that means anything. */
  touchSource(place: number): string;
  touchKind(place: number): TouchKind;
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
  const touches = thread.touches.map((touch): WayTouch => ({ ...touch, at: isoMs(touch.at) }));
  const events = thread.events.map(({ at, ...event }): WayEvent => ({ ...event, ms: isoMs(at) }));
  return {
    identified,
    firstSeen: isoMs(firstSeen),
    lastSeen: isoMs(lastSeen),
    firstOrdered: firstOrdered === undefined ? undefined : isoMs(firstOrdered),
    visits,
    touches,
    events,
    visitTimes: () => visits.map(({ at }) => at),
    timesOf: (named) => events.filter(({ name }) => name === named).map(({ ms }) => ms),
    visitFrom: (least, place) => placeOf(visits, place, ({ at }) => at >= least),
    eventFrom: (named, least, place) => placeOf(events, place, ({ name, ms }) => name === named && ms >= least),
    visitTime: (place) => visits[place]?.at,
    eventTime: (place) => events[place]?.ms,
    touchTime: (place) => touches[place]?.at,
    touchSource: (place) => touches[place]?.sourceKey ?? '',
    touchKind: (place) => touches[place]?.kind ?? 'visit',
  };
}

function placeOf<T>(list: readonly T[], from: number, holds: (one: T) => boolean): number {
  const found = list.slice(from).findIndex(holds);
  return found < 0 ? list.length : from + found;
}
