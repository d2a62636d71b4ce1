import { type FileHandle, open } from 'node:fs/promises';
import { writeBytes } from '../../log/disk.js';
import type { Row, Rows } from './rows.js';

/** Keeps rows that were not taken, in the form of the file they came from, with line and reason: to be mended and imported. */
export interface Rejects {
  add(row: Row, reason: string): void;
  /** Writes what was added. Resolves with the length of the file. */
  write(): Promise<number>;
  close(): Promise<void>;
}

/** What the header of such a file begins with. */
const OWN_COLUMNS = ['filrouge_line', 'filrouge_reason'] as const;

/**
 * Text that a spreadsheet would run, also with apostrophes before it already; numbers and phone numbers are none. The
 * apostrophe that it gets here is taken off again by `readCell`.
 */
function isFormula(value: string): boolean {
  return /^'*[=+\-@\t\r\n]/.test(value) && !/^[+-][\d\s.,()/-]*$/.test(value);
}

/** How to read cells of a file with this header: what was rejected once is imported again as it was. */
export function readCell(columns: readonly string[]): (cell: string) => string {
  const isOurs = OWN_COLUMNS.every((name, i) => columns[i] === name);
  return isOurs ? (cell) => (cell.startsWith("'") && isFormula(cell) ? cell.slice(1) : cell) : (cell) => cell;
}

/** A file of rejected rows, made when there is one; what stands in it beyond `keepBytes` goes. */
export function rejectsFile(path: string, { columns, delimiter = ',' }: Rows, keepBytes: number): Rejects {
  let file: FileHandle | undefined;
  let bytes = keepBytes;
  let text = '';
  const cell = (value: string): string => {
    const safe = isFormula(value) ? `'${value}` : value;
    return /["\r\n]/.test(safe) || safe.includes(delimiter) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
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
        if (!bytes && columns) text = `${[...OWN_COLUMNS, ...columns].map(cell).join(delimiter)}\n${text}`;
      }
      const written = Buffer.from(text);
      await writeBytes(file, written, written.length, bytes);
      bytes += written.length;
      text = '';
      return bytes;
    },
    async close() {
      await file?.close();
    },
  };
}
