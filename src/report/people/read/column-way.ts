import type { TouchKind } from '../../../stores/contract.js';
import { BARE, type ThreadColumns, TOUCH_KINDS, take } from '../../../stores/thread-columns.js';
import type { Way, WayEvent, WayTouch, WayVisit } from './way.js';

/** The ways that are in columns, one by one. */
export function* waysIn(columns: ThreadColumns): Generator<Way> {
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

  touchTime(place: number): number | undefined {
    const { touches, people } = this.#columns;
    return place < (people.touches[this.#i] ?? 0) ? touches.at[this.#firstTouch + place] : undefined;
  }

  touchSource(place: number): string {
    const { touches, sources } = this.#columns;
    return sources[touches.source[this.#firstTouch + place] ?? 0] ?? '';
  }

  touchKind(place: number): TouchKind {
    return TOUCH_KINDS[this.#columns.touches.kind[this.#firstTouch + place] ?? 0] ?? 'visit';
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
