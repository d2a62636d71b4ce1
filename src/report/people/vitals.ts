import { eventsNamed, grouped, numberIn, ratio, textIn } from './read/facts.js';
import type { PeopleReport } from './read/scene.js';

/** One metric: milliseconds, CLS without unit. */
export interface VitalRow {
  metric: string;
  n: number;
  p50: number | null;
  /** What Google rates a site by. */
  p75: number | null;
  p90: number | null;
  p95: number | null;
  /** Shares by Google's limits (web.dev/vitals); null for metrics without limits. */
  good: number | null;
  needsImprovement: number | null;
  poor: number | null;
  /** Of the 75th percentile. */
  rating: 'good' | 'needs-improvement' | 'poor' | null;
}

/** What `vitals` answers besides its heading. */
export interface VitalsReport {
  rows: VitalRow[];
  totals: { measurements: number };
}

/** Up to and including the first is good, above the second is poor. */
const LIMITS: Readonly<Record<string, readonly [number, number]>> = {
  LCP: [2500, 4000],
  INP: [200, 500],
  CLS: [0.1, 0.25],
  FCP: [1800, 3000],
  TTFB: [800, 1800],
};

/** Core Web Vitals of real visits: percentiles of `Web Vital` events by metric. Values are kept to four digits. */
export const vitals: PeopleReport<VitalsReport> = {
  name: 'vitals',
  plan: () => ({ events: ['Web Vital'], only: 'asked', days: 0 }),
  tally(scene) {
    // Counts by value: memory does not grow with the number of visits.
    const metrics = grouped(() => new Map<number, number>());
    return {
      add(thread) {
        for (const { properties, ms } of eventsNamed(thread, 'Web Vital')) {
          const metric = textIn(properties, 'metric');
          const value = numberIn(properties, 'value');
          if (metric === undefined || value === undefined || value < 0 || ms < scene.from || ms >= scene.to) continue;
          const counts = metrics.of(metric);
          const kept = Number(value.toPrecision(4));
          counts.set(kept, (counts.get(kept) ?? 0) + 1);
        }
      },
      result() {
        const rows = metrics.entries().map(([metric, counts]) => describe(metric, counts));
        return { rows, totals: { measurements: rows.reduce((sum, { n }) => sum + n, 0) } };
      },
    };
  },
};

function describe(metric: string, counts: ReadonlyMap<number, number>): VitalRow {
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const n = sorted.reduce((sum, [, count]) => sum + count, 0);
  // Own entries only: a measurement may be named `constructor`.
  const limits = Object.hasOwn(LIMITS, metric) ? LIMITS[metric] : undefined;
  const share = (from: number, to: number) =>
    ratio(
      sorted.reduce((sum, [value, count]) => (value > from && value <= to ? sum + count : sum), 0),
      n,
    );
  const p75 = percentile(sorted, n, 0.75);
  const [good = 0, poor = 0] = limits ?? [];
  return {
    metric,
    n,
    p50: percentile(sorted, n, 0.5),
    p75,
    p90: percentile(sorted, n, 0.9),
    p95: percentile(sorted, n, 0.95),
    good: limits ? share(Number.NEGATIVE_INFINITY, good) : null,
    needsImprovement: limits ? share(good, poor) : null,
    poor: limits ? share(poor, Number.POSITIVE_INFINITY) : null,
    rating: !limits || p75 === null ? null : p75 <= good ? 'good' : p75 <= poor ? 'needs-improvement' : 'poor',
  };
}

/** As `quantile` of facts.ts, over counted values. */
function percentile(sorted: readonly (readonly [number, number])[], n: number, part: number): number | null {
  if (n === 0) return null;
  const place = part * (n - 1);
  const at = (index: number): number => {
    let passed = 0;
    for (const [value, count] of sorted) {
      passed += count;
      if (index < passed) return value;
    }
    return 0;
  };
  const below = at(Math.floor(place));
  return below + (place % 1) * (at(Math.ceil(place)) - below);
}
