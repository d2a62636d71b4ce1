import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How long to wait for others that look at the same lock at the same time; each needs a few milliseconds. */
const PATIENCE_MS = 2000;
const LONGEST_PAUSE_MS = 20;

/**
 * Claims a directory for this process with a file `lock` that names the process; returns the function that gives it
 * back. A lock whose process is gone (a crash), or that says nothing (a crash, too), is taken over. Throws when the directory
 * is in use or not writable.
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, 'lock');
  // The token tells this lock from one that the same process number wrote before: in a container that is often 1.
  const owner: Owner = {
    pid: process.pid,
    started: startTime(process.pid),
    token: randomBytes(8).toString('hex'),
  };
  const mine = JSON.stringify(owner);
  alone(directory, owner, () => {
    refuseHeld(path, directory);
    // Written beside it and renamed: nobody ever reads half a lock.
    const beside = join(directory, 'lock.new');
    writeFileSync(beside, mine);
    renameSync(beside, path);
  });
  held.add(mine);
  return () => {
    if (held.delete(mine) && readLock(path) === mine) unlinkSync(path);
  };
}

interface Owner {
  pid: number;
  started: string;
  token: string;
}

/** The locks of this process, so that it does not take its own for one of a dead namesake. */
const held = new Set<string>();

/**
 * Runs a task that no other process runs at the same time for the same directory. Each first puts down a claim, a file whose name
 * says it all, and then looks for those of others: of two, at least one sees the other, and whoever sees one withdraws and
 * tries again. A plain exclusive file would not do: what a crash leaves of it has to be removed, and two that remove it at once
 * remove the one that the other has just made.
 */
function alone(directory: string, owner: Owner, task: () => void): void {
  const name = `lock.${owner.pid}-${owner.started}-${owner.token}`;
  const claim = join(directory, name);
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    writeFileSync(claim, '', { flag: 'wx' });
    try {
      const other = rival(directory, name);
      if (!other) {
        task();
        return;
      }
      if (performance.now() > until) throw inUse(directory, other.pid);
    } finally {
      removeFile(claim);
    }
    // Not all alike, or they would meet again.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * LONGEST_PAUSE_MS);
  }
}

/** A living process that has a claim, too. Those of the dead are removed: their names are never used again. */
function rival(directory: string, own: string): Owner | undefined {
  let living: Owner | undefined;
  for (const name of readdirSync(directory)) {
    const [, pid, started = '', token = ''] = /^lock\.(\d+)-(\w*)-([0-9a-f]+)$/.exec(name) ?? [];
    if (pid === undefined || name === own) continue;
    const other: Owner = { pid: Number(pid), started, token };
    if (isAlive(other)) living = other;
    else removeFile(join(directory, name));
  }
  return living;
}

function refuseHeld(path: string, directory: string): void {
  const found = readLock(path);
  const owner = parseOwner(found ?? '');
  if (found !== undefined && owner && (held.has(found) || isAlive(owner))) throw inUse(directory, owner.pid);
}

function inUse(directory: string, pid: number): Error {
  return new Error(`The directory ${directory} is in use by process ${pid}: stop it, or choose another directory.`);
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
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

function parseOwner(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<Owner> | null;
    const { pid, started = '', token = '' } = owner ?? {};
    return typeof pid === 'number' ? { pid, started, token } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether it lives. This process's own number is in use by another thread when the start is the same, and else by one that died;
 * where starts cannot be known, by one that died.
 */
function isAlive({ pid, started }: Owner): boolean {
  const now = startTime(pid);
  if (pid === process.pid) return now !== '' && now === started;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (isCode(error, 'ESRCH')) return false;
  }
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
