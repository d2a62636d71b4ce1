import { availableParallelism } from 'node:os';
import type { Store } from './contract.js';
import { openEngine } from './duckdb/engine.js';

/** Options of `duckdbStore`. */
export interface DuckdbStoreOptions {
  /** The database file, made if absent. One process owns it. */
  file: string;
  /** Key of the HMACs of erased identifiers; keep it with the data, and the same for ever. */
  pepper: string;
  /** What the engine may use before it writes temporary files, e.g. `2GB`; default `1GB`. */
  memoryLimit?: string;
  /** Default: all cores. */
  threads?: number;
}

/** The store in one DuckDB file. Needs the package `@duckdb/node-api`. */
export async function duckdbStore(options: DuckdbStoreOptions): Promise<Store> {
  const { file, pepper, memoryLimit = '1GB', threads = availableParallelism() } = options;
  return openEngine({ file, pepper, memoryLimit, threads });
}
