import { eventsNamed, numberIn, textIn } from './read/facts.js';
import type { PeopleReport } from './read/scene.js';

/** The course of one imported figure, e.g. the followers of one account. */
export interface GaugeRow {
  network: string;
  account: string;
  metric: string;
  /** The latest value in the period, and its day. A gauge is a reading: readings are never added up. */
  value: number;
  day: string;
  /** The latest value before the period; without one the first in it. */
  before: number;
  /** value - before. */
  change: number;
  changeRate: number | null;
  /** Days with a reading in the period. */
  readings: number;
}

/** What `gauges` answers besides its heading. */
export interface GaugesReport {
  rows: GaugeRow[];
  totals: { gauges: number };
}

const READ = 'Social Metric Imported';

/**
 * Imported readings (`Social Metric Imported` with `network`, `account`, `metric`, `value`, `date`): followers, reach. Of
 * several readings of one day the latest counts.
 */
export const gauges: PeopleReport<GaugesReport> = {
  name: 'gauges',
  plan: () => ({ events: [], imports: [READ], only: 'asked' }),
  tally(scene) {
    const series = new Map<string, Map<string, { at: number; value: number }>>();
    return {
      add(thread) {
        for (const { properties, channel, ms } of eventsNamed(thread, READ)) {
          const value = numberIn(properties, 'value');
          if (value === undefined) continue;
          const network = textIn(properties, 'network', 'source', 'channel') ?? channel ?? '(not set)';
          const account = textIn(properties, 'account', 'account_id') ?? '(not set)';
          const metric = textIn(properties, 'metric', 'name') ?? '(not set)';
          const day = /^\d{4}-\d\d-\d\d/.exec(textIn(properties, 'date') ?? '')?.[0] ?? scene.dayOf(ms);
          const key = JSON.stringify([network, account, metric]);
          const days = series.get(key) ?? new Map<string, { at: number; value: number }>();
          series.set(key, days);
          const known = days.get(day);
          if (!known || ms > known.at || (ms === known.at && value > known.value)) days.set(day, { at: ms, value });
        }
      },
      result() {
        const [first, last] = [scene.dayOf(scene.from), scene.dayOf(scene.to - 1)];
        const rows = [...series]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .flatMap(([key, days]): GaugeRow[] => {
            const sorted = [...days].filter(([day]) => day <= last).sort(([a], [b]) => (a < b ? -1 : 1));
            const inside = sorted.filter(([day]) => day >= first);
            const latest = inside.at(-1);
            const base = sorted.filter(([day]) => day < first).at(-1) ?? inside[0];
            if (!latest || !base) return [];
            const [network = '', account = '', metric = ''] = JSON.parse(key) as string[];
            const [value, before] = [latest[1].value, base[1].value];
            return [
              {
                ...{ network, account, metric, value, day: latest[0], before, change: value - before },
                changeRate: before === 0 ? null : value / before - 1,
                readings: inside.length,
              },
            ];
          });
        return { rows, totals: { gauges: rows.length } };
      },
    };
  },
};
