import { EXPORT_TABLES, type ExportName } from '../../report/index.js';
import { failure } from './options.js';

/** Makes a Parquet file of an exported table's NDJSON, with the types of the table. Needs `@duckdb/node-api`. */
export async function writeParquet(table: ExportName, rows: string, out: string): Promise<void> {
  const engine = await import('@duckdb/node-api').catch(() => {
    throw failure('Parquet needs the package @duckdb/node-api: run `npm install @duckdb/node-api`.');
  });
  const instance = await engine.DuckDBInstance.create(':memory:');
  const session = await instance.connect();
  try {
    const columns = EXPORT_TABLES[table].columns.map(([name, type]) => `${quote(name)}: ${quote(stored(type))}`);
    // Text that holds JSON stays text: every reader of Parquet knows that.
    const source = `read_json(${quote(rows)}, format = 'newline_delimited', columns = {${columns.join(', ')}})`;
    await session.run(`COPY (SELECT * FROM ${source}) TO ${quote(out)} (FORMAT parquet, COMPRESSION zstd)`);
  } finally {
    session.closeSync();
    instance.closeSync();
  }
}

function stored(type: string): string {
  return type === 'JSON' ? 'VARCHAR' : type;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
