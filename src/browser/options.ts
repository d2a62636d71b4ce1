import type { Consent, ParameterUse, Touch } from '../protocol/index.js';
import type { CallOptions, Capture, Collector, ConsentSource, Problem } from './contracts.js';
import type { WithoutConsent } from './gate.js';

/** Fields by name, also of an `interface` or a class; no list, Map or Set, of which JSON would leave nothing. */
type Properties = { [key: string]: unknown } | (object & { readonly [Symbol.iterator]?: never });
type Callback = () => void;
/** As in analytics.js: each call may end with a function, wherever it stands. */
type Rest = [options?: CallOptions | Callback | null, callback?: Callback];
type Maybe<T> = T | null | undefined;
type Id = string | number;

/** Events with known properties, by name; none until `filrouge/events` is imported. Your own go into its `Events`. */
export interface TrackedEvents {
  /** An event needs a name. */
  '': never;
}

type PropertiesOf<Name> = Name extends keyof TrackedEvents ? TrackedEvents[Name] : Properties;
/** Properties may be left out where none is required. */
type TrackArguments<P> =
  Partial<P> extends P ? [properties?: Maybe<P | Callback>, ...rest: Rest] : [properties: P, ...rest: Rest];

/** What `createTracker` takes. */
export interface TrackerOptions {
  /** Where events go; each has its own queue on the device. */
  collectors: Collector[];
  /** What is captured without a call, e.g. `[pages(), links()]`. */
  capture?: Capture[];
  /** A consent platform, or a fixed state. Without it the page calls `consent()`; a grant is then remembered. */
  consent?: ConsentSource | Partial<Consent> | undefined;
  /** What happens while `analytics` is not granted. Default `hold`: wait in memory; a denial drops in any case. */
  withoutConsent?: WithoutConsent | undefined;
  /**
   * What becomes of events that wait when consent is withdrawn: `purge` (default) never sends them, `finish` sends them
   * from memory while the page lives. Nothing stays on the device either way.
   */
  onWithdrawal?: 'purge' | 'finish' | undefined;
  /** Is told the new state of all purposes each time it really changes, here or in another tab. */
  onConsent?: (consent: Consent) => void;
  /**
   * Knows further campaign parameters by lower-cased name, and what may be kept of each: `parameters` from
   * `filrouge/capture/parameters` knows the field's long tail; a function of the site's own may ask it and add to it.
   */
  parameters?: ParameterUse;
  /** Idle minutes that end a session, 1 to 480. Default 30. */
  sessionMinutes?: number | undefined;
  /** Domain of the id cookie; default the widest one that the browser allows. */
  cookieDomain?: string | undefined;
  /** The id for a device that has none yet, e.g. `linker(…).firstId`; asked after consent, once. Default a new one. */
  firstId?: () => string | undefined;
  /** Is told about everything that was dropped or hindered; without it the console is, once per code. */
  onProblem?: (problem: Problem) => void;
}

/** What the device knows about its visitor. Empty before consent. */
export interface Visitor {
  anonymousId?: string | undefined;
  userId?: string | undefined;
  groupId?: string | undefined;
  sessionId?: string | undefined;
  /** How the visitor came in, first time and last time; the whole history is `touches`. Needs `attribution`. */
  first?: Touch | undefined;
  last?: Touch | undefined;
  touches: Touch[];
}

/** The tracker. Calls follow analytics.js; none ever throws into the page. A function as last argument is called back. */
export interface Tracker {
  page(category?: Maybe<string>, name?: Maybe<string>, properties?: Maybe<Properties>, ...rest: Rest): void;
  page(name?: Maybe<string>, properties?: Maybe<Properties>, ...rest: Rest): void;
  page(properties?: Maybe<Properties>, ...rest: Rest): void;
  track<Name extends keyof TrackedEvents | (string & {})>(
    event: Name,
    ...rest: TrackArguments<PropertiesOf<Name>>
  ): void;
  identify(userId?: Maybe<Id>, traits?: Maybe<Properties>, ...rest: Rest): void;
  identify(traits?: Maybe<Properties>, ...rest: Rest): void;
  group(groupId: Id, traits?: Maybe<Properties>, ...rest: Rest): void;
  /** Without `previousId` it is the visitor's id until now. */
  alias(userId: Id, previousId?: Maybe<Id>, ...rest: Rest): void;
  /** Logout: a new anonymous id and session. The queue is kept and sent; the consent belongs to the device and stays. */
  reset(): void;
  /** Sets the state of some purposes; without arguments only reads. Returns the state of all. */
  consent(change?: Partial<Consent>): Consent;
  /** Sends what waits; resolves when it was answered, or a retry was scheduled. */
  flush(): Promise<void>;
  /** Denies everything and removes all that filrouge keeps on this device. */
  forget(): void;
  /** Removes every listener and timer. What waits stays on the device for the next page. */
  stop(): void;
  visitor(): Visitor;
}
