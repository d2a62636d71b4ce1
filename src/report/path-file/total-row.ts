import type { RawRow } from './cells.js';

/**
 * Leaves out a last row without path whose conversions are those of all rows before it: the totals that Google Analytics,
 * spreadsheets and pivot tables put there would else be counted a second time, for nobody.
 */
export function withoutTotal(sink: { add: (row: RawRow, place: string) => void; note: (message: string) => void }) {
  let [sum, rows] = [0, 0];
  let held: { row: RawRow; place: string } | undefined;
  const release = (): void => {
    if (held) sink.add(held.row, held.place);
    held = undefined;
  };
  return {
    add(row: RawRow, place: string): void {
      release();
      const { path, conversions } = row;
      if (rows > 1 && sum > 0 && Array.isArray(path) && path.length === 0 && conversions === sum) held = { row, place };
      else sink.add(row, place);
      if (typeof conversions === 'number') sum += conversions;
      rows += 1;
    },
    /** After the last row. */
    end(): void {
      if (held) sink.note(`${held.place} was left out: it has no path, and as many conversions as all rows before it.`);
    },
  };
}
