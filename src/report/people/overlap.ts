import { DIMENSIONS } from '../labels.js';
import { oneOf } from '../query.js';
import { pointsOf } from './books/buyers.js';
import { ratio } from './read/facts.js';
import type { PeopleReport } from './read/scene.js';

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
  plan: ({ by }, { goal }) => ({
    ...{ events: [goal], bare: true, without: ['facts', 'visits'] },
    by: oneOf('by', by, DIMENSIONS),
    days: 0,
  }),
  tally(scene, query) {
    const sets = createSets();
    return {
      add(way) {
        const met: number[] = [];
        for (const { at, label } of pointsOf(scene, way)) {
          if (at < scene.from || at >= scene.to) continue;
          const number = sets.numberOf(label);
          if (!met.includes(number)) met.push(number);
        }
        if (met.length === 0) return;
        const set = sets.of(met.sort(byNumber));
        set.people += 1;
        if (way.timesOf(scene.head.goal).some((ms) => ms >= scene.from)) set.converted += 1;
      },
      result() {
        const found = sets.sorted();
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

/** Counts by set of labels. */
function createSets() {
  /** Of the set with no label to all others: each leads on by one label more, in the order of the labels' numbers. */
  const none: Step = { next: [] };
  const numbers = new Map<string, number>();
  const labels: string[] = [];
  const found: CountedSet[] = [];
  return {
    numberOf(label: string): number {
      let number = numbers.get(label);
      if (number === undefined) numbers.set(label, (number = labels.push(label) - 1));
      return number;
    },
    /** The set of some numbers, each once, rising. */
    of(rising: readonly number[]): CountedSet {
      let step = none;
      for (const number of rising) step = step.next[number] ??= { next: [] };
      if (!step.set) {
        const channels = rising.map((number) => labels[number] ?? '').sort();
        found.push((step.set = { channels, people: 0, converted: 0 }));
      }
      return step.set;
    },
    /** By their labels, so that every engine answers alike. */
    sorted(): CountedSet[] {
      const named = found.map((set) => ({ set, name: JSON.stringify(set.channels) }));
      return named.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ set }) => set);
    },
  };
}

function byNumber(a: number, b: number): number {
  return a - b;
}

interface Step {
  next: Step[];
  set?: CountedSet;
}

interface CountedSet {
  channels: string[];
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
