import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** The process ids of the stores' processes that a process started and that live. Linux. */
export function enginesOf(parent = process.pid): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const isEngine = readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('duckdb/process/process.js');
      return Number(ppid) === parent && state !== 'Z' && isEngine ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}

/** Whether a process has ended; one that nobody took note of has too. */
export function isGone(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return true;
  }
}

/** The one that runs, other than the one before; waits for it. */
export async function engineOf(parent = process.pid, before?: number): Promise<number> {
  let found: number[] = [];
  const look = (): boolean => {
    found = enginesOf(parent).filter((pid) => pid !== before);
    return found.length === 1;
  };
  await expect.poll(look, { timeout: 60_000, interval: 5 }).toBe(true);
  return found[0] ?? 0;
}
