import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '../log/disk.js';
import { FILE_ERRORS } from './file-error.js';

/** Where a server keeps what. */
export interface DataDirectory {
  path: string;
  /** The ingest log. */
  log: string;
  /** The DuckDB file. */
  store: string;
  /** The counts of the exempt measurement. */
  audience: string;
  /** Keys that `serve` made itself. */
  keys: string;
  /** The secret under which erased identifiers are remembered. */
  pepper: string;
}

/**
 * Makes the directory and its secret where they do not exist. Refuses a directory that has a store but no secret: with a
 * new one, persons who were erased would not be recognised and could come back.
 */
export async function openDataDirectory(path: string): Promise<DataDirectory> {
  const layout = {
    path,
    log: join(path, 'log'),
    store: join(path, 'store.duckdb'),
    audience: join(path, 'audience'),
    keys: join(path, 'keys.json'),
  };
  const secret = join(path, 'secret');
  try {
    // For its owner only: everything in it is about people.
    await makeDirectory(path, 0o700);
    if (!existsSync(secret)) {
      if (existsSync(layout.store))
        throw new Error(`${secret} is missing beside ${layout.store}: restore it from a backup.`);
      await writePrivate(secret, `${randomBytes(32).toString('base64url')}\n`);
    }
    const pepper = (await readFile(secret, 'utf8')).trim();
    if (!pepper) throw new Error(`${secret} is empty: restore it from a backup.`);
    return { ...layout, pepper };
  } catch (error) {
    throw explainFileError(error, `The data directory ${path}`);
  }
}

/** Writes a file that only its owner may read, and syncs it. Fails where the file exists. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

const ADVICE: { readonly [code: string]: string } = {
  EACCES: 'Change its owner, or choose another one with --data.',
  EPERM: 'Change its owner, or choose another one with --data.',
  ENOSPC: 'Make room, then start again.',
};

/** Says what a file error means and what to do; other errors come back as they are. */
function explainFileError(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const meaning = FILE_ERRORS[error.code] ?? 'check path and permissions.';
  const advice = ADVICE[error.code] ?? 'Choose another one with --data.';
  return new Error(`${what} cannot be used (${error.code}): ${meaning} ${advice}`, { cause: error });
}
