import { roundTo, sum } from '../apportion.js';
import { type CurrencyChoice, chooseCurrency, countCurrencies, type ReportCurrency } from '../currency.js';
import { DIMENSIONS, type Dimension } from '../labels.js';
import { oneOf } from '../query.js';
import { type Books, createLedger, ORDER_EVENTS, type Purchase } from './books/ledger.js';
import { bucketOf, readBucket } from './buckets.js';
import { grouped, ratio } from './read/facts.js';
import type { PeopleReport } from './read/scene.js';

/** How sales can be grouped: by calendar, place of purchase, or label of the visit. */
const SALES_GROUPS = ['day', 'week', 'month', 'place', ...DIMENSIONS] as const;

/** What was sold. Orders in other currencies count as orders; amounts are of those in `currency`. */
export interface SalesFigures {
  /** Null where none is known. */
  currency: string | null;
  /** Each order id once, cancelled orders left out. */
  orders: number;
  /** Orders that were cancelled later. */
  cancelled: number;
  /** People who ordered; not additive. */
  customers: number;
  /** Sum of the orders. */
  grossRevenue: number;
  /** Sum of the refunds of this time, whenever the order was. */
  refunds: number;
  /** grossRevenue - refunds. */
  revenue: number;
  /** grossRevenue and revenue / orders in the currency. */
  averageOrderValue: number | null;
  averageNetOrderValue: number | null;
  /** orders / customers in the period. */
  purchaseFrequency: number | null;
  /** Of the orders, those with a refund by the end of the period, and their share. */
  returnedOrders: number;
  returnRate: number | null;
  /** Pieces sold and given back, of orders and refunds that list their products; null where none does. */
  items: number | null;
  returnedItems: number | null;
  itemReturnRate: number | null;
}

/** One group; a group with several currencies has a row for each, and shares are of the revenue in that of the totals. */
export type SalesRow = { [group: string]: string | number | null } & { shareOfRevenue: number | null } & SalesFigures;

/** What `sales` answers besides its heading. */
export interface SalesReport {
  by: string;
  /** As in the totals. */
  currency: string | null;
  rows: SalesRow[];
  /** `herfindahl`: sum of the squared shares of gross revenue of the groups, 1/n (even) to 1 (all in one). */
  totals: SalesFigures & { herfindahl: number | null; groups: number };
  notices: string[];
}

/**
 * Revenue net of refunds, orders, order value, purchase frequency and product returns. Refunds count on their own day but
 * under the group of their order, so that the revenue of a channel is net of what came back. `returnedOrders` belong to
 * the order. A return of a product; people who come back are in `visitors`.
 */
export const sales: PeopleReport<SalesReport> = {
  name: 'sales',
  plan: ({ by }) => ({
    events: ORDER_EVENTS,
    only: 'asked',
    by: DIMENSIONS.find((dimension): dimension is Dimension => dimension === by) ?? 'channel',
  }),
  tally(scene, query) {
    const by = oneOf('by', query.by, SALES_GROUPS);
    const bucket = by === 'day' || by === 'week' || by === 'month' ? readBucket(by) : undefined;
    const ledger = createLedger(scene);
    let people = 0;
    return {
      add: (thread) => ledger.add(thread, people++),
      result() {
        const books = inPeriod(ledger.close(), scene);
        const groupOf = (order: Purchase | undefined, at: number): string => {
          if (bucket) return bucketOf(scene.dayOf(at), bucket);
          return by === 'place' ? (order?.place ?? '(unknown)') : (order?.label ?? '(unknown)');
        };
        return report(books, by, groupOf, scene);
      },
    };
  },
};

function inPeriod(books: Books, { from, to }: { from: number; to: number }) {
  const within = ({ at }: { at: number }) => from <= at && at < to;
  const returned = new Set(books.refunds.map(({ of }) => of));
  return {
    purchases: books.purchases.filter(within),
    cancelled: books.cancelled.filter(within),
    refunds: books.refunds.filter(within),
    returned,
  };
}

type Period = ReturnType<typeof inPeriod>;

function report(
  books: Period,
  by: string,
  groupOf: (order: Purchase | undefined, at: number) => string,
  choice: CurrencyChoice,
): SalesReport {
  const groups = grouped((): Period => ({ purchases: [], cancelled: [], refunds: [], returned: books.returned }));
  const keyOf = (group: string, currency: string) => JSON.stringify([group, currency]);
  for (const one of books.purchases) groups.of(keyOf(groupOf(one, one.at), one.currency)).purchases.push(one);
  for (const one of books.cancelled) groups.of(keyOf(groupOf(one, one.at), one.currency)).cancelled.push(one);
  for (const one of books.refunds) groups.of(keyOf(groupOf(one.of, one.at), one.currency)).refunds.push(one);
  const { add, seen } = countCurrencies();
  for (const { currency } of [...books.purchases, ...books.refunds]) add(currency);
  const money = chooseCurrency(seen, choice);
  const whole = figures(books, money);
  const rows = groups.entries().map(([key, group]): SalesRow => {
    const [name = '', currency = ''] = JSON.parse(key) as string[];
    const found = figures(group, { currency: currency || null, counts: () => true });
    const share = money.counts(currency) ? ratio(found.grossRevenue, whole.grossRevenue) : null;
    return { [by]: name, ...found, shareOfRevenue: share };
  });
  const byTime = by === 'day' || by === 'week' || by === 'month';
  // Amounts of different currencies are not larger or smaller than each other.
  const isOther = (row: SalesRow) => Number(row.currency !== whole.currency);
  if (!byTime) rows.sort((a, b) => isOther(a) - isOther(b) || b.grossRevenue - a.grossRevenue || b.orders - a.orders);
  const shares = rows.flatMap(({ shareOfRevenue }) => shareOfRevenue ?? []);
  const herfindahl = shares.length === 0 ? null : shares.reduce((sum, one) => sum + one ** 2, 0);
  return {
    by,
    currency: whole.currency,
    rows,
    totals: { ...whole, herfindahl, groups: rows.length },
    notices: [...money.notices, ...sayUnpriced(books.purchases)],
  };
}

/** A "15,50" that a shop sends as text is no number, and would be nothing without a word. */
function sayUnpriced(purchases: readonly Purchase[]): string[] {
  const count = purchases.filter(({ unpriced }) => unpriced).length;
  if (count === 0) return [];
  return [`Orders without a "total", "revenue" or "value" that is a number: ${count}. They count with an amount of 0.`];
}

function figures(
  { purchases, cancelled, refunds, returned }: Period,
  { currency, counts }: Pick<ReportCurrency, 'currency' | 'counts'>,
): SalesFigures {
  const paid = purchases.filter((one) => counts(one.currency));
  // To the cent before they are subtracted: half a cent that is given back would else be in one figure and not in the other.
  const gross = roundTo(sum(paid.map(({ value }) => value)), 2);
  const back = roundTo(sum(refunds.filter((one) => counts(one.currency)).map(({ value }) => value)), 2);
  const customers = new Set(purchases.map(({ buyer }) => buyer)).size;
  const returnedOrders = purchases.filter((one) => returned.has(one)).length;
  const items = pieces(purchases);
  const returnedItems = items === null ? null : (pieces(refunds) ?? 0);
  return {
    currency,
    orders: purchases.length,
    cancelled: cancelled.length,
    customers,
    grossRevenue: gross,
    refunds: back,
    revenue: roundTo(gross - back, 2),
    averageOrderValue: ratio(gross, paid.length),
    averageNetOrderValue: ratio(gross - back, paid.length),
    purchaseFrequency: ratio(purchases.length, customers),
    returnedOrders,
    returnRate: ratio(returnedOrders, purchases.length),
    items,
    returnedItems,
    itemReturnRate: items === null ? null : ratio(returnedItems ?? 0, items),
  };
}

function pieces(list: readonly { pieces: number | undefined }[]): number | null {
  const known = list.flatMap((one) => one.pieces ?? []);
  return known.length ? sum(known) : null;
}
