import { type FileHandle, open } from 'node:fs/promises';
import type { Row, Rows } from './rows.js';

/** Keeps rows that were not taken, in the form of the file they came from, with line and reason: to be mended and imported. */
export interface Rejects {
  add(row: Row, reason: string): void;
  /** Writes what was added. Resolves with the length of the file. */
  write(): Promise<number>;
  close(): Promise<void>;
}

/** A file of rejected rows, made when there is one; what stands in it beyond `keepBytes` goes. */
export function rejectsFile(path: string, { columns, delimiter = ',' }: Rows, keepBytes: number): Rejects {
  let file: FileHandle | undefined;
  let bytes = keepBytes;
  let text = '';
  const cell = (value: string): string =>
    /["\r\n]/.test(value) || value.includes(delimiter) ? `"${value.replace(/"/g, '""')}"` : value;
  const lineOf = (row: Row, reason: string): string => {
    if (!columns)
      return `${JSON.stringify({ filrouge_line: row.line, filrouge_reason: reason, row: row.entry ?? row.cells })}\n`;
    const cells = typeof row.cells === 'string' ? [row.cells] : row.cells;
    // As many cells as there were: a row that lacks some must not pass for a whole one the next time.
    return `${[String(row.line), reason, ...cells].map(cell).join(delimiter)}\n`;
  };
  return {
    add(row, reason) {
      text += lineOf(row, reason);
    },
    async write() {
      if (!text) return bytes;
      if (!file) {
        // People stand in it: for its owner only.
        file = await open(path, keepBytes ? 'r+' : 'w', 0o600);
        await file.truncate(bytes);
        if (!bytes && columns)
          text = `${['filrouge_line', 'filrouge_reason', ...columns].map(cell).join(delimiter)}\n${text}`;
      }
      const { bytesWritten } = await file.write(text, bytes);
      bytes += bytesWritten;
      text = '';
      return bytes;
    },
    async close() {
      await file?.close();
    },
  };
}
