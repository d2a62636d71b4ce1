import type { EventType, Purpose, WireEvent } from '../protocol/index.js';
import type { TimeRange } from './contract.js';
import type { EventRow } from './stamp/stamp.js';

/** Which stored events to read. */
export interface EventQuery extends TimeRange {
  limit?: number;
  /** Only what arrived after the event with this messageId; nothing where there is no such event. */
  after?: string;
  /** Only events with these messageIds. */
  messageIds?: readonly string[];
  type?: EventType;
  /** Only track calls of this name. */
  event?: string;
  /** Only events of these devices. */
  anonymousIds?: readonly string[];
  /** Only events that name one of these users. */
  userIds?: readonly string[];
  /** No track calls of these names. */
  exceptEvents?: readonly string[];
}

/** True for a row of the kind, name and ids that a query asks for. */
export function isAsked(
  { type, event, messageIds, anonymousIds, userIds, exceptEvents = [] }: EventQuery,
  row: Pick<EventRow, 'messageId' | 'type' | 'event' | 'anonymousId' | 'userId'>,
): boolean {
  if (messageIds && !messageIds.includes(row.messageId)) return false;
  if (type !== undefined && row.type !== type) return false;
  if (event !== undefined && row.event !== event) return false;
  if (anonymousIds && !(row.anonymousId !== null && anonymousIds.includes(row.anonymousId))) return false;
  if (userIds && !(row.userId !== null && userIds.includes(row.userId))) return false;
  return row.event === null || !exceptEvents.includes(row.event);
}

/** What is to become of stored events; events that are not there are passed over. */
export interface Revision {
  /** messageIds of events that go. */
  removed: readonly string[];
  /** Events as the client would have sent them (its own timestamp), in place of those with the same messageId. */
  replaced: readonly WireEvent[];
}

/** What a person asked for as to the processing of their data. */
export interface Standing {
  /** When it was last changed, ISO 8601. */
  at: string;
  restricted: boolean;
  objected: readonly Purpose[];
}

/** The part of a store that takes events out without erasing anybody, and knows what people asked for. */
export interface Revisable {
  /**
   * Takes events out, or puts in their place what is left of them; their old bytes leave the engine's files and identities
   * are computed again. Leaves no suppression. Resolves with the number of events that were there. The caller revises the
   * log as well, or a rebuilt store would have them again.
   */
  revise(revision: Revision): Promise<number>;
  /** HMAC of an identifier -> what its owner asked for; of all who asked for something that still stands. */
  standings(): Promise<Map<string, Standing>>;
}
