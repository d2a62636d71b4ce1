import type { ConsentProof, WireConsent } from './consent.js';
import type { JsonObject } from './json.js';

/** The six calls of the Segment HTTP tracking spec. */
export type EventType = 'track' | 'page' | 'screen' | 'identify' | 'group' | 'alias';

/** `context.page` of the Segment spec, frozen when the call is made. `url` has campaign parameters stripped. */
export interface PageContext {
  url?: string;
  path?: string;
  search?: string;
  title?: string;
  referrer?: string;
}

/**
 * `context.campaign` of the Segment spec: `utm_campaign` becomes `name`, every other `utm_x` becomes `x`
 * (`source`, `medium`, `term`, `content`, `id`, `source_platform`, `creative_format`, `marketing_tactic`).
 */
export interface Campaign {
  name?: string;
  source?: string;
  medium?: string;
  term?: string;
  content?: string;
  id?: string;
  [suffix: string]: string | undefined;
}

/** A marketing touch: how the visitor came in, frozen at the moment of landing. */
export interface Touch {
  /** When the visitor landed, ISO 8601. Stays the original time even when consent came later. */
  at: string;
  /** Campaign values read from the landing URL. */
  campaign?: Campaign | undefined;
  /** Click ids by parameter name, e.g. `{ gclid: '…' }`; values keep their case. */
  clickIds?: { [parameter: string]: string } | undefined;
  /** The foreign page that led here: origin and path, never a query. */
  referrer?: string | undefined;
  /** The page landed on, campaign parameters stripped. */
  landing?: string;
  /** Read from the address of the page before this one on the same site, because consent came after the landing page. */
  late?: true | undefined;
}

/** Everything filrouge adds to the Segment spec lives here, in `context.filrouge`. */
export interface FilrougeContext {
  /** Version of this block. */
  v: 1;
  /** The session at capture time (never at send time), shared by all tabs of the site. */
  session?: { id: string; start: string };
  /**
   * Numbers events so that the receiver can see a loss: `lane` is one page load, `n` counts 1, 2, 3 … in it,
   * `last` names the lane written before this one and how far it had counted.
   */
  sequence?: { lane: string; n: number; last?: { lane: string; n: number } | undefined };
  /** One id per page view, so that engagement joins its page. */
  pageView?: string;
  /** How the page came to be shown: the browser's own word for a load (Navigation Timing), else ours. */
  navigation?: 'navigate' | 'reload' | 'back_forward' | 'prerender' | 'spa' | 'bfcache';
  /** Made by a machine (a prefetch, a link scanner, a mail proxy), as whoever recorded the event could tell. */
  automated?: boolean;
  /** On the first event after a choice: where the choice comes from. A receiver turns it into an entry of its ledger. */
  consent?: ConsentProof;
  /** The latest touch of this visitor; needs the purpose `attribution`. */
  touch?: Touch;
  /** The first touch of this visitor; needs the purpose `attribution`. */
  first?: Touch;
  /** alias with the secret key: takes back that the two ids are one person. */
  undo?: boolean;
}

/** `context` of the Segment spec, the parts filrouge reads or writes; other keys pass through untouched. */
export interface EventContext {
  page?: PageContext;
  campaign?: Campaign;
  consent?: WireConsent;
  library?: { name: string; version: string };
  locale?: string;
  timezone?: string;
  userAgent?: string;
  channel?: string;
  screen?: { width?: number; height?: number; density?: number };
  /** Further identifiers, as Segment has them: `{ id, type: 'loyalty_id' }`; stores/persons/identifiers.ts has the types. */
  externalIds?: { id: string; type: string; collection?: string; encoding?: string }[];
  filrouge?: FilrougeContext;
}

/** One event on the wire, as the Segment HTTP tracking spec has it. */
export interface WireEvent {
  type: EventType;
  /** Unique and unchanged on every retry; the key of deduplication. A UUIDv7 when the SDK made it. */
  messageId: string;
  /** When it happened by the client's clock, ISO 8601. Unchanged on every retry. */
  timestamp: string;
  anonymousId?: string;
  userId?: string;
  /** track: the name of the event. */
  event?: string;
  /** page, screen: the name and category of the page. */
  name?: string;
  category?: string;
  properties?: JsonObject;
  /** identify, group. */
  traits?: JsonObject;
  /** group. */
  groupId?: string;
  /** alias: the id that `userId` replaces. */
  previousId?: string;
  integrations?: JsonObject;
  context?: EventContext;
}
