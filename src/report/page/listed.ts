import { el } from './dom.js';
import type { Speech } from './language.js';

/** Rows that a table shows; the CSV has all. */
const LISTED = 50;

/** The first rows of a report, and the line that says so where there are more. */
export function listed<Row>(speech: Speech, rows: readonly Row[]): { rows: readonly Row[]; note: HTMLElement | null } {
  if (rows.length <= LISTED) return { rows, note: null };
  return { rows: rows.slice(0, LISTED), note: el('p', { class: 'note' }, speech.words.people.listed(LISTED)) };
}
