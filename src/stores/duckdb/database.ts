import type { DuckDBBlobValue, DuckDBConnection, DuckDBDataChunk, DuckDBInstance, DuckDBType } from '@duckdb/node-api';
import type { TimeRange } from '../contract.js';
import { boundsOf } from '../range.js';

/** The engine's module; loaded when a store is opened, because it is an optional peer with a large binary. */
export type Engine = typeof import('@duckdb/node-api');

/** Values of a row. Bytes are made by `blob`. */
export type Value = string | number | boolean | DuckDBBlobValue | null;

type Parameters = { [name: string]: string | number | boolean | null };

/** Type of a column that is written row by row. Numbers are doubles: exact up to 2^53, and sums come back as numbers. */
export type ColumnType = 'VARCHAR' | 'DOUBLE' | 'BOOLEAN' | 'BLOB';

/** One connection: the transactions and temporary tables of one task. */
export interface Session {
  run: (sql: string, values?: Parameters) => Promise<void>;
  /** All rows of a query; the caller says what they look like. */
  rows: <Row>(sql: string, values?: Parameters) => Promise<Row[]>;
  /** All rows, column by column: several times quicker for many. A column that is asked for twice comes twice. */
  columns: (sql: string, values?: Parameters) => Promise<unknown[][]>;
  /** As `columns`, of doubles alone that are never null: without an array of values in between. */
  numbers: (sql: string, values?: Parameters) => Promise<Float64Array[]>;
  /** Appends rows, column by column: the fastest way in. `values` gives a column's values of the rows from <= i < to. */
  append: (
    table: string,
    types: readonly ColumnType[],
    rows: number,
    values: (column: number, from: number, to: number) => Value[],
  ) => Promise<void>;
  /** Bytes as a value for `append`. */
  blob: (bytes: Uint8Array) => Value;
  close: () => void;
}

/** An open database file. */
export interface Database {
  connect: () => Promise<Session>;
  close: () => void;
}

/** How to open. */
export interface DatabaseOptions {
  file: string;
  memoryLimit: string;
  threads: number;
}

/** The bytes of a value of `Session.columns`. */
export function bytesOf(value: unknown): Uint8Array {
  const isBlob = typeof value === 'object' && value !== null && 'bytes' in value && value.bytes instanceof Uint8Array;
  return isBlob ? (value as DuckDBBlobValue).bytes : new Uint8Array();
}

const ROWS_PER_CHUNK = 2048;

/** Loads the engine, or says what to install. */
export async function loadEngine(): Promise<Engine> {
  try {
    return await import('@duckdb/node-api');
  } catch (error) {
    throw new Error('The DuckDB store needs the package @duckdb/node-api: run `npm install @duckdb/node-api`.', {
      cause: error,
    });
  }
}

/** Opens a database file, made if absent. A file that cannot be read gets an error that says how to get out of it. */
export async function openDatabase(engine: Engine, options: DatabaseOptions): Promise<Database> {
  const { file, memoryLimit, threads } = options;
  let instance: DuckDBInstance;
  try {
    instance = await engine.DuckDBInstance.create(file, {
      memory_limit: memoryLimit,
      threads: `${threads}`,
      // At each checkpoint the last row group is written again: with the default of 16 MB that is four fifths of all work.
      checkpoint_threshold: '256MB',
      // Nothing is ever fetched from the network.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
  } catch (error) {
    throw explain(error, file);
  }
  return {
    async connect() {
      return createSession(engine, await instance.connect(), file);
    },
    close: () => instance.closeSync(),
  };
}

/** Turns errors about the file into a sentence that says what to do. */
function explain(error: unknown, file: string): Error {
  const message = error instanceof Error ? error.message : String(error);
  if (/Could not set lock|Conflicting lock/i.test(message)) {
    return new Error(`The database ${file} is in use by another process: stop it, or choose another file.`, {
      cause: error,
    });
  }
  if (/not a valid DuckDB|corrupt|checksum|replay|WAL|Serialization|version number|deserialize/i.test(message)) {
    return new Error(
      `The database ${file} is damaged or of another version. It can be rebuilt from the log: delete ${file} and ${file}.wal, then start again. (${message})`,
      { cause: error },
    );
  }
  return new Error(`The database ${file} failed: ${message}`, { cause: error });
}

function createSession(engine: Engine, connection: DuckDBConnection, file: string): Session {
  const types: { [name in ColumnType]: DuckDBType } = {
    VARCHAR: engine.VARCHAR,
    DOUBLE: engine.DOUBLE,
    BOOLEAN: engine.BOOLEAN,
    BLOB: engine.BLOB,
  };
  const run = async (sql: string, values: Parameters = {}) => {
    try {
      const bound = Object.entries(values).filter(([name]) => sql.includes(`$${name}`));
      return await connection.run(sql, Object.fromEntries(bound), typesOf(engine, bound));
    } catch (error) {
      throw explain(error, file);
    }
  };
  return {
    async run(sql, values) {
      await run(sql, values);
    },
    async rows<Row>(sql: string, values?: Parameters) {
      const result = await run(sql, values);
      return (await result.getRowObjectsJS()) as Row[];
    },
    async columns(sql, values) {
      const result = await run(sql, values);
      return result.getColumns();
    },
    async numbers(sql, values) {
      const result = await run(sql, values);
      // All of it is there: to fetch chunk by chunk, each by way of another thread, takes as long as the query of a page.
      const chunks = Array.from({ length: result.chunkCount }, (_, i) => result.getChunk(i));
      return Array.from({ length: result.columnCount }, (_, column) => numbersIn(chunks, column));
    },
    async append(table, columns, rows, values) {
      if (!rows) return;
      const appender = await connection.createAppender(table);
      try {
        for (let from = 0; from < rows; from += ROWS_PER_CHUNK) {
          const to = Math.min(from + ROWS_PER_CHUNK, rows);
          const chunk = engine.DuckDBDataChunk.create(columns.map((type) => types[type]));
          chunk.setColumns(columns.map((_, column) => values(column, from, to)));
          appender.appendDataChunk(chunk);
        }
      } finally {
        appender.closeSync();
      }
    },
    blob: (bytes) => new engine.DuckDBBlobValue(bytes),
    close: () => connection.closeSync(),
  };
}

function numbersIn(chunks: readonly DuckDBDataChunk[], column: number): Float64Array {
  const found = new Float64Array(chunks.reduce((sum, { rowCount }) => sum + rowCount, 0));
  let row = 0;
  for (const chunk of chunks) {
    const vector = chunk.getColumnVector(column);
    const { itemCount } = vector;
    // Not part of what the vector promises; but number by number takes far longer, and most of that is collecting garbage.
    const items: unknown = Reflect.get(vector, 'items');
    if (items instanceof Float64Array && items.length === itemCount) found.set(items, row);
    else for (let i = 0; i < itemCount; i += 1) found[row + i] = Number(vector.getItem(i) ?? Number.NaN);
    row += itemCount;
  }
  return found;
}

const LAST_MS = 8.64e15;

/** The bounds of a range in milliseconds, for columns of whole numbers: these know no infinity. */
export function sqlBounds(range: TimeRange): { from: number; to: number } {
  const { from, to } = boundsOf(range);
  return { from: Math.max(from, 0), to: Math.min(to, LAST_MS) };
}

/** Appends rows that are there as rows; for the small tables. */
export function appendRows(
  session: Session,
  table: string,
  types: readonly ColumnType[],
  rows: readonly (readonly Value[])[],
): Promise<void> {
  return session.append(table, types, rows.length, (column, from, to) =>
    rows.slice(from, to).map((row) => row[column] ?? null),
  );
}

/** A temporary table with one column of texts, for `IN (SELECT value FROM …)`. */
export async function fillTemporary(session: Session, name: string, values: readonly string[]): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE ${name}(value VARCHAR)`);
  await appendRows(
    session,
    name,
    ['VARCHAR'],
    values.map((value) => [value]),
  );
}

/** Numbers are bound as doubles: the engine would take a whole number for a 32-bit integer. */
function typesOf(engine: Engine, values: [string, Parameters[string]][]): { [name: string]: DuckDBType } {
  return Object.fromEntries(
    values.map(([name, value]) => {
      if (typeof value === 'number') return [name, engine.DOUBLE];
      return [name, typeof value === 'boolean' ? engine.BOOLEAN : engine.VARCHAR];
    }),
  );
}
