import type { Lookbacks } from '../attribution/lookbacks.js';
import type { PeopleQuery } from '../people/read/scene.js';
import type { ReportContext } from '../query.js';
import { CREDIT_COLUMNS, creditRows } from './credits.js';
import { EVENT_COLUMNS, eventRows } from './events.js';
import { PERSON_COLUMNS, personRows, TOUCH_COLUMNS, touchRows } from './people.js';

/** Type of a column, as Parquet and DuckDB have it. `JSON` is text. */
export type ExportType = 'VARCHAR' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMPTZ' | 'JSON';

/** One column: name, type, and what it means. */
export type ExportColumn = readonly [name: string, type: ExportType, about: string];

/** One row; a value that is not known is null. Times are ISO 8601 in UTC. */
export type ExportRow = Readonly<Record<string, string | number | boolean | null>>;

/** What an export can be asked. */
export interface ExportQuery extends PeopleQuery {
  /** Of `credits`, as in `AttributionQuery`. */
  lookbacks?: Lookbacks | undefined;
}

/** A table that can be exported. Columns are only ever added, at the end. */
export interface ExportTable {
  columns: readonly ExportColumn[];
  /** Rows in a stream: memory does not grow with their number. */
  rows(context: ReportContext, query: ExportQuery): AsyncIterable<ExportRow>;
}

/** All that can be exported. */
export const EXPORT_TABLES: Readonly<Record<'events' | 'persons' | 'touches' | 'credits', ExportTable>> = {
  events: { columns: EVENT_COLUMNS, rows: eventRows },
  persons: { columns: PERSON_COLUMNS, rows: personRows },
  touches: { columns: TOUCH_COLUMNS, rows: touchRows },
  credits: { columns: CREDIT_COLUMNS, rows: creditRows },
};

/** The name of a table. */
export type ExportName = keyof typeof EXPORT_TABLES;

/** Their names. */
export const EXPORT_NAMES: readonly ExportName[] = ['events', 'persons', 'touches', 'credits'];
