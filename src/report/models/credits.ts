import type { PathTable } from './path-table.js';

/** What a model gives each channel (by index), and what else it knows. */
export interface Credits {
  conversions: Float64Array;
  values: Float64Array;
  /** Figures of each channel, by name; arrays are by channel. */
  perChannel?: { readonly [figure: string]: ArrayLike<number | null | readonly number[]> };
  /** What was divided, where that is not the sum of the rows: in a game of coalitions, the worth of all together. */
  totals?: { readonly conversions: number; readonly value: number };
  /** Figures of the model as a whole. */
  details?: { readonly [figure: string]: unknown };
  /** What the reader must know to read the figures right. */
  notices?: readonly string[];
}

/** Divides the conversions and values of paths among their channels. */
export type PathModel = (table: PathTable) => Credits;

/** Divides a total in proportion to non-negative parts; all 0 when there are none. */
export function divide(total: number, parts: ArrayLike<number>): Float64Array {
  const weights = Float64Array.from(parts);
  let sum = 0;
  for (const part of weights) sum += part;
  return sum === 0 ? new Float64Array(weights.length) : weights.map((part) => (total * part) / sum);
}

/**
 * Moves what floating point lost or won to the largest part, so that the parts, added up in order, give the total to the
 * last bit. Where rounding does not let the largest take it, the last takes what the others leave: a difference of near
 * numbers is exact. Parts that are 0 stay 0. Changes the array.
 */
export function settle(parts: number[], total: number): void {
  const sum = () => parts.reduce((all, part) => all + part, 0);
  const largest = parts.reduce((best, part, i) => (Math.abs(part) > Math.abs(parts[best] ?? 0) ? i : best), 0);
  for (let round = 0; round < 3 && parts[largest] && sum() !== total; round++) {
    parts[largest] = (parts[largest] ?? 0) + (total - sum());
  }
  const last = parts.map((part) => part !== 0).lastIndexOf(true);
  if (last < 0 || sum() === total) return;
  parts[last] = total - parts.slice(0, last).reduce((all, part) => all + part, 0);
}
