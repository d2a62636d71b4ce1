import { eventsNamed, numberIn, ratio, textIn } from './read/facts.js';
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
  /**
   * Of interactions (likes, comments, shares, …): value / reach, and value / followers, of the same account on the same day.
   * Null for other readings, and without such a base.
   */
  engagementByReach: number | null;
  engagementByFollowers: number | null;
}

/** What `gauges` answers besides its heading. */
export interface GaugesReport {
  rows: GaugeRow[];
  totals: { gauges: number };
}

const READ = 'Social Metric Imported';

/** What people do with a post, by the names that networks and tools have for it. */
const INTERACTIONS = /^(interaction|engagement|reaction|like|comment|share|save|repl(y|ie)|repost|retweet|click)s?$/;
const BASES = { reach: /^reach$/, followers: /^(followers?|fans|subscribers|abonn[eé]s)$/ };

/**
 * Imported readings (`Social Metric Imported` with `network`, `account`, `metric`, `value`, `date`): followers, reach. Of
 * several readings of one day the latest counts. Interactions are also set against the reach and the followers of their day.
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
        const baseOf = createBases(series);
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
            const rate = (of: keyof typeof BASES): number | null =>
              INTERACTIONS.test(plain(metric)) ? ratio(value, baseOf(of, { network, account, day: latest[0] })) : null;
            return [
              {
                ...{ network, account, metric, value, day: latest[0], before, change: value - before },
                changeRate: before === 0 ? null : value / before - 1,
                readings: inside.length,
                engagementByReach: rate('reach'),
                engagementByFollowers: rate('followers'),
              },
            ];
          });
        return { rows, totals: { gauges: rows.length } };
      },
    };
  },
};

type Series = ReadonlyMap<string, ReadonlyMap<string, { value: number }>>;

/** Finds what interactions of an account and day are set against; 0 where nothing is known. */
function createBases(series: Series) {
  const found = new Map<string, number>();
  const nameOf = (of: string, network: string, account: string, day: string) =>
    JSON.stringify([of, network, account, day]);
  for (const [key, days] of series) {
    const [network = '', account = '', metric = ''] = JSON.parse(key) as string[];
    for (const [of, pattern] of Object.entries(BASES))
      if (pattern.test(plain(metric)))
        for (const [day, { value }] of days) found.set(nameOf(of, network, account, day), value);
  }
  return (
    of: keyof typeof BASES,
    { network, account, day }: { network: string; account: string; day: string },
  ): number => found.get(nameOf(of, network, account, day)) ?? 0;
}

function plain(metric: string): string {
  return metric.trim().toLowerCase();
}
