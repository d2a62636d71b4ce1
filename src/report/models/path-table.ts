import { badQuery } from '../bad-query.js';
import { checkRow, NO_CHANNEL, type PathRow, timeOf } from './rows.js';

/** Many paths, packed: a million of them are a few arrays, not a million objects. */
export interface PathTable {
  /** Channel names; everything else names channels by their index here. */
  channels: readonly string[];
  /** Number of paths. */
  size: number;
  /** Path `i` has the touches from `offsets[i]` to before `offsets[i + 1]`; never none. */
  offsets: Uint32Array;
  touches: Uint32Array;
  /** Time of each touch in ms; undefined when no path has any. NaN for touches of paths without. */
  times: Float64Array | undefined;
  /** The lead touch of some paths, by path. */
  leads: ReadonlyMap<number, number>;
  conversions: Float64Array;
  values: Float64Array;
  nulls: Float64Array;
}

/** How repeated channels of a path are taken. */
export interface Repeats {
  /** Take consecutive touches of one channel as one, at the time of the first. */
  collapse?: boolean | undefined;
  /** Take only the first touch of each channel. */
  unique?: boolean | undefined;
}

/** Takes paths one by one; see `packPaths`. */
export interface PathPacker {
  /** Throws `BadRow` with the place when the row is not usable. */
  add(row: unknown, place: string): void;
  /** Adds a path without conversion; labels are not empty. */
  addNull(path: readonly { label: string }[]): void;
  /** Takes all paths of a table, as they are, behind those that are there. */
  append(table: PathTable): void;
  pack(): PathTable;
}

/** Packs rows of any source, without keeping them. */
export function createPacker({ collapse = false, unique = false }: Repeats = {}): PathPacker {
  const numbers = new Map<string, number>();
  const touches = growing(integers);
  const offsets = growing(integers);
  const conversions = growing(decimals);
  const values = growing(decimals);
  const nulls = growing(decimals);
  const leads = new Map<number, number>();
  let times: ReturnType<typeof growing<Float64Array<ArrayBuffer>>> | undefined;
  let rows = 0;
  offsets.push(0);

  const numberOf = (channel: string): number => {
    let number = numbers.get(channel);
    if (number === undefined) numbers.set(channel, (number = numbers.size));
    return number;
  };
  const takesAll = !collapse && !unique;
  const isKept = (path: readonly string[], i: number): boolean =>
    unique ? path.indexOf(path[i] ?? '') === i : !collapse || i === 0 || path[i] !== path[i - 1];

  /** The first times: those before have none. */
  const startTimes = (own: object | undefined): void => {
    if (!own || times) return;
    times = growing(decimals);
    for (let before = touches.length(); before > 0; before--) times.push(Number.NaN);
  };
  const addTouches = ({ path, times: own, lead }: PathRow): void => {
    const start = touches.length();
    startTimes(own);
    for (let i = 0; i < path.length; i++) {
      const channel = path[i] ?? '';
      if (takesAll || isKept(path, i)) {
        times?.push(own ? timeOf(own[i] ?? '') : Number.NaN);
        touches.push(numberOf(channel));
      }
      // A dropped touch that was the lead: the touch that stands for it is.
      if (i === lead) leads.set(rows, unique ? indexFrom(start, numberOf(channel)) : touches.length() - 1 - start);
    }
    if (path.length === 0) {
      touches.push(numberOf(NO_CHANNEL));
      times?.push(Number.NaN);
    }
  };
  const indexFrom = (start: number, channel: number): number => touches.view().subarray(start).indexOf(channel);

  return {
    add(row, place) {
      checkRow(row, place);
      addTouches(row);
      offsets.push(touches.length());
      conversions.push(row.conversions);
      values.push(row.value ?? 0);
      nulls.push(row.nulls ?? 0);
      rows += 1;
    },
    addNull(path) {
      for (const { label } of path) {
        touches.push(numberOf(label));
        times?.push(Number.NaN);
      }
      offsets.push(touches.length());
      conversions.push(0);
      values.push(0);
      nulls.push(1);
      rows += 1;
    },
    append({ channels, touches: named, times: own, ...table }) {
      const start = touches.length();
      startTimes(own);
      for (let i = 0; i < named.length; i++) {
        touches.push(numberOf(channels[named[i] ?? 0] ?? ''));
        times?.push(own?.[i] ?? Number.NaN);
      }
      for (let i = 0; i < table.size; i++) {
        offsets.push(start + (table.offsets[i + 1] ?? 0));
        conversions.push(table.conversions[i] ?? 0);
        values.push(table.values[i] ?? 0);
        nulls.push(table.nulls[i] ?? 0);
      }
      for (const [row, lead] of table.leads) leads.set(rows + row, lead);
      rows += table.size;
    },
    pack: () => ({
      channels: [...numbers.keys()],
      size: rows,
      offsets: Uint32Array.from(offsets.view()),
      touches: Uint32Array.from(touches.view()),
      times: times && Float64Array.from(times.view()),
      leads,
      conversions: Float64Array.from(conversions.view()),
      values: Float64Array.from(values.view()),
      nulls: Float64Array.from(nulls.view()),
    }),
  };
}

/** Packs rows; places in errors are `Row 1`, `Row 2`, … */
export function packPaths(rows: Iterable<PathRow>, repeats: Repeats = {}): PathTable {
  const packer = createPacker(repeats);
  let row = 0;
  if (typeof rows?.[Symbol.iterator] !== 'function')
    throw badQuery('rows', rows, 'a list of rows such as { path: ["ad", "mail"], conversions: 1 }');
  for (const one of rows) packer.add(one, `Row ${++row}`);
  return packer.pack();
}

/** The sum of a column, added in the order of the rows. */
export function sumOf(column: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += column[i] ?? 0;
  return sum;
}

interface Numbers<T> {
  readonly length: number;
  [index: number]: number;
  set(from: T): void;
  subarray(from: number, to: number): T;
}

/** A list of numbers in a typed array that doubles when it is full. */
function growing<T extends Numbers<T>>(make: (length: number) => T) {
  let array = make(1024);
  let length = 0;
  return {
    push(value: number): void {
      if (length === array.length) {
        const larger = make(length * 2);
        larger.set(array);
        array = larger;
      }
      array[length++] = value;
    },
    length: () => length,
    view: () => array.subarray(0, length),
  };
}

const integers = (length: number): Uint32Array<ArrayBuffer> => new Uint32Array(length);
const decimals = (length: number): Float64Array<ArrayBuffer> => new Float64Array(length);
