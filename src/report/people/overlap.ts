import { isoMs } from '../../stores/iso-times.js';
import { DIMENSIONS } from '../labels.js';
import { oneOf } from '../query.js';
import { pointsOf } from './buyers.js';
import { grouped, ratio } from './facts.js';
import type { PeopleReport } from './scene.js';

/** People reached by two channels. */
export interface OverlapRow {
  a: string;
  b: string;
  onlyA: number;
  onlyB: number;
  both: number;
  /** both / (onlyA + onlyB + both). */
  overlap: number | null;
  /** Share of each group who reached the goal in the period. */
  conversionOnlyA: number | null;
  conversionOnlyB: number | null;
  conversionBoth: number | null;
}

/** What `overlap` answers besides its heading. */
export interface OverlapReport {
  by: string;
  rows: OverlapRow[];
  /** Every set of channels that somebody met, and how many met exactly it. */
  sets: { channels: string[]; people: number; converted: number; conversionRate: number | null }[];
  totals: { people: number; oneChannel: number; severalChannels: number; severalShare: number | null };
}

/** For each pair of channels: who met only one of them in the period, only the other, or both. Other channels do not matter. */
export const overlap: PeopleReport<OverlapReport> = {
  name: 'overlap',
  plan: ({ by }, { goal }) => ({ events: [goal], bare: true, by: oneOf('by', by, DIMENSIONS), days: 0 }),
  tally(scene, query) {
    const sets = grouped(() => ({ people: 0, converted: 0 }));
    return {
      add(thread) {
        const met = pointsOf(scene, thread).filter(({ at }) => at >= scene.from && at < scene.to);
        if (met.length === 0) return;
        const set = sets.of(JSON.stringify([...new Set(met.map(({ label }) => label))].sort()));
        set.people += 1;
        const { goal } = scene.head;
        if (thread.events.some(({ name, at }) => name === goal && isoMs(at) >= scene.from)) set.converted += 1;
      },
      result() {
        const found = sets.entries().map(([key, counts]) => ({ channels: JSON.parse(key) as string[], ...counts }));
        const labels = [...new Set(found.flatMap(({ channels }) => channels))].sort();
        const rows = labels.flatMap((a, i) => labels.slice(i + 1).map((b) => pairOf(a, b, found)));
        const people = found.reduce((sum, set) => sum + set.people, 0);
        const one = found.reduce((sum, set) => sum + (set.channels.length === 1 ? set.people : 0), 0);
        return {
          by: oneOf('by', query.by, DIMENSIONS),
          rows: rows.sort((x, y) => y.both - x.both || y.onlyA + y.onlyB - x.onlyA - x.onlyB),
          sets: found
            .map((set) => ({ ...set, conversionRate: ratio(set.converted, set.people) }))
            .sort((x, y) => y.people - x.people),
          totals: { people, oneChannel: one, severalChannels: people - one, severalShare: ratio(people - one, people) },
        };
      },
    };
  },
};

interface CountedSet {
  channels: readonly string[];
  people: number;
  converted: number;
}

function pairOf(a: string, b: string, sets: readonly CountedSet[]): OverlapRow {
  const sums = { a: { people: 0, converted: 0 }, b: { people: 0, converted: 0 }, both: { people: 0, converted: 0 } };
  for (const { channels, people, converted } of sets) {
    const [inA, inB] = [channels.includes(a), channels.includes(b)];
    if (!inA && !inB) continue;
    const sum = sums[inA && inB ? 'both' : inA ? 'a' : 'b'];
    sum.people += people;
    sum.converted += converted;
  }
  return {
    a,
    b,
    onlyA: sums.a.people,
    onlyB: sums.b.people,
    both: sums.both.people,
    overlap: ratio(sums.both.people, sums.a.people + sums.b.people + sums.both.people),
    conversionOnlyA: ratio(sums.a.converted, sums.a.people),
    conversionOnlyB: ratio(sums.b.converted, sums.b.people),
    conversionBoth: ratio(sums.both.converted, sums.both.people),
  };
}
