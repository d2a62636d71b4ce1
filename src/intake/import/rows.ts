import type { JsonObject } from '../../protocol/index.js';

/** One row of a file. */
export interface Row {
  /** Its (last) line in the file, counted from 1. */
  line: number;
  /** What a mapping reads; undefined when the row could not be read. */
  entry: JsonObject | undefined;
  /** Why it could not be read. */
  problem?: string;
  /** The row as it stands in the file, for the file of rejected rows. */
  cells: readonly string[] | string;
}

/** The rows of a file, one after the other. */
export interface Rows {
  /** The header of a CSV file; undefined for NDJSON. */
  columns: readonly string[] | undefined;
  delimiter: string | undefined;
  each: AsyncIterable<Row>;
}

/** A file that cannot be imported as a whole; the message is for the user. */
export class BadFile extends Error {
  override name = 'BadFile';
}
