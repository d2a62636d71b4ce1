import type { Mapping } from '../mapping.js';
import { type ImportParts, importRows } from './importer.js';
import type { OpenFile } from './open-file.js';
import { type ImportState, progressFile } from './progress-file.js';
import { rejectsFile } from './rejects.js';
import type { SendNotices } from './send.js';

/** What `importFile` needs. */
export interface ImportFileOptions {
  /** As `openFile` gave it. */
  file: OpenFile;
  /** Where it lies, for the files beside it. */
  path: string;
  mapping: Mapping;
  /** Tells this import from others of the same file: the mapping as text, the receiver's address. */
  key: string;
  send: SendNotices;
  /** Where rejected rows go. */
  rejectsPath: string;
  onProgress: ImportParts['onProgress'];
  now?: () => number;
}

const NOTHING: ImportState = { rows: 0, taken: 0, ignored: 0, rejected: 0, rejectedBytes: 0 };

/** What came of an import. */
export interface ImportSummary extends ImportState {
  /** Rows that an import before this one had done. */
  resumedAfter: number;
}

/** Imports a file, going on where an import of it stopped. Rejects when the receiver cannot be reached or refuses. */
export async function importFile(options: ImportFileOptions): Promise<ImportSummary> {
  const { file, path, mapping, key, send, rejectsPath, onProgress, now = Date.now } = options;
  const isLasting = file.version !== undefined;
  const progress = progressFile(`${path}.import.json`, `${key} ${file.version}`);
  const from = (isLasting ? await progress.load() : undefined) ?? NOTHING;
  const rejects = rejectsFile(rejectsPath, file, from.rejectedBytes);
  const save = isLasting ? progress.save : async () => undefined;
  try {
    const state = await importRows({
      rows: file.each,
      mapping,
      send,
      rejects,
      progress: { save },
      from,
      onProgress,
      now,
    });
    if (isLasting) await progress.remove();
    return { ...state, resumedAfter: from.rows };
  } finally {
    await rejects.close();
  }
}
