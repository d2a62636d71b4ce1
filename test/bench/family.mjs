// What this process and the processes that it started (the store's among them) have used so far. Linux.
import { readdirSync, readFileSync } from 'node:fs';

const TICK_MS = 10;

/** Milliseconds of processor time, of those that live. */
export function cpuMs() {
  return sum((pid) => {
    const fields = statOf(pid);
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  });
}

/** The most memory that each of them ever had, added up: they need not have had it at the same time. */
export function peakMegabytes() {
  return Math.round(
    sum((pid) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)) / 1000,
  );
}

function sum(figureOf) {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isOurs(name));
  return pids.map(figureOf).reduce((total, figure) => total + figure, 0);
}

function isOurs(pid) {
  return pid === `${process.pid}` || statOf(pid)[1] === `${process.pid}`;
}

/** The fields of /proc/pid/stat from the state on; none for a process that is gone. */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
