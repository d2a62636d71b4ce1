import type { PathTable } from './path-table.js';

/** What a model gives each channel (by index), and what else it knows. */
export interface Credits {
  conversions: Float64Array;
  values: Float64Array;
  /** Figures of each channel, by name; arrays are by channel. */
  perChannel?: { readonly [figure: string]: ArrayLike<number | null | readonly number[]> };
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
 * Moves what floating point lost or won to the largest part (where rounding does not let that one take it, to the next), so
 * that the parts, added up in order, give the total to the last bit. Parts that are 0 stay 0. Changes the array.
 */
export function settle(parts: number[], total: number): void {
  const bySize = parts.map((_, i) => i).sort((a, b) => Math.abs(parts[b] ?? 0) - Math.abs(parts[a] ?? 0));
  for (const i of bySize) {
    const missing = total - parts.reduce((sum, part) => sum + part, 0);
    if (missing === 0 || parts[i] === 0) return;
    parts[i] = (parts[i] ?? 0) + missing;
  }
}
