import type { JsonObject, ReasonCode, WireEvent } from '../../protocol/index.js';
import type { Checked } from '../check/validate.js';
import { errorFacts, type Logger } from '../logger.js';
import type { RawRequest, Refusal } from '../request.js';
import type { IngestParts } from './parts.js';
import { take } from './take.js';

/** What is known of the request that brought events through a door. */
export interface DoorVisit {
  /** The visitor's own browser; leave it out where a service calls on the visitor's behalf. */
  userAgent?: string | undefined;
  /** The visitor's browser says Global Privacy Control. */
  gpc?: boolean;
}

/** What came of events that a door handed in. */
export interface DoorTaken {
  accepted: number;
  rejected: Checked['rejected'];
}

/**
 * Takes events of a door as the ingest route takes those of a secret key: the same checks, the same consent, the same log.
 * Resolves once they are on disk; a refusal means that nothing of the last piece is, and that the caller should send all
 * of it again (their message ids make that harmless).
 */
export type Accept = (events: readonly WireEvent[], visit?: DoorVisit) => Promise<DoorTaken | Refusal>;

/** What a receiver lends to its doors. */
export interface DoorTools {
  accept: Accept;
  /** Lets a request with the admin key pass (undefined), else the answer that refuses it. */
  guard(request: Request): Promise<Response | undefined>;
  /** Whether the request has a secret key, as Basic user name (Segment's clients) or Bearer token. */
  isTrusted(request: Request): boolean;
  /** Counts a request that was refused as a whole. */
  refused(code: ReasonCode): void;
  logger: Logger;
  now(): number;
  newId(): string;
}

/** Another way in: answers the requests of its own paths, undefined for all others. */
export type Door = (request: Request, tools: DoorTools) => Promise<Response | undefined>;

/** One log record: small enough for the applier to take it as one of many. */
const EVENTS_PER_RECORD = 500;
const encoder = new TextEncoder();

/** The `accept` of an ingest path. Never rejects. */
export function createAccept(parts: IngestParts): Accept {
  return async (events, visit = {}) => {
    const all: DoorTaken = { accepted: 0, rejected: [] };
    for (let start = 0; start < events.length; start += EVENTS_PER_RECORD) {
      const obstacle = parts.obstacle();
      if (obstacle) return { code: obstacle };
      const taken = take(parts, requestOf(visit), 'batch', sentBy(events.slice(start, start + EVENTS_PER_RECORD)));
      try {
        if (taken.record) await parts.log.append(...taken.record);
      } catch (error) {
        parts.logger.error('log-failed', errorFacts(error));
        return { code: 'storage-unavailable' };
      }
      parts.metrics.accepted(taken.accepted);
      for (const { code } of taken.rejected) parts.metrics.rejected(code, 'event');
      all.accepted += taken.accepted;
      all.rejected.push(...taken.rejected.map((one) => ({ ...one, index: one.index + start })));
    }
    return all;
  };
}

function sentBy(events: readonly WireEvent[]): Parameters<typeof take>[3] {
  const text = JSON.stringify(events);
  // From the text again: checks and consent change events in place, and these belong to the door.
  const copies = JSON.parse(text) as JsonObject[];
  const parsed = { events: copies, sentAt: undefined, writeKey: undefined, context: undefined, hasExtras: false };
  return { body: encoder.encode(text), parsed, key: 'secret' };
}

function requestOf({ userAgent, gpc }: DoorVisit): RawRequest {
  const headers: { [name: string]: string | undefined } = { 'user-agent': userAgent, 'sec-gpc': gpc ? '1' : undefined };
  return { method: 'POST', target: '/v1/batch', header: (name) => headers[name], body: new Uint8Array() };
}
