import { DAY_MS } from '../../protocol/time.js';
import { roundTo } from '../apportion.js';
import type { Interval } from '../models/bootstrap.js';
import { oneOf } from '../query.js';
import { type Buyer, CUSTOMER_GROUPS, createBuyerBook, groupOf, worth } from './books/buyers.js';
import { ORDER_EVENTS } from './books/ledger.js';
import { bootstrapMean } from './intervals.js';
import { grouped, mean, median, ratio } from './read/facts.js';
import { type PeopleReport, readDays } from './read/scene.js';

/** People who ordered in the period. */
export interface CustomerFigures {
  customers: number;
  /** Their first order ever is in the period. */
  newCustomers: number;
  /** Two or more orders in the period, and their share of the customers. */
  repeatCustomers: number;
  loyaltyRate: number | null;
  /** Orders of the period; orders / customers. */
  orders: number;
  purchaseFrequency: number | null;
  /** Orders less refunds of the period, of those in the currency. */
  revenue: number;
  /**
   * Orders less refunds from the first order to the end of the period, per customer who ever ordered in the currency; the
   * interval is of the mean.
   */
  lifetimeValue: number | null;
  medianLifetimeValue: number | null;
  lifetimeValueInterval: Interval | null;
  /** Orders ever, per customer. */
  lifetimeOrders: number | null;
  /** Days from the first order to the last sign of life, of relationships that have ended. */
  medianRelationshipDays: number | null;
  /** Relationships that have ended: no sign of life for `windowDays` (90). */
  ended: number;
  /** Those that go on: how long they will be is not known yet, so they are not in the median. */
  censored: number;
}

/** What `customers` answers besides its heading. */
export interface CustomersReport {
  by: string;
  windowDays: number;
  currency: string | null;
  rows: ({ [group: string]: unknown } & CustomerFigures)[];
  totals: CustomerFigures;
  notices: string[];
}

/** Loyalty, purchase frequency, lifetime value and length of relationship of the people who ordered in the period. */
export const customers: PeopleReport<CustomersReport> = {
  name: 'customers',
  plan: () => ({ events: ORDER_EVENTS, only: 'asked' }),
  tally(scene, query) {
    const by = oneOf('by', query.by, CUSTOMER_GROUPS);
    const windowDays = readDays('window', query.windowDays, 90);
    const book = createBuyerBook(scene, { touches: by === 'channel', allOrders: true });
    return {
      add: book.add,
      result() {
        const { buyers, currency, notices } = book.close();
        const period = { from: scene.from, to: scene.to, endedBefore: scene.until - windowDays * DAY_MS };
        const active = buyers.filter(({ orders }) => orders.some(({ at }) => at >= scene.from));
        const groups = grouped((): Buyer[] => []);
        for (const buyer of active) groups.of(groupOf(buyer, by, scene)).push(buyer);
        const rows = groups.entries().map(([name, group]) => ({ [by]: name, ...figures(group, period) }));
        if (by !== 'month') rows.sort((a, b) => b.customers - a.customers);
        return { by, windowDays, currency, rows, totals: figures(active, period), notices };
      },
    };
  },
};

function figures(
  buyers: readonly Buyer[],
  { from, to, endedBefore }: { from: number; to: number; endedBefore: number },
): CustomerFigures {
  const inPeriod = buyers.map(({ orders }) => orders.filter(({ at }) => at >= from).length);
  const orders = inPeriod.reduce((sum, count) => sum + count, 0);
  const values = buyers.filter(({ valued }) => valued).map((buyer) => worth(buyer, Number.NEGATIVE_INFINITY, to));
  const lengths = buyers.map(({ orders: all, lastSeen }) => {
    const last = Math.max(lastSeen, all.at(-1)?.at ?? 0);
    return { days: (last - (all[0]?.at ?? last)) / DAY_MS, ended: last < endedBefore };
  });
  const ended = lengths.filter((one) => one.ended);
  const repeat = inPeriod.filter((count) => count >= 2).length;
  const interval = bootstrapMean(values);
  return {
    customers: buyers.length,
    newCustomers: buyers.filter(({ orders: all }) => (all[0]?.at ?? 0) >= from).length,
    repeatCustomers: repeat,
    loyaltyRate: ratio(repeat, buyers.length),
    orders,
    purchaseFrequency: ratio(orders, buyers.length),
    revenue: roundTo(
      buyers.reduce((sum, buyer) => sum + worth(buyer, from, to), 0),
      2,
    ),
    lifetimeValue: mean(values),
    medianLifetimeValue: median(values),
    lifetimeValueInterval: interval,
    lifetimeOrders: mean(buyers.map(({ orders: all }) => all.length)),
    medianRelationshipDays: median(ended.map(({ days }) => days)),
    ended: ended.length,
    censored: lengths.length - ended.length,
  };
}
