import type { PathModel } from './credits.js';
import { type PathTable, sumOf } from './path-table.js';
import { createRandom } from './random.js';

/** How to resample. */
export interface BootstrapOptions {
  /** How many times, e.g. 200. */
  rounds: number;
  /** Share of the resampled figures that lie within the interval, e.g. 0.95. */
  level: number;
  seed: number;
}

/** Where a figure lies when other people of the same kind had come. */
export interface Interval {
  low: number;
  high: number;
}

/** Intervals of one channel. */
export interface Intervals {
  conversions: Interval;
  value: Interval;
  /** Null when no round had conversions. */
  share: Interval | null;
}

/**
 * Percentile intervals by resampling journeys: each journey comes into a round as often as a Poisson number of mean 1 says
 * (which is drawing with replacement, without drawing a million times), with its value.
 */
export function bootstrap(table: PathTable, model: PathModel, { rounds, level, seed }: BootstrapOptions): Intervals[] {
  const random = createRandom(seed);
  const conversions: number[][] = table.channels.map(() => []);
  const values: number[][] = table.channels.map(() => []);
  const shares: number[][] = table.channels.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const drawn = table.conversions.map((count) => random.poisson(count));
    const credits = model({
      ...table,
      conversions: drawn,
      nulls: table.nulls.map((count) => random.poisson(count)),
      values: table.values.map((value, i) =>
        table.conversions[i] ? (value * (drawn[i] ?? 0)) / (table.conversions[i] ?? 1) : value,
      ),
    });
    const total = sumOf(drawn);
    table.channels.forEach((_, channel) => {
      const credit = credits.conversions[channel] ?? 0;
      conversions[channel]?.push(credit);
      values[channel]?.push(credits.values[channel] ?? 0);
      if (total > 0) shares[channel]?.push(credit / total);
    });
  }
  return table.channels.map((_, channel) => ({
    conversions: interval(conversions[channel] ?? [], level) ?? NOWHERE,
    value: interval(values[channel] ?? [], level) ?? NOWHERE,
    share: interval(shares[channel] ?? [], level),
  }));
}

const NOWHERE: Interval = { low: 0, high: 0 };

function interval(figures: readonly number[], level: number): Interval | null {
  if (figures.length === 0) return null;
  const sorted = [...figures].sort((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)] ?? 0;
    return below + (place % 1) * ((sorted[Math.ceil(place)] ?? 0) - below);
  };
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}
