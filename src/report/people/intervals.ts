import type { Interval } from '../models/bootstrap.js';
import { createRandom } from '../models/random.js';

/** The 95 % interval of a share by Wilson's score, which stays within 0 and 1 and holds for small n; null for n = 0. */
export function wilson(part: number, n: number): Interval | null {
  if (n === 0) return null;
  const z = 1.959964;
  const p = part / n;
  const centre = p + (z * z) / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}

/** The 95 % interval of a mean by Student's t, kept within the scale; null for less than two values. */
export function meanInterval(values: readonly number[], scale: Interval): Interval | null {
  const n = values.length;
  if (n < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const spread = studentT(n - 1) * Math.sqrt(variance / n);
  return { low: Math.max(scale.low, mean - spread), high: Math.min(scale.high, mean + spread) };
}

/**
 * The 95 % interval of a Net Promoter Score, -100 to 100: adjusted Wald with three answers added, 3/4 promoters, 3/2
 * passives, 3/4 detractors (Rocks 2016), so that ten promoters and nobody else do not look certain. Null for n = 0.
 */
export function npsInterval(promoters: number, passives: number, detractors: number): Interval | null {
  if (promoters + passives + detractors === 0) return null;
  const n = promoters + passives + detractors + 3;
  const up = (promoters + 0.75) / n;
  const down = (detractors + 0.75) / n;
  const score = up - down;
  const spread = 1.959964 * Math.sqrt((up + down - score * score) / n);
  return { low: Math.max(-100, 100 * (score - spread)), high: Math.min(100, 100 * (score + spread)) };
}

/** Percentile interval (95 %) of the mean by drawing values with replacement; same seed, same interval. */
export function bootstrapMean(values: readonly number[], rounds = 500, seed = 1): Interval | null {
  const n = values.length;
  if (n < 2) return null;
  const random = createRandom(seed);
  // Values in order: the interval must not depend on the order in which people came.
  const sorted = Float64Array.from(values).sort();
  const means = new Float64Array(rounds);
  for (let round = 0; round < rounds; round++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += sorted[Math.floor(random.next() * n)] ?? 0;
    means[round] = sum / n;
  }
  means.sort();
  return { low: means[Math.floor(rounds * 0.025)] ?? 0, high: means[Math.ceil(rounds * 0.975) - 1] ?? 0 };
}

/** 97.5 % quantiles of Student's t; between the listed degrees of freedom the larger one. */
const T: readonly (readonly [degrees: number, t: number])[] = [
  [1, 12.706],
  [2, 4.303],
  [3, 3.182],
  [4, 2.776],
  [5, 2.571],
  [6, 2.447],
  [7, 2.365],
  [8, 2.306],
  [9, 2.262],
  [10, 2.228],
  [12, 2.179],
  [15, 2.131],
  [20, 2.086],
  [30, 2.042],
  [60, 2.0],
  [120, 1.98],
];

function studentT(degrees: number): number {
  if (degrees > 120) return 1.96;
  let t = 12.706;
  for (const [from, value] of T) if (from <= degrees) t = value;
  return t;
}
