import type { JsonObject } from '../../protocol/index.js';
import type { StoredEvent } from '../contract.js';

/**
 * A type of identifier that can join events to a person. `email_hash` and `phone_hash` are keyed hashes made by
 * persons/identifiers.ts, never the address or number itself.
 */
export type IdentifierType =
  | 'userId'
  | 'crm_id'
  | 'loyalty_id'
  | 'email_hash'
  | 'phone_hash'
  | 'anonymousId'
  | 'device_id'
  | 'android.id'
  | 'android.idfa'
  | 'ios.id'
  | 'ios.idfa'
  | 'ga_client_id';

/**
 * One person as known now. A person is `userId` where known (after aliases of the secret key), else the user whose time
 * the device was, else the anonymous device; persons/resolve.ts has the rules. Which user was on a device when is decided from
 * all events, so that the order of arrival does not matter.
 */
export interface Person {
  /** The canonical key. */
  person: string;
  identifiers: { type: IdentifierType; value: string; firstSeen: string; lastSeen: string }[];
  /** Why these identifiers are one person, or were said not to be: the merge log, in order of `firstSeen`. */
  edges: PersonEdge[];
  /** Traits of identify calls, the latest value of each key. */
  traits: JsonObject;
  /** The events of this person, oldest first. */
  timeline: StoredEvent[];
}

/**
 * One reason in a person's merge log. `seen`: a device, address or number with a user (who share it if there are several);
 * `tie`: two identifiers that have one owner each, e.g. a user and a loyalty card; `companion`: two of which none is a
 * user's; `alias` and `undo`: what the secret key stated.
 */
export interface PersonEdge {
  kind: 'seen' | 'tie' | 'companion' | 'alias' | 'undo';
  between: [Identifier, Identifier];
  firstSeen: string;
  lastSeen: string;
  /** How many events say so, and the first of them. */
  events: number;
  messageId: string;
}

/** An identifier and its type. */
export interface Identifier {
  type: IdentifierType;
  value: string;
}

/** What the stitching rules kept apart; for somebody to look at. */
export interface IdentityProblems {
  /** Two that came together but would put two values of `type` into one person, e.g. one card of two customers. */
  conflicts: { between: [Identifier, Identifier]; type: IdentifierType; at: string }[];
  /** How many events had a value that stands for nobody (`null`, `0`, `guest`), by type. */
  blocked: { type: IdentifierType; events: number }[];
  /** Identifiers that met more than ten others in 30 days, and therefore link nobody: kiosks, test accounts. */
  shared: Identifier[];
}

/** What was erased. */
export interface Erased {
  person: string;
  identifiers: { type: IdentifierType; value: string }[];
  messageIds: string[];
  /** HMACs of the identifiers, for the log's suppress record (so that a rebuilt store knows them too). */
  hashes: string[];
}
