import { roundTo } from '../apportion.js';
import { oneOf } from '../query.js';
import { createBuyerBook } from './books/buyers.js';
import { ORDER_EVENTS } from './books/ledger.js';
import { bucketOf, bucketsBetween, nextBucket, readBucket } from './buckets.js';
import { grouped, ratio } from './read/facts.js';
import type { PeopleReport, Scene } from './read/scene.js';

/** Who makes a cohort: people by their first order, active by ordering; or by their first visit, active by visiting. */
const COHORTS_OF = ['orders', 'visits'] as const;

/** One cohort, so many buckets after its first. */
export interface CohortRow {
  /** The bucket of the first order or visit: `2026-11`, or the Monday of a week, or a day. */
  cohort: string;
  /** People in the cohort. */
  size: number;
  /** 0 is the bucket of the first order itself. */
  period: number;
  /** People of the cohort who were active then, and their share. */
  active: number;
  retention: number | null;
  /** Orders of the cohort then, as amounts in the currency; null for visits. */
  revenue: number | null;
  /** False while the bucket is not over: the share can still grow. */
  complete: boolean;
}

/** What `cohorts` answers besides its heading. */
export interface CohortsReport {
  by: string;
  bucket: string;
  currency: string | null;
  rows: CohortRow[];
  /** Over all cohorts that are complete then, by period: the share of their people who were active. */
  totals: { cohorts: number; size: number; retention: (number | null)[] };
  notices: string[];
}

/** Retention: of the people who began in one month (week, day) of the period, how many came back in each one after it. */
export const cohorts: PeopleReport<CohortsReport> = {
  name: 'cohorts',
  plan: ({ by }) => (by === 'visits' ? { events: [] } : { events: ORDER_EVENTS, only: 'asked' }),
  tally(scene, query) {
    const by = oneOf('by', query.by, COHORTS_OF);
    const bucket = readBucket(query.bucket);
    const table = createTable(scene, bucket);
    const book = createBuyerBook(scene, { allOrders: true });
    const shared = { by, bucket };
    if (by === 'visits') {
      return {
        add: ({ visits }) => {
          const times = visits.map(({ at }) => ({ at, value: 0 }));
          // Not by what is known of them before: a mail that was delivered, or a receipt, is no visit.
          const [first] = times;
          if (first) table.add(first.at, times);
        },
        result: () => ({ ...shared, currency: null, ...table.close(false), notices: [] }),
      };
    }
    return {
      add: book.add,
      result() {
        const { buyers, currency, notices } = book.close();
        for (const { orders } of buyers) table.add(orders[0]?.at ?? 0, orders);
        return { ...shared, currency, ...table.close(true), notices };
      },
    };
  },
};

interface Cohort {
  size: number;
  active: number[];
  revenue: number[];
}

function createTable(scene: Scene, bucket: ReturnType<typeof readBucket>) {
  const cohortsByName = grouped((): Cohort => ({ size: 0, active: [], revenue: [] }));
  const nameOf = (at: number) => bucketOf(scene.dayOf(at), bucket);
  return {
    add(began: number, times: readonly { at: number; value: number }[]): void {
      if (began < scene.from || began >= scene.to) return;
      const name = nameOf(began);
      const cohort = cohortsByName.of(name);
      cohort.size += 1;
      const seen = new Set<number>();
      for (const { at, value } of times) {
        if (at >= scene.to) continue;
        const period = Math.max(0, bucketsBetween(name, nameOf(at), bucket));
        if (!seen.has(period)) cohort.active[period] = (cohort.active[period] ?? 0) + 1;
        seen.add(period);
        cohort.revenue[period] = (cohort.revenue[period] ?? 0) + value;
      }
    },
    close(withRevenue: boolean): Pick<CohortsReport, 'rows' | 'totals'> {
      const current = nameOf(scene.until - 1);
      // The last bucket is over only if the day after it has begun by then.
      const isOver = (name: string) => nextBucket(name, 1, bucket) <= scene.dayOf(scene.until);
      const rows = cohortsByName.entries().flatMap(([cohort, { size, active, revenue }]) => {
        const periods = Math.max(0, bucketsBetween(cohort, current, bucket)) + 1;
        return Array.from({ length: periods }, (_, period): CohortRow => {
          const count = active[period] ?? 0;
          return {
            cohort,
            size,
            period,
            active: count,
            retention: ratio(count, size),
            revenue: withRevenue ? roundTo(revenue[period] ?? 0, 2) : null,
            complete: isOver(nextBucket(cohort, period, bucket)),
          };
        });
      });
      return { rows, totals: summarise(rows) };
    },
  };
}

function summarise(rows: readonly CohortRow[]): CohortsReport['totals'] {
  const first = rows.filter(({ period }) => period === 0);
  const longest = rows.reduce((most, { period }) => Math.max(most, period), -1);
  const retention = Array.from({ length: longest + 1 }, (_, period) => {
    const known = rows.filter((row) => row.period === period && row.complete);
    return ratio(
      known.reduce((sum, { active }) => sum + active, 0),
      known.reduce((sum, { size }) => sum + size, 0),
    );
  });
  return { cohorts: first.length, size: first.reduce((sum, { size }) => sum + size, 0), retention };
}
