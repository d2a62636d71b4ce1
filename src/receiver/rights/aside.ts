import type { IngestLog } from '../../log/contract.js';
import { type AsideBatch, decodeAside, decodeMeta, decodeRecord, encodeRecord } from '../../log/record.js';
import type { StoredEvent } from '../../stores/contract.js';
import { storedEvent } from '../../stores/stamp/stamp.js';

const BYTES_PER_RECORD = 4 * 1024 * 1024;
const encoder = new TextEncoder();

/** Copies events, by messageId, out of the log's batches into records that stores pass over. */
export async function setAside(
  log: IngestLog,
  messageIds: ReadonlySet<string>,
  { at, identifiers }: { at: string; identifiers: string[] },
): Promise<void> {
  let batches: AsideBatch[] = [];
  let bytes = 0;
  const write = async (): Promise<void> => {
    const body = encoder.encode(JSON.stringify(batches));
    if (batches.length) await log.append(encodeRecord({ kind: 'aside', at, identifiers }, body));
    batches = [];
    bytes = 0;
  };
  for await (const record of log.read(0)) {
    const { meta, events } = decodeRecord(record.bytes);
    const theirs = events.filter(({ messageId }) => messageIds.has(messageId));
    if (meta.kind !== 'batch' || !theirs.length) continue;
    batches.push({ meta, events: theirs });
    bytes += record.bytes.length;
    if (bytes > BYTES_PER_RECORD) await write();
  }
  await write();
}

/** The batches that were set aside for an identifier (HMAC), and all HMACs that were set aside with it. */
export async function readAside(log: IngestLog, hash: string): Promise<{ batches: AsideBatch[]; hashes: string[] }> {
  const batches: AsideBatch[] = [];
  const hashes = new Set<string>();
  for await (const { bytes } of log.read(0)) {
    const meta = decodeMeta(bytes);
    if (meta.kind !== 'aside' || !meta.identifiers.includes(hash)) continue;
    batches.push(...decodeAside(bytes));
    for (const one of meta.identifiers) hashes.add(one);
  }
  return { batches, hashes: [...hashes] };
}

/** Takes the records that were set aside for any of these identifiers out of the log; resolves with their number. */
export function dropAside(log: IngestLog, hashes: readonly string[]): Promise<number> {
  return log.rewrite(({ bytes }) => {
    const meta = decodeMeta(bytes);
    return meta.kind === 'aside' && meta.identifiers.some((one) => hashes.includes(one)) ? undefined : bytes;
  });
}

/** Events that were set aside, as a store would give them back; each once, oldest first. */
export function asideEvents(batches: readonly AsideBatch[]): StoredEvent[] {
  const events = new Map<string, StoredEvent>();
  for (const { meta, events: batch } of batches) {
    const receivedAt = Date.parse(meta.receivedAt);
    for (const event of batch) {
      const at = Math.min(Date.parse(event.timestamp) + meta.skewMs, receivedAt);
      events.set(event.messageId, storedEvent(event, { at, receivedAt }));
    }
  }
  return [...events.values()].sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
}
