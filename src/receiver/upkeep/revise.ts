import type { IngestLog, LogRecord } from '../../log/contract.js';
import { decodeRecord, encodeRecord } from '../../log/record.js';
import type { WireEvent } from '../../protocol/index.js';
import type { Store, StoredEvent } from '../../stores/contract.js';
import type { Applier } from '../apply/apply.js';
import { asSent } from '../consent/withdrawals.js';

/** What is left of an event: the same object (keep), another one, or undefined (remove). Must not change its argument. */
export type EventEdit = (event: WireEvent, skewMs: number) => WireEvent | undefined;

/** What came of a revision. */
export interface Revised {
  removed: number;
  trimmed: number;
  /** Records of the log that were rewritten or dropped. */
  logRecords: number;
  /** Of the removed ones, those that a destination of the forwarder may not have had. */
  unforwarded: number;
}

export interface RevisionParts {
  log: IngestLog;
  store: Store;
  applier: Applier;
  /** The position up to which records were passed on to every destination; absent when nothing is passed on. */
  forwarded?: (() => number) | undefined;
}

const encoder = new TextEncoder();

/**
 * Edits events in the log and in the store alike. The log first: after a crash in between the store still has the events,
 * so that whoever looks again finds them and finishes the work.
 */
export async function reviseEvents(
  { log, store, applier, forwarded = () => Infinity }: RevisionParts,
  events: readonly StoredEvent[],
  edit: (event: WireEvent) => WireEvent | undefined,
): Promise<Revised> {
  const removed: string[] = [];
  const replaced: WireEvent[] = [];
  for (const event of events) {
    const sent = asSent(event);
    const left = edit(sent);
    if (!left) removed.push(event.messageId);
    else if (left !== sent) replaced.push(left);
  }
  if (!removed.length && !replaced.length) return { removed: 0, trimmed: 0, logRecords: 0, unforwarded: 0 };
  const meant = new Set([...removed, ...replaced.map(({ messageId }) => messageId)]);
  const gone = new Set(removed);
  return applier.exclusively(async () => {
    const done = forwarded();
    const unforwarded = new Set<string>();
    const logRecords = await log.rewrite((record) =>
      editRecord(record, (event) => {
        if (record.position > done && gone.has(event.messageId)) unforwarded.add(event.messageId);
        return meant.has(event.messageId) ? edit(event) : event;
      }),
    );
    await store.revise({ removed, replaced });
    return { removed: removed.length, trimmed: replaced.length, logRecords, unforwarded: unforwarded.size };
  });
}

/** A record after an edit of its events: the same bytes when nothing changed, undefined when none is left. */
export function editRecord(record: LogRecord, edit: EventEdit): Uint8Array | undefined {
  const { meta, events } = decodeRecord(record.bytes);
  if (meta.kind !== 'batch') return record.bytes;
  const left = events.flatMap((event) => edit(event, meta.skewMs) ?? []);
  if (left.length === events.length && left.every((event, i) => event === events[i])) return record.bytes;
  return left.length ? encodeRecord(meta, encoder.encode(JSON.stringify(left))) : undefined;
}
