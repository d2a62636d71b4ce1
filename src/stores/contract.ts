import type { LogRecord } from '../log/contract.js';
import type { LogPlaces } from '../log/places.js';
import type { JsonObject, WireEvent } from '../protocol/index.js';
import type { ConsentAccount, ConsentQuery } from './consent.js';
import type { Applied, AppliedFrom, AppliedMost, ChangeCounts } from './contract/applied.js';
import type { KnownQuery } from './contract/known.js';
import type { KpiRow } from './contract/kpis.js';
import type { Erased, IdentityProblems, Person } from './contract/persons.js';
import type { DeliveryQuery, DeliveryRow } from './delivery.js';
import type { EventQuery, Revisable } from './revision.js';
import type { ThreadColumns } from './thread-columns.js';
import type { StoreState } from './unavailable.js';

export type * from './contract/applied.js';
export type * from './contract/known.js';
export type * from './contract/kpis.js';
export type * from './contract/persons.js';

/** What a store keeps of an event: the wire event with corrected time, the client's own time, and arrival. */
export interface StoredEvent extends WireEvent {
  /** When it happened, corrected for clock skew, ISO 8601 in UTC. */
  timestamp: string;
  /** When it happened by the client's clock: immutable, part of deduplication. */
  originalTimestamp: string;
  receivedAt: string;
}

/** A half-open span of event time, ISO 8601 in UTC: from <= timestamp < to. Absent = unbounded. */
export interface TimeRange {
  from?: string;
  to?: string;
}

/**
 * Where a session or touch came from: the facts a channel rule needs, not the channel. Equal facts have equal `key`.
 * Values are as received; absent facts are absent.
 */
export interface SourceFacts {
  key: string;
  source?: string;
  medium?: string;
  campaign?: string;
  campaignId?: string;
  term?: string;
  content?: string;
  /** Names of the click-id parameters that were present, sorted, e.g. `['gclid']`. */
  clickIds?: string[];
  /** The foreign page's host, or an app scheme such as `android-app://com.google.android.gm`. Own hosts are absent. */
  referrer?: string;
  /** The channel that the event itself states, e.g. `store`, `phone`: `context.channel`, or what its name implies. */
  context?: string;
}

/** What to count. Automated traffic (bots) is left out unless asked for. */
export interface ReportQuery extends TimeRange, KnownQuery {
  /** The event that counts as a conversion, e.g. `Order Completed`. */
  goal: string;
  /** Include events marked as automated. */
  bots?: boolean;
  /** IANA time zone in which days begin; default UTC. */
  timezone?: string;
}

export interface KpiQuery extends ReportQuery {
  /** How to group: one row per day, per label, per day and label, or one row in all. */
  by: 'day' | 'label' | 'day-label' | 'total';
  /** Label of each `SourceFacts.key` (a channel, a source, a campaign); a key that is missing has the label ''. */
  labels?: ReadonlyMap<string, string>;
  /** Tell what conversions brought apart by currency, in `KpiRow.amounts`. */
  amounts?: boolean;
  /** One more row at the end, with neither day nor label: all of it. Not where there is one row in all anyway. */
  total?: boolean;
}

/**
 * One touch on a path. Each session of the person, on any of their devices, gives one at its start (direct, unless there
 * is evidence from the start), and one for each further source that it names later. Events outside of sessions are touches
 * by the table of stamp/touch-events.ts: clicks that another system reports, views, contacts. The same source of one person
 * within 30 minutes is one touch, the visit's where there is one (told-touches.ts).
 */
export interface PathTouch {
  /** ISO 8601, when the visitor landed; never before the session's first event. */
  at: string;
  /** Names the facts, see `sources()`. */
  sourceKey: string;
  /** Absent = `visit`. */
  kind?: TouchKind;
}

/**
 * What kind of touch: `visit` the start of a session or a further source in it; `click` a click that another system reports
 * (e-mail, SMS, push, a signed link); `view` an opened e-mail or a seen advertisement; `contact` one outside the web (a
 * call, a shop, a chat).
 */
export type TouchKind = 'visit' | 'click' | 'view' | 'contact';

/** One conversion and the touches that led to it, oldest first, none after the conversion. */
export interface Journey {
  person: string;
  messageId: string;
  at: string;
  orderId?: string;
  /** In `currency`; 0 where the event has no amount. */
  value: number;
  currency?: string;
  touches: PathTouch[];
}

export interface JourneyQuery extends ReportQuery {
  /** Touches older than this before the conversion are left out. */
  lookbackDays: number;
  /** Which kinds count; default all but `view`. */
  kinds?: readonly TouchKind[];
  /** The lookback of views, which are forgotten sooner; default 1 day. */
  viewLookbackDays?: number;
}

/**
 * All persons and what each did in the range, for every figure that needs whole people and not sums. A thread is there for
 * everybody with an event in the range, whatever its kind.
 */
export interface ThreadQuery extends TimeRange, KnownQuery {
  /** Names of the events to return one by one with their properties, e.g. `['Order Completed', 'Order Refunded']`. */
  events: readonly string[];
  /** One of `events` that counts once per order id, as in `KpiRow`: repeats of orders from before the range are left out. */
  goal?: string;
  /** Include events marked as automated. */
  bots?: boolean;
  /** `asked`: only people whose thread has one of `events`. Few of many visitors buy, so that is much quicker. */
  only?: 'asked' | undefined;
  /** Events have a time and a name alone, `messageId` and `properties` are empty; those of one time come by name. */
  bare?: boolean | undefined;
  /**
   * With `bare`: names among `events`, not the goal, of which a repeat is left out when it follows the first one of the same
   * device and user in a quarter of an hour, and nothing else that was asked for came between; see thread-firsts.ts.
   */
  firsts?: readonly string[] | undefined;
  /** What is not looked at and stays empty, which is quicker. */
  without?: readonly ThreadPart[] | undefined;
}

/**
 * A part of threads that can be left out: `names` is `person`; `visits` are also those of events; `facts` are `identified`
 * (false then), the times of the first and last event (1970 then) and order, and the name. People of whom nothing is left
 * without their facts are left out. `visit-details` are, with `bare`, what visits have but for `at` and `sourceKey` (0 then).
 */
export type ThreadPart = 'names' | 'facts' | 'visits' | 'visit-details' | 'touches';

/** One session as a report sees it; times ISO 8601 in UTC. */
export interface ThreadVisit {
  at: string;
  /** (last - first event), seconds. */
  seconds: number;
  pageViews: number;
  sourceKey: string;
  /** Numbers the device: the same in all answers, nothing else can be read from it. */
  device: number;
}

/** One event that `ThreadQuery.events` asked for. */
export interface ThreadEvent {
  messageId: string;
  at: string;
  name: string;
  properties: JsonObject;
  /** `context.channel` as text (`store`), or its `name` where it is an object. */
  channel?: string;
  /** From a page or an app's screen, as events of sessions are. */
  interactive?: true;
  /** Position in `Thread.visits` of the session that it happened in; absent outside of sessions. */
  visit?: number;
}

/**
 * One person's way, oldest first. `touches` are those of visits and all others, of every kind. `visits` are the sessions that
 * start in the range, as in `KpiRow`; what happened in the range of one that began before has no `visit`.
 */
export interface Thread {
  person: string;
  /** A user id is known, not only a device. */
  identified: boolean;
  /** Of all events ever, also before and after the range (automated ones only where they were asked for). */
  firstSeen: string;
  lastSeen: string;
  /** The first `Order Completed` of all events ever; absent where there is none. */
  firstOrdered?: string;
  visits: ThreadVisit[];
  touches: PathTouch[];
  events: ThreadEvent[];
}

/**
 * An engine that keeps events and answers reports. `append` takes log records as they are, so that an engine may decode
 * them where it likes. All engines answer alike; `test/contract/stores.ts` is the measure.
 */
export interface Store extends Revisable, Partial<ChangeCounts> {
  /** The log position up to which everything is applied; 0 when empty. Written in one transaction with the events. */
  position(): Promise<number>;
  /** Applies records in order. Applying a record twice changes nothing. */
  append(records: readonly LogRecord[]): Promise<Applied>;
  /** Applies the records that lie in these places, as `append`. Absent where that is no gain. */
  appendFrom?(places: LogPlaces, most: AppliedMost): Promise<AppliedFrom>;
  /** Stored events, oldest arrival first. */
  events(query?: EventQuery): AsyncIterable<StoredEvent>;
  /** The person behind any of their identifiers. */
  person(identifier: string, known?: KnownQuery): Promise<Person | undefined>;
  /**
   * Removes a person: events, identities, and their bytes from the engine's files; remembers HMACs of the identifiers so
   * that events up to `at` are not taken again: those of the user ids, and of devices that are the person's alone when
   * no user is named. For the id of a device that several users share, it removes what happened there without a login.
   */
  erase(identifier: string, at: string): Promise<Erased | undefined>;
  /** HMAC of each erased identifier -> time of erasure; the receiver refuses older events of these at the door. */
  suppressions(): Promise<Map<string, string>>;
  /** Identifiers that were kept apart, sorted. */
  identityProblems(): Promise<IdentityProblems>;
  /**
   * The distinct sources that interactive events and touches in the range name, and direct: all that sessions and touches
   * in it can have. Sorted by key.
   */
  sources(query: ReportQuery): Promise<SourceFacts[]>;
  /** All sources that anything ever named, in any order: more than `sources`, and without looking at events. */
  everySource?(): Promise<SourceFacts[]>;
  kpis(query: KpiQuery): Promise<KpiRow[]>;
  /** Journeys of the goal's conversions in the range; touches may lie before it, within the lookback. */
  journeys(query: JourneyQuery): AsyncIterable<Journey>;
  /**
   * Everybody's thread, each person once, in the same order on every engine; read in chunks, so that millions fit. What is
   * appended meanwhile may or may not be in threads that were not yet read.
   */
  threads(query: ThreadQuery): AsyncIterable<Thread>;
  /** The same threads in columns, for those who read millions; absent where an engine has none. */
  threadColumns?(query: ThreadQuery): AsyncIterable<ThreadColumns>;
  /** What became of the events that browsers numbered. Automated traffic is included: it is no question of who it was. */
  delivery(query: DeliveryQuery): Promise<DeliveryRow[]>;
  /** What everybody's choices were, and which stored events came before one. Automated traffic is included. */
  consent(query: ConsentQuery): Promise<ConsentAccount>;
  /**
   * Has `answerBeside(store, question)` of a module run where the engine works, so that what it reads of the store need not
   * come here, nor hold up who is here. Question and answer are copied. Absent where the engine works in the caller's process.
   */
  beside?(module: URL, question: unknown): Promise<unknown>;
  /** `pepperCheck` (suppress.ts) of its pepper; absent where that was made up and nobody else can have it. */
  pepperCheck?: string;
  /** Whether it can be asked; absent where nothing can happen to it that does not happen to its caller. */
  state?(): StoreState;
  close(): Promise<void>;
}
