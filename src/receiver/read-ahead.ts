import type { IngestLog, LogRecord } from '../log/contract.js';

/** Reads batches of the log, the next one while the store is busy with the one before. */
export interface ReadAhead {
  /** The records after a position, at most `limit` and about `maxBytes` of them; none when there are none. */
  take(after: number, limit: number): Promise<LogRecord[]>;
  /** Begins to read what `take` will be asked for next. */
  prepare(after: number, limit: number): void;
  /** What was read may no longer be what the log has. */
  forget(): void;
}

/** Without it the store waits while a busy process gets round to each piece of a file. Holds one batch at most. */
export function createReadAhead(log: IngestLog, maxBytes: number): ReadAhead {
  let ahead: { after: number; records: Promise<LogRecord[]> } | undefined;

  async function read(after: number, limit: number, records: LogRecord[]): Promise<LogRecord[]> {
    let bytes = records.reduce((sum, record) => sum + record.bytes.length, 0);
    if (records.length >= limit || bytes >= maxBytes) return records;
    for await (const record of log.read(after)) {
      records.push(record);
      bytes += record.bytes.length;
      if (records.length >= limit || bytes >= maxBytes) break;
    }
    return records;
  }

  return {
    async take(after, limit) {
      const ready = ahead?.after === after ? ahead : undefined;
      ahead = undefined;
      const records = (await ready?.records.catch(() => undefined)) ?? [];
      // Asked for fewer than before, because some of them fail.
      records.length = Math.min(records.length, limit);
      return read(records.at(-1)?.position ?? after, limit, records);
    },
    prepare(after, limit) {
      const records = read(after, limit, []);
      records.catch(() => {});
      ahead = { after, records };
    },
    forget() {
      ahead = undefined;
    },
  };
}
