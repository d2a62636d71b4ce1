// What reading rows by columns needs again and again. Loops: `from` with a function takes far longer.

/** A column without rows. */
export const NONE = new Float64Array();

/** The number in a row; 0 behind the end. */
export function at(column: ArrayLike<number>, i: number): number {
  return column[i] ?? 0;
}

/** The numbers that are in any of some rising columns, each once, rising. */
export function unionOf(columns: readonly Float64Array[]): Float64Array {
  return columns.reduce(union, NONE);
}

function union(a: Float64Array, b: Float64Array): Float64Array {
  const found = new Float64Array(a.length + b.length);
  let [i, j, count, last] = [0, 0, 0, Number.NaN];
  while (i < a.length || j < b.length) {
    const isFirst = i < a.length && (j >= b.length || at(a, i) < at(b, j));
    const next = isFirst ? at(a, i++) : at(b, j++);
    if (next !== last) found[count++] = last = next;
  }
  return found.subarray(0, count);
}

/** How many rows each of the persons has; the numbers of both rise. Throws where a row is of none of them. */
export function countOf(persons: Float64Array, rows: Float64Array): Uint32Array {
  const counts = new Uint32Array(persons.length);
  let row = 0;
  for (let i = 0; i < persons.length; i += 1) {
    const first = row;
    while (rows[row] === persons[i]) row += 1;
    counts[i] = row - first;
  }
  if (row < rows.length) throw new Error(`Threads came out of order: person ${at(rows, row)} is not in the page.`);
  return counts;
}

/**
 * In which order the rows of each person are to be read that come in order of time: the comparison is asked only about those
 * of one millisecond. Undefined: as they come.
 */
export function ordered(
  counts: Uint32Array,
  times: Float64Array,
  compare: (a: number, b: number) => number,
): Uint32Array | undefined {
  let order: Uint32Array | undefined;
  let first = 0;
  for (const count of counts) {
    const end = first + count;
    let tied = false;
    for (let i = first + 1; i < end && !tied; i += 1) tied = at(times, i) <= at(times, i - 1);
    if (tied) {
      order ??= Uint32Array.from(times.keys());
      order.subarray(first, end).sort((a, b) => at(times, a) - at(times, b) || compare(a, b));
    }
    first = end;
  }
  return order;
}

/** Puts a column into the order of `ordered`. */
export function inOrder<T extends Float64Array | Uint32Array>(column: T, order: Uint32Array | undefined): T {
  if (!order) return column;
  const before = column.slice();
  for (let i = 0; i < order.length; i += 1) column[i] = at(before, at(order, i));
  return column;
}
