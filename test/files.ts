import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A fresh temporary directory, which is there until the last test of the file has ended. */
export function freshDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'filrouge-test-'));
  made.push(path);
  return path;
}

/** Removes those; `clean-up.ts` calls it after each file. Browsers go on writing for a moment after they were closed. */
export function removeFreshDirectories(): void {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true, maxRetries: 20 });
}

/** A fresh temporary directory and the function that removes it, for whoever makes many. */
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
