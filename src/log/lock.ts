import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Claims a directory for this process with a file `lock` that names the process; returns the function that gives it
 * back. A lock whose process is gone (a crash) is taken over. Throws when the directory is in use or not writable.
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, 'lock');
  // The token tells this lock from one that the same process number wrote before: in a container that is often 1.
  const mine = JSON.stringify({
    pid: process.pid,
    started: startTime(process.pid),
    token: randomBytes(8).toString('hex'),
  });
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      break;
    } catch (error) {
      if (!isCode(error, 'EEXIST') || attempt > 4) throw error;
      removeStale(path, directory);
    }
  }
  held.add(mine);
  return () => {
    if (held.delete(mine) && readLock(path) === mine) unlinkSync(path);
  };
}

/** The locks of this process, so that it does not take its own for one of a dead namesake. */
const held = new Set<string>();

function removeStale(path: string, directory: string): void {
  const found = readLock(path);
  if (found === undefined) return;
  const owner = parseOwner(found);
  if (held.has(found) || (owner && owner.pid !== process.pid && isAlive(owner.pid, owner.started))) {
    throw new Error(
      `The directory ${directory} is in use by process ${owner?.pid}: stop it, or choose another directory.`,
    );
  }
  // Moved aside first: of two processes that find the same dead lock only one moves it, and a fresh lock that the other
  // has written meanwhile is put back.
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (readLock(aside) === found) unlinkSync(aside);
    else renameSync(aside, path);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

function readLock(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function parseOwner(text: string): { pid: number; started: string } | undefined {
  try {
    return JSON.parse(text) as { pid: number; started: string };
  } catch {
    return undefined;
  }
}

function isAlive(pid: number, started: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (isCode(error, 'ESRCH')) return false;
  }
  const now = startTime(pid);
  return now !== 'gone' && (now === '' || started === '' || now === started);
}

/**
 * When a process started, in ticks since boot (Linux, /proc/pid/stat field 22): a number used again differs in it.
 * `gone` for one that has died but that its parent has not yet taken note of (state Z); empty elsewhere.
 */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'gone' : (fields[19] ?? '');
  } catch {
    return '';
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
