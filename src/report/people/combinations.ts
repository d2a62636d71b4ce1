import { DAY_MS } from '../../protocol/time.js';
import type { Interval } from '../models/bootstrap.js';
import { oneOf } from '../query.js';
import { type Buyer, createBuyerBook, worth } from './books/buyers.js';
import { ORDER_EVENTS } from './books/ledger.js';
import { bootstrapMean } from './intervals.js';
import { grouped, mean, median, quantile, ratio } from './read/facts.js';
import { type PeopleReport, readDays } from './read/scene.js';

/** Which channels make a combination: those touched, or those bought through. */
const COMBINATIONS_OF = ['channel', 'place'] as const;

/** Later value of the customers of one group. */
export interface CombinationFigures {
  customers: number;
  /** Orders less refunds in the follow-up, per customer. */
  mean: number | null;
  median: number | null;
  /** 95 % interval of the mean, by resampling customers. */
  interval: Interval | null;
  /** The mean if this group had as many light and heavy first buyers as all customers have; see `combinations`. */
  adjustedMean: number | null;
  /** mean / mean of customers with one channel - 1, and the same of the adjusted means. */
  uplift: number | null;
  adjustedUplift: number | null;
  /** Set under 100 customers. */
  warning: string | null;
}

/** What `combinations` answers besides its heading. */
export interface CombinationsReport {
  by: string;
  windowDays: number;
  followDays: number;
  currency: string | null;
  rows: ({ combination: string[]; channels: number } & CombinationFigures)[];
  /** By number of channels: 1, 2, 3 or more. */
  summary: ({ channels: string } & CombinationFigures)[];
  /** `tooRecent`: customers whose follow-up is not over, left out. */
  totals: CombinationFigures & { tooRecent: number };
  notices: string[];
}

const FEW = 100;

/**
 * Lifetime value by combination of channels, without immortal-time bias: customers are put into groups by what they met
 * in the first `window` days (90) from their first order, and valued by what they brought in the `follow` days (180)
 * after that window; only those whose follow-up is over count, whether they came back or not. Who buys much early also
 * meets more channels, so means are also given standardised over strata of orders in the window (1, 2, 3 or more) and
 * value of the first order (under or over the median of all). It remains an observation, not an effect.
 */
export const combinations: PeopleReport<CombinationsReport> = {
  name: 'combinations',
  plan: () => ({ events: ORDER_EVENTS, only: 'asked' }),
  tally(scene, query) {
    const by = oneOf('by', query.by, COMBINATIONS_OF);
    const windowDays = readDays('window', query.windowDays, 90);
    const followDays = readDays('follow', query.followDays, 180);
    const book = createBuyerBook(scene, { touches: by === 'channel' });
    return {
      add: book.add,
      result() {
        const { buyers, currency, notices } = book.close();
        const acquired = buyers.filter(({ orders }) => (orders[0]?.at ?? 0) >= scene.from);
        const needed = (windowDays + followDays) * DAY_MS;
        const followed = acquired.filter(({ orders }) => (orders[0]?.at ?? 0) + needed <= scene.until);
        const members = describe(followed, { by, windowDays, followDays });
        return {
          ...{ by, windowDays, followDays, currency },
          ...compare(members, acquired.length - followed.length),
          notices: members.length === 0 && acquired.length > 0 ? [...notices, TOO_SOON] : notices,
        };
      },
    };
  },
};

const TOO_SOON =
  'No customer of the period has been followed for long enough: ask for an earlier period, or for shorter spans with "window" and "follow".';

/** A customer as the comparison sees them. */
interface Member {
  combination: string[];
  value: number;
  stratum: string;
}

function describe(
  buyers: readonly Buyer[],
  { by, windowDays, followDays }: { by: string; windowDays: number; followDays: number },
): Member[] {
  const middle = quantile(
    buyers.map(({ orders }) => orders[0]?.value ?? 0),
    0.5,
  );
  return buyers.map((buyer) => {
    const [first] = buyer.orders;
    const start = first?.at ?? 0;
    const end = start + windowDays * DAY_MS;
    const early = buyer.orders.filter(({ at }) => at < end);
    const met =
      by === 'place'
        ? early.map(({ place }) => place)
        : // The visit of the first order began before it; `label` is that visit's.
          [first?.label ?? '', ...buyer.touches.filter(({ at }) => start <= at && at < end).map(({ label }) => label)];
    const isLarge = (first?.value ?? 0) > (middle ?? 0);
    return {
      combination: [...new Set(met)].sort(),
      value: worth(buyer, end, end + followDays * DAY_MS),
      stratum: `${Math.min(3, early.length)}${isLarge ? ' large' : ''}`,
    };
  });
}

function compare(
  members: readonly Member[],
  tooRecent: number,
): Pick<CombinationsReport, 'rows' | 'summary' | 'totals'> {
  const weights = new Map<string, number>();
  for (const { stratum } of members) weights.set(stratum, (weights.get(stratum) ?? 0) + 1);
  const single = figures(
    members.filter(({ combination }) => combination.length === 1),
    weights,
  );
  const lift = (one: CombinationFigures): CombinationFigures => ({
    ...one,
    uplift: change(one.mean, single.mean),
    adjustedUplift: change(one.adjustedMean, single.adjustedMean),
  });
  const groups = grouped((): Member[] => []);
  for (const member of members) groups.of(JSON.stringify(member.combination)).push(member);
  const rows = groups
    .entries()
    .map(([key, group]) => {
      const combination = JSON.parse(key) as string[];
      return { combination, channels: combination.length, ...lift(figures(group, weights)) };
    })
    .sort((a, b) => b.customers - a.customers);
  const summary = ['1', '2', '3+'].map((channels, i) => {
    const group = members.filter(({ combination }) => Math.min(3, combination.length) === i + 1);
    return { channels, ...lift(figures(group, weights)) };
  });
  return { rows, summary, totals: { ...lift(figures(members, weights)), tooRecent } };
}

function figures(members: readonly Member[], weights: ReadonlyMap<string, number>): CombinationFigures {
  const values = members.map(({ value }) => value);
  return {
    customers: members.length,
    mean: mean(values),
    median: median(values),
    interval: bootstrapMean(values),
    adjustedMean: standardise(members, weights),
    uplift: null,
    adjustedUplift: null,
    warning: members.length < FEW ? `only ${members.length} ${members.length === 1 ? 'customer' : 'customers'}` : null,
  };
}

/** The mean over strata, each as heavy as it is among all; strata that the group does not have are left out. */
function standardise(members: readonly Member[], weights: ReadonlyMap<string, number>): number | null {
  const strata = grouped((): number[] => []);
  for (const { stratum, value } of members) strata.of(stratum).push(value);
  let sum = 0;
  let whole = 0;
  for (const [stratum, values] of strata.entries()) {
    const weight = weights.get(stratum) ?? 0;
    sum += weight * (mean(values) ?? 0);
    whole += weight;
  }
  return ratio(sum, whole);
}

function change(value: number | null, base: number | null): number | null {
  return value === null || base === null || base === 0 ? null : value / base - 1;
}
