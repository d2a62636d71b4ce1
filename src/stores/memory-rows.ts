import type { LogRecord } from '../log/contract.js';
import { decodeRecord } from '../log/record.js';
import type { WireEvent } from '../protocol/index.js';
import type { Applied, SourceFacts } from './contract.js';
import { type DeliveryQuery, type DeliveryRow, leaveLane } from './delivery.js';
import { openDeliveryBook } from './delivery-book.js';
import { principalOf } from './persons/erasure.js';
import type { HashOptions } from './persons/identifiers.js';
import type { Revision, Standing } from './revision.js';
import { DIRECT } from './stamp/source.js';
import { createStamper, metaOf, type Stamped } from './stamp/stamp.js';
import { applyStanding } from './standing.js';
import { hashIdentifier } from './suppress.js';

/** What the reference engine holds, and all that changes it. Whoever reads it must not. */
export interface MemoryRows {
  /** The stored events in order of arrival. */
  events(): readonly Stamped[];
  /** By their keys, also those that no event names any more. */
  facts: ReadonlyMap<string, SourceFacts>;
  /** HMAC of each erased identifier -> until when its events are not taken. */
  suppressed: ReadonlyMap<string, string>;
  standings: ReadonlyMap<string, Standing>;
  /** The log position up to which everything is applied. */
  position(): number;
  /** Applies records in order; those that were applied before change nothing. */
  append(records: readonly LogRecord[]): Applied;
  /** Removes these events; events of these HMACs up to `at` are not taken again. */
  erase(messageIds: ReadonlySet<string>, hashes: readonly string[], at: string): void;
  /** How many stored events were meant. */
  revise(revision: Revision): number;
  delivery(query: DeliveryQuery): DeliveryRow[];
}

/** Empty rows. Identifiers are hashed with the pepper of `hashing`. */
export function createMemoryRows(hashing: HashOptions): MemoryRows {
  const stamp = createStamper(hashing);
  const facts = new Map<string, SourceFacts>([[DIRECT, { key: DIRECT }]]);
  const suppressed = new Map<string, string>();
  const standings = new Map<string, Standing>();
  const book = openDeliveryBook();
  let events: Stamped[] = [];
  let messageIds = new Set<string>();
  let position = 0;

  const hashOf = ({ row }: Stamped): string => hashIdentifier(hashing.pepper, principalOf(row));
  const isSuppressed = (event: Stamped): boolean => {
    const until = suppressed.get(hashOf(event));
    return until !== undefined && event.row.at <= Date.parse(until);
  };
  const suppress = (hashes: readonly string[], at: string): boolean => {
    const fresh = hashes.filter((hash) => (suppressed.get(hash) ?? '') < at);
    for (const hash of fresh) suppressed.set(hash, at);
    return fresh.length > 0;
  };
  const learn = ({ facts: named }: Stamped): void => {
    if (named) facts.set(named.key, named);
  };
  const keep = (isKept: (event: Stamped) => boolean): void => {
    const gone = events.filter((event) => !isKept(event));
    events = events.filter(isKept);
    book.deleted(
      gone.map(({ row }) => row),
      events.map(({ row }) => row),
    );
    messageIds = new Set(events.map(({ row }) => row.messageId));
  };

  function add(event: Stamped, counts: Applied): void {
    if (messageIds.has(event.row.messageId)) {
      counts.duplicates += 1;
      book.copy(event.row);
    } else if (suppressed.size && isSuppressed(event)) counts.suppressed += 1;
    else {
      messageIds.add(event.row.messageId);
      if (suppressed.has(hashOf(event))) leaveLane(event.row);
      book.stored(event.row);
      events.push(event);
      learn(event);
      counts.stored += 1;
      if (event.row.undo) counts.takesBack = true;
    }
  }

  /** An event in other words; what it counted for until now stays. */
  function replace(old: Stamped, wire: WireEvent | undefined): Stamped {
    if (!wire) return old;
    const fresh = stamp(wire, metaOf(old.row));
    learn(fresh);
    const { source, landedAt } = fresh.row;
    return { ...old, wire, facts: fresh.facts, row: { ...old.row, source, landedAt } };
  }

  function apply({ bytes }: LogRecord, counts: Applied): void {
    const { meta, events: batch } = decodeRecord(bytes);
    if (meta.kind === 'suppress') {
      if (!suppress(meta.identifiers, meta.at)) return;
      keep((event) => !isSuppressed(event));
      counts.takesBack = true;
    } else if (meta.kind === 'standing') {
      applyStanding(standings, meta);
      counts.takesBack = true;
    } else if (meta.kind === 'batch') {
      book.refused(meta);
      for (const event of batch) add(stamp(event, meta), counts);
    }
  }

  return {
    events: () => events,
    facts,
    suppressed,
    standings,
    position: () => position,
    append(records) {
      const counts: Applied = { stored: 0, duplicates: 0, suppressed: 0 };
      for (const record of records) {
        if (record.position <= position) continue;
        apply(record, counts);
        position = record.position;
      }
      return counts;
    },
    erase(gone, hashes, at) {
      keep(({ row }) => !gone.has(row.messageId));
      suppress(hashes, at);
    },
    revise({ removed, replaced }) {
      const gone = new Set(removed);
      const left = new Map(replaced.map((wire) => [wire.messageId, wire]));
      const touched = events.filter(({ row }) => gone.has(row.messageId) || left.has(row.messageId)).length;
      keep(({ row }) => !gone.has(row.messageId));
      events = events.map((old) => replace(old, left.get(old.row.messageId)));
      return touched;
    },
    delivery: (query) =>
      book.answer(
        query,
        events.map(({ row }) => row),
      ),
  };
}
