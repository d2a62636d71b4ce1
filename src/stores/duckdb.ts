import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countChanges } from './changes.js';
import type { Store } from './contract.js';
import { openEngine } from './duckdb/engine.js';
import { openRemote } from './duckdb/process/remote.js';
import type { StoreProblem } from './duckdb/process/supervise.js';
import type { EngineOptions } from './duckdb/store-file.js';
import type { Country } from './persons/phone.js';
import { pepperCheck } from './suppress.js';

/** Options of `duckdbStore`. */
export interface DuckdbStoreOptions {
  /** The database file, made if absent. One process owns it. */
  file: string;
  /** Key of the HMACs of erased identifiers and of join keys; keep it with the data, and the same for ever. */
  pepper: string;
  /** The country of phone numbers without a country code, e.g. `FR` (see persons/phone.ts); by default those join nobody. */
  country?: Country | undefined;
  /** What the engine may use before it writes temporary files, e.g. `2GB`; default `1GB`. */
  memoryLimit?: string;
  /** Default: all cores. */
  threads?: number;
  /** Told when the store's process ends unasked, and what becomes of it. */
  onProblem?: (problem: StoreProblem) => void;
}

export type { StoreProblem };

/**
 * The store in one DuckDB file. Needs the package `@duckdb/node-api`. It works in a process of its own, which is started again
 * when it ends unasked (`state` and `onProblem` tell); where that process's file is missing (bundlers, tests that run the
 * sources) it works in the caller's.
 */
export async function duckdbStore(options: DuckdbStoreOptions): Promise<Store> {
  const { pepper, country, memoryLimit = '1GB', threads = availableParallelism(), onProblem = () => {} } = options;
  const file = resolve(options.file);
  if (opened.has(file)) throw new Error(`The database ${file} is open in this process already: use that store.`);
  opened.add(file);
  try {
    const store = countChanges(await openStore({ file, pepper, country, memoryLimit, threads }, onProblem));
    return {
      ...store,
      pepperCheck: pepperCheck(pepper),
      close: () => store.close().finally(() => opened.delete(file)),
    };
  } catch (error) {
    opened.delete(file);
    throw error;
  }
}

/** The engine's own lock keeps out other processes only; a second instance in this one would destroy the file. */
const opened = new Set<string>();

function openStore(options: EngineOptions, onProblem: (problem: StoreProblem) => void): Promise<Store> {
  const entry = new URL('./duckdb/process/process.js', import.meta.url);
  return existsSync(fileURLToPath(entry)) ? openRemote(entry, options, { onProblem }) : openEngine(options);
}
