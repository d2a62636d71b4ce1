import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '../log/disk.js';
import { replaceFile } from '../log/replace-file.js';

/** How far a destination has come. */
export interface Cursor {
  /** Every record of the log up to here is done. */
  position: number;
  /** Ids of events after it that are done too, because their record or window is done in part. */
  done: string[];
}

/** Keeps a cursor where a crash cannot lose it. */
export interface CursorFile {
  read(): Promise<Cursor | undefined>;
  /** Resolves once it is on disk; the file is never half written. */
  write(cursor: Cursor): Promise<void>;
}

/** A cursor in `directory/<label>.json`, replaced as a whole. Rejects with what to do when the file is no cursor. */
export function cursorFile(directory: string, label: string): CursorFile {
  const path = join(directory, `${label}.json`);
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (text === undefined) return undefined;
      const cursor = parseCursor(text);
      if (!cursor) throw new Error(`${path} is no cursor: remove it to begin with what arrives from now on.`);
      return cursor;
    },
    async write(cursor) {
      await makeDirectory(directory, 0o700);
      await replaceFile(path, JSON.stringify(cursor));
    },
  };
}

function parseCursor(text: string): Cursor | undefined {
  try {
    const { position, done } = JSON.parse(text) as { position?: unknown; done?: unknown };
    if (typeof position !== 'number' || !Array.isArray(done)) return undefined;
    return { position, done: done.filter((id) => typeof id === 'string') };
  } catch {
    return undefined;
  }
}
