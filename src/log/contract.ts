import type { LogPlaces } from './places.js';

/** One record of the log: its position (1, 2, 3 … without reuse) and its bytes. */
export interface LogRecord {
  position: number;
  bytes: Uint8Array;
}

/**
 * The durable ingest log. `append` resolving is the moment the receiver acknowledges; a store that was lost is rebuilt
 * by reading the log from the start.
 */
export interface IngestLog {
  /**
   * Writes a record, these parts one after the other, and resolves with its position once it is on disk (fdatasync; calls are
   * grouped). Rejects if it is not. The bytes are the caller's again as soon as the call returns.
   */
  append(...parts: readonly Uint8Array[]): Promise<number>;
  /** Yields the durable records after a position, oldest first, up to what is durable when it gets there; then ends. */
  read(after: number): AsyncIterable<LogRecord>;
  /**
   * Where the records after a position are, up to what is durable now, for `Store.appendFrom`. Absent where they are in no files.
   */
  places?(after: number): LogPlaces;
  /** The last durable position; 0 for an empty log. */
  last(): number;
  /** Calls back after new records became durable; returns the function that stops it. */
  onAppend(notify: () => void): () => void;
  /**
   * Offers every record to `edit`, which returns the same bytes (keep), other bytes (replace) or undefined (drop).
   * Positions of the others do not change. Resolves with the number of changed records, when the old bytes are no longer
   * in any file of the log.
   */
  rewrite(edit: (record: LogRecord) => Uint8Array | undefined): Promise<number>;
  /** Bytes on disk. */
  bytes(): number;
  /** Writes what is pending, releases the files. */
  close(): Promise<void>;
}
