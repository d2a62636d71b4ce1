import type { JsonObject, WireEvent } from '../protocol/index.js';
import { compareTexts } from './compare-texts.js';
import type { SourceFacts, Thread, ThreadEvent, ThreadPart, ThreadQuery, ThreadVisit } from './contract.js';
import { objectOf, textOf } from './loose.js';
import { ORDER } from './order.js';
import { isBlockedId } from './persons/blocked.js';
import { isWithin } from './range.js';
import { compareRows, compareTouches, pathTouch, type Session } from './sessions.js';
import { type EventRow, isInteractive, type Stamped } from './stamp/stamp.js';
import { textNumber } from './text-number.js';
import { BARE } from './thread-columns.js';
import { foldEvents } from './thread-firsts.js';
import { type ToldTouch, toldTouches } from './told-touches.js';

/** What threads are made of: all events that count, their sessions, and who is who. */
export interface ThreadMaterial {
  events: readonly Stamped[];
  sessions: readonly Session[];
  personOf: (row: EventRow) => string;
  facts: ReadonlyMap<string, SourceFacts>;
}

/** The threads of everybody with an event in the range; see the contract. Ordered by the number of the person's key. */
export function* threadsOf(query: ThreadQuery, material: ThreadMaterial): Generator<Thread> {
  const isAsked = ({ present, asked }: Gathered) => (query.only === 'asked' ? asked.length > 0 : present);
  const persons = [...gather(query, material).values()].filter(isAsked);
  for (const person of persons.sort((a, b) => a.no - b.no)) {
    const thread = describe(query, person);
    if (!query.without?.includes('facts')) yield thread;
    else if (thread.visits.length + thread.touches.length + thread.events.length) {
      const { visits, touches, events } = thread;
      yield { person: '', identified: false, firstSeen: NEVER, lastSeen: NEVER, visits, touches, events };
    }
  }
}

const NEVER = new Date(0).toISOString();

interface Gathered {
  key: string;
  no: number;
  first: number;
  last: number;
  firstOrdered?: number;
  /** Did anything in the range. */
  present: boolean;
  sessions: Session[];
  asked: Stamped[];
  told: ToldTouch[];
}

function gather(query: ThreadQuery, { events, sessions, personOf, facts }: ThreadMaterial): Map<string, Gathered> {
  const persons = new Map<string, Gathered>();
  const asked = new Set(query.events);
  const earlier = earlierOrders(query, events);
  const get = (key: string, at: number): Gathered => {
    let found = persons.get(key);
    if (!found) {
      found = { key, no: textNumber(key), first: at, last: at, present: false, sessions: [], asked: [], told: [] };
      persons.set(key, found);
    }
    return found;
  };
  for (const event of events) {
    const { row } = event;
    const person = get(personOf(row), row.at);
    person.first = Math.min(person.first, row.at);
    person.last = Math.max(person.last, row.at);
    if (row.event === ORDER) person.firstOrdered = Math.min(person.firstOrdered ?? row.at, row.at);
    if (!isWithin(query, row.at)) continue;
    person.present = true;
    const isRepeat = row.event === query.goal && row.orderId !== null && earlier.has(row.orderId);
    if (row.event !== null && asked.has(row.event) && !isRepeat) person.asked.push(event);
  }
  for (const session of sessions) {
    if (!isWithin(query, session.start)) continue;
    const person = get(session.person, session.start);
    person.present = true;
    person.sessions.push(session);
  }
  const rows = events.map(({ row }) => row).filter(({ at }) => isWithin(query, at));
  const visits = [...persons.values()].flatMap((person) => person.sessions);
  for (const touch of toldTouches(rows, visits, { personOf, facts })) get(touch.person, touch.at).told.push(touch);
  return persons;
}

/** Ids of the orders that are from before the range. */
function earlierOrders({ goal, from }: ThreadQuery, events: readonly Stamped[]): Set<string | null> {
  const begins = from === undefined ? -Infinity : Date.parse(from);
  return new Set(
    events
      .filter(({ row }) => goal !== undefined && row.event === goal && row.at < begins)
      .map(({ row }) => row.orderId),
  );
}

function describe(query: ThreadQuery, { key, first, last, firstOrdered, sessions, asked, told }: Gathered): Thread {
  const has = (part: ThreadPart): boolean => !query.without?.includes(part);
  const isBrief = query.bare === true && !has('visit-details');
  const visits = sessions.map((session) => ({ session, visit: visitOf(session, isBrief) }));
  visits.sort((a, b) => compareVisits(a.visit, b.visit));
  const visitNo = new Map(visits.flatMap(({ session }, i) => session.events.map((row) => [row, i] as const)));
  const touches = [...sessions.flatMap((session) => session.touches).filter(({ at }) => isWithin(query, at)), ...told];
  return {
    person: has('names') ? key.slice(1) : '',
    identified: isIdentified(key),
    firstSeen: new Date(first).toISOString(),
    lastSeen: new Date(last).toISOString(),
    ...(firstOrdered !== undefined && { firstOrdered: new Date(firstOrdered).toISOString() }),
    visits: has('visits') ? visits.map(({ visit }) => visit) : [],
    touches: has('touches') ? touches.sort(compareTouches).map(pathTouch) : [],
    events: query.bare
      ? foldEvents(query, asked, has('visits') ? sessions.map(({ start }) => start) : [])
          .map(({ row }) => bareEvent(row))
          .sort(compareBare)
      : asked
          .sort((a, b) => compareRows(a.row, b.row))
          .map(({ row, wire }) => fullEvent(row, { wire, visit: has('visits') ? visitNo.get(row) : undefined })),
  };
}

function visitOf({ start, end, events, source }: Session, isBrief: boolean): ThreadVisit {
  const at = new Date(start).toISOString();
  if (isBrief) return { at, seconds: 0, pageViews: 0, sourceKey: source, device: 0 };
  return {
    at,
    seconds: (end - start) / 1000,
    pageViews: events.filter(({ pageView }) => pageView).length,
    sourceKey: source,
    device: events[0]?.deviceNo ?? 0,
  };
}

function fullEvent(row: EventRow, { wire, visit }: { wire: WireEvent; visit: number | undefined }): ThreadEvent {
  const { at, name } = bareEvent(row);
  return { at, name, ...eventDetails(wire, row.messageId), ...(visit === undefined ? {} : { visit }) };
}

function bareEvent({ at, event }: EventRow): ThreadEvent {
  return { at: new Date(at).toISOString(), name: event ?? '', ...BARE };
}

function compareBare(a: ThreadEvent, b: ThreadEvent): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  return compareTexts(a.name, b.name);
}

/** The order of a person's visits: those of the same millisecond are told apart by all that they have. */
function compareVisits(a: ThreadVisit, b: ThreadVisit): number {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.sourceKey !== b.sourceKey) return a.sourceKey < b.sourceKey ? -1 : 1;
  return a.device - b.device || a.seconds - b.seconds || a.pageViews - b.pageViews;
}

/** True for the key of a person who is known by a user id. */
function isIdentified(key: string): boolean {
  return key.startsWith('u') && !isBlockedId(key.slice(1));
}

/** What a thread has of an event besides its time and name. */
export function eventDetails(wire: WireEvent, messageId: string): Omit<ThreadEvent, 'at' | 'name' | 'visit'> {
  const channel = channelText(wire);
  return {
    messageId,
    properties: (objectOf(wire.properties) ?? {}) as JsonObject,
    ...(channel === null ? {} : { channel }),
    ...(isInteractive(wire) && { interactive: true as const }),
  };
}

/** `context.channel`: text, or an object with a name. */
function channelText({ context }: WireEvent): string | null {
  const channel: unknown = objectOf(context)?.channel;
  return textOf(objectOf(channel)?.name) ?? textOf(channel);
}
