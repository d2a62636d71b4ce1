import type { IngestLog, LogRecord } from '../log/contract.js';
import { decodeRecord, encodeRecord } from '../log/record.js';
import type { WireEvent } from '../protocol/index.js';
import type { Erased, Person, Store } from '../stores/contract.js';
import type { Applier } from './apply.js';
import type { Suppression } from './suppression.js';

/** What an erasure removed. */
export interface ErasureReport {
  identifiers: Erased['identifiers'];
  /** Events removed from the store. */
  events: number;
  /** Records of the log that were rewritten or dropped. */
  logRecords: number;
}

export interface ErasureParts {
  log: IngestLog;
  store: Store;
  applier: Applier;
  suppression: Suppression;
}

const encoder = new TextEncoder();

/**
 * Erases a person from the store and from the log, and closes the door to what may still be on its way. Undefined when
 * nobody is known by that identifier.
 *
 * The order makes a crash harmless: the log is cleaned before the store forgets, so that the same call, made again, still
 * finds the person and finishes the work.
 */
export function erasePerson(parts: ErasureParts, identifier: string, at: string): Promise<ErasureReport | undefined> {
  const { log, store, applier, suppression } = parts;
  return applier.exclusively(async () => {
    const person = await store.person(identifier);
    if (!person) return undefined;
    const values = person.identifiers.map(({ value }) => value);
    const identifiers = suppression.close(values, at);
    await log.append(encodeRecord({ kind: 'suppress', at, identifiers }));
    const isTheirs = ownership(person, at);
    const logRecords = await log.rewrite((record) => withoutEvents(record, isTheirs));
    const erased = await store.erase(identifier, at);
    return {
      identifiers: erased?.identifiers ?? person.identifiers.map(({ type, value }) => ({ type, value })),
      events: erased?.messageIds.length ?? person.timeline.length,
      logRecords,
    };
  });
}

type Ownership = (event: WireEvent, skewMs: number) => boolean;

/** By id for what the store knows, by identifier for what it refused or has not seen (duplicates, late arrivals). */
function ownership(person: Person, at: string): Ownership {
  const messageIds = new Set(person.timeline.map(({ messageId }) => messageId));
  const ids = { userId: new Set<string>(), anonymousId: new Set<string>() };
  for (const { type, value } of person.identifiers) ids[type].add(value);
  const untilMs = Date.parse(at);
  return ({ messageId, userId, anonymousId, previousId, timestamp }, skewMs) => {
    if (messageIds.has(messageId)) return true;
    if (Date.parse(timestamp) + skewMs > untilMs) return false;
    // A known user's device may have been shared: what another user did on it is not this person's.
    if (userId !== undefined && ids.userId.size > 0 && !ids.userId.has(userId)) return ids.userId.has(previousId ?? '');
    return ids.userId.has(userId ?? '') || ids.anonymousId.has(anonymousId ?? '') || ids.userId.has(previousId ?? '');
  };
}

/** The record without a person's events: the same bytes when it has none, undefined when it has no others. */
function withoutEvents(record: LogRecord, isTheirs: Ownership): Uint8Array | undefined {
  const { meta, events } = decodeRecord(record.bytes);
  if (meta.kind !== 'batch') return record.bytes;
  const others = events.filter((event) => !isTheirs(event, meta.skewMs));
  if (others.length === events.length) return record.bytes;
  return others.length ? encodeRecord(meta, encoder.encode(JSON.stringify(others))) : undefined;
}
