import { join } from 'node:path';
import type { Store } from '../../src/stores/contract.js';
import { duckdbStore } from '../../src/stores/duckdb.js';
import { temporaryDirectory } from '../files.js';

/** Gives a task an empty DuckDB store in this process, with the pepper `p`, and removes it afterwards. */
export async function withDuckdb<T>(task: (store: Store) => Promise<T>): Promise<T> {
  const { path, remove } = await temporaryDirectory();
  const store = await duckdbStore({ file: join(path, 'store.duckdb'), pepper: 'p', threads: 1 });
  try {
    return await task(store);
  } finally {
    await store.close();
    await remove();
  }
}

/**
 * How many histories are tried, `FC_RUNS` where it is set. It ends in time: what vitest ends for its own limit tells neither
 * the seed nor the case. So a slow machine tries fewer.
 */
export function runs(count: number): { numRuns: number; interruptAfterTimeLimit: number } {
  return { numRuns: Number(process.env.FC_RUNS ?? count), interruptAfterTimeLimit: 200_000 };
}
