import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Store } from './contract.js';
import { openEngine } from './duckdb/engine.js';
import { openRemote } from './duckdb/remote.js';

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

/**
 * The store in one DuckDB file. Needs the package `@duckdb/node-api`. It works in a thread of its own; where that
 * thread's file is missing (bundlers, tests that run the sources) it works in the caller's.
 */
export async function duckdbStore(options: DuckdbStoreOptions): Promise<Store> {
  const { file, pepper, memoryLimit = '1GB', threads = availableParallelism() } = options;
  const engine = { file, pepper, memoryLimit, threads };
  const entry = new URL('./duckdb/worker.js', import.meta.url);
  return existsSync(fileURLToPath(entry)) ? openRemote(entry, engine) : openEngine(engine);
}
