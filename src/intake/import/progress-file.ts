import { readFile, rename, rm, writeFile } from 'node:fs/promises';

/** How far an import has come. All of it is acknowledged. */
export interface ImportState {
  /** Rows read, the header left out. */
  rows: number;
  taken: number;
  ignored: number;
  rejected: number;
  /** Length of the file of rejected rows at that point; what is behind it was not acknowledged. */
  rejectedBytes: number;
}

/** Remembers beside the file how far its import came, so that the same command goes on after a kill. */
export interface ProgressFile {
  /** Where an import of the same file with the same mapping stopped; undefined for a new one. */
  load(): Promise<ImportState | undefined>;
  save(state: ImportState): Promise<void>;
  /** It is done: the next import begins anew. */
  remove(): Promise<void>;
}

/** `key` tells file, mapping and target; a state with another key counts as none. */
export function progressFile(path: string, key: string): ProgressFile {
  return {
    async load() {
      try {
        const kept = JSON.parse(await readFile(path, 'utf8')) as { key?: unknown; state?: ImportState };
        return kept.key === key ? kept.state : undefined;
      } catch {
        return undefined;
      }
    },
    async save(state) {
      // Never half a file: a kill in the middle of writing leaves the one before.
      await writeFile(`${path}.new`, JSON.stringify({ key, state }), { mode: 0o600 });
      await rename(`${path}.new`, path);
    },
    async remove() {
      await rm(path, { force: true });
    },
  };
}
