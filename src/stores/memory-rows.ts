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
  const erased = openSuppressions(hashing.pepper);
  const standings = new Map<string, Standing>();
  const events = openEvents();
  let position = 0;

  const learn = ({ facts: named }: Stamped): void => {
    if (named) facts.set(named.key, named);
  };

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
      if (!erased.add(meta.identifiers, meta.at)) return;
      events.keep((event) => event.row.at > (erased.untilOf(event) ?? Number.NEGATIVE_INFINITY));
      counts.takesBack = true;
    } else if (meta.kind === 'standing') {
      applyStanding(standings, meta);
      counts.takesBack = true;
    } else if (meta.kind === 'batch') {
      events.refused(meta);
      for (const wire of batch) {
        const event = stamp(wire, meta);
        if (events.add(event, erased.untilOf(event), counts)) learn(event);
      }
    }
  }

  return {
    events: events.all,
    facts,
    suppressed: erased.all,
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
      events.keep(({ row }) => !gone.has(row.messageId));
      erased.add(hashes, at);
    },
    revise({ removed, replaced }) {
      const gone = new Set(removed);
      const left = new Map(replaced.map((wire) => [wire.messageId, wire]));
      const touched = events.all().filter(({ row }) => gone.has(row.messageId) || left.has(row.messageId)).length;
      events.keep(({ row }) => !gone.has(row.messageId));
      events.edit((old) => replace(old, left.get(old.row.messageId)));
      return touched;
    },
    delivery: events.delivery,
  };
}

/** The stored events, each once, and what is known of their delivery. */
function openEvents() {
  const book = openDeliveryBook();
  let events: Stamped[] = [];
  let messageIds = new Set<string>();
  const rows = () => events.map(({ row }) => row);
  return {
    all: (): readonly Stamped[] => events,
    /** Whether it is stored now: not for a copy, nor for what came before `until`, the erasure of its person. */
    add(event: Stamped, until: number | undefined, counts: Applied): boolean {
      const { row } = event;
      if (messageIds.has(row.messageId)) {
        counts.duplicates += 1;
        book.copy(row);
        return false;
      }
      if (until !== undefined && row.at <= until) {
        counts.suppressed += 1;
        return false;
      }
      messageIds.add(row.messageId);
      if (until !== undefined) leaveLane(row);
      book.stored(row);
      events.push(event);
      counts.stored += 1;
      if (row.undo) counts.takesBack = true;
      return true;
    },
    keep(isKept: (event: Stamped) => boolean): void {
      const gone = events.filter((event) => !isKept(event));
      events = events.filter(isKept);
      book.deleted(
        gone.map(({ row }) => row),
        rows(),
      );
      messageIds = new Set(rows().map(({ messageId }) => messageId));
    },
    edit(change: (event: Stamped) => Stamped): void {
      events = events.map(change);
    },
    refused: book.refused,
    delivery: (query: DeliveryQuery): DeliveryRow[] => book.answer(query, rows()),
  };
}

/** Erased identifiers, as HMACs, and until when their events are not taken. */
function openSuppressions(pepper: string) {
  const all = new Map<string, string>();
  return {
    all,
    /** Of an event's own identifier, in milliseconds; undefined for whoever was not erased. */
    untilOf({ row }: Stamped): number | undefined {
      const until = all.size ? all.get(hashIdentifier(pepper, principalOf(row))) : undefined;
      return until === undefined ? undefined : Date.parse(until);
    },
    /** False where all of them were known. */
    add(hashes: readonly string[], at: string): boolean {
      const fresh = hashes.filter((hash) => (all.get(hash) ?? '') < at);
      for (const hash of fresh) all.set(hash, at);
      return fresh.length > 0;
    },
  };
}
