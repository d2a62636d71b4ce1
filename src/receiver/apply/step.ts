import type { IngestLog, LogRecord } from '../../log/contract.js';
import { receivedAtOf } from '../../log/record.js';
import type { Applied, AppliedFrom, Store } from '../../stores/contract.js';

/** Applies at most `limit` records after a position, as far as one call of the store goes; undefined when there are none. */
export type Stepper = (after: number, limit: number) => Promise<Step | undefined>;

/** What was done, and when the last record of it came in. */
export interface Step {
  applied: Applied;
  position: number;
  receivedAt: string;
}

/** What the store is given at once: not so much that the event loop stands still while it is read and handed over. */
const MAX_BYTES = 16 * 1024 * 1024;
/** What it reads by itself at once: several of its transactions, each decoded while the one before is stored. */
const MAX_BYTES_FROM = 48 * 1024 * 1024;

/** Lets the store read the log's files by itself where it can, but not after a failure, nor past bytes that are no record. */
export function createStepper(log: IngestLog, store: Store): Stepper {
  let readsItself = true;

  async function applyPlaces(after: number, limit: number): Promise<AppliedFrom | undefined> {
    const places = readsItself ? log.places?.(after) : undefined;
    // Until it is known that this went well.
    readsItself = false;
    const from = places && (await store.appendFrom?.(places, { records: limit, bytes: MAX_BYTES_FROM }));
    readsItself = !from?.isChanged;
    return from;
  }

  async function applyRecords(after: number, limit: number): Promise<Step | undefined> {
    const records: LogRecord[] = [];
    let bytes = 0;
    for await (const record of log.read(after)) {
      records.push(record);
      bytes += record.bytes.length;
      if (records.length >= limit || bytes >= MAX_BYTES) break;
    }
    const last = records.at(-1);
    if (!last) return undefined;
    return { applied: await store.append(records), position: last.position, receivedAt: receivedAtOf(last) };
  }

  return async (after, limit) => {
    const from = await applyPlaces(after, limit);
    return from?.last ? { applied: from.applied, ...from.last } : applyRecords(after, limit);
  };
}

/** When the next record came in; undefined when there is none. */
export async function arrivalAfter(log: IngestLog, position: number): Promise<string | undefined> {
  for await (const record of log.read(position)) return receivedAtOf(record);
  return undefined;
}
