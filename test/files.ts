import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A fresh temporary directory and the function that removes it. */
export async function temporaryDirectory(): Promise<{ path: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'filrouge-test-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The bytes of all files below a directory, one after the other. */
export async function allBytes(directory: string): Promise<Buffer> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Buffer.concat(await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name)))));
}

/** Compiles rooms, so that a child process (which has no vitest) can run them from `dist`. */
export function compile(room: string): void {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', `src/${room}`], { stdio: 'inherit' });
}
