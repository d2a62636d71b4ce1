import { roundTo } from '../apportion.js';
import {
  type Expected,
  expectOf,
  type Forecast,
  fitForecast,
  type History,
  LEAST_REPEATERS,
} from '../lifetime/forecast.js';
import { oneOf } from '../query.js';
import { type Buyer, CUSTOMER_GROUPS, createBuyerBook, groupOf } from './books/buyers.js';
import { ORDER_EVENTS } from './books/ledger.js';
import { grouped, ratio } from './read/facts.js';
import { type PeopleReport, readDays, type Scene } from './read/scene.js';

/** What customers are expected to do in the `followDays` after the period. All null where too few came back to tell. */
export interface LifetimeFigures {
  /** Everybody who ever ordered by the end of the period. */
  customers: number;
  /** Customers who will order again, as far as the model knows: sum of their chances. */
  expectedActive: number | null;
  expectedOrders: number | null;
  expectedRevenue: number | null;
  /** expectedOrders / customers, expectedRevenue / expectedOrders, expectedRevenue / customers. */
  expectedOrdersPerCustomer: number | null;
  expectedOrderValue: number | null;
  predictedValue: number | null;
}

/** What `lifetime` answers besides its heading. */
export interface LifetimeReport {
  by: string;
  followDays: number;
  currency: string | null;
  rows: ({ [group: string]: unknown } & LifetimeFigures)[];
  totals: LifetimeFigures;
  /** Parameters: of buying (time in weeks), and of values where they tell. Null without a model. */
  model: { buying: Forecast['buying']; spending: Forecast['spending'] | null } | null;
  /**
   * The same models, made from the first two thirds of the time that is known, against what came in the last third: how far
   * to trust the forecast. Null where there is too little.
   */
  check: { from: string; expectedOrders: number; orders: number; expectedRevenue: number; revenue: number } | null;
  notices: string[];
}

const WEEK_MS = 604_800_000;

/**
 * Predicted lifetime value: orders to come by the BG/NBD model, their value by the Gamma-Gamma model (Fader, Hardie and Lee
 * 2005; Fader and Hardie 2013). Orders of one day are one purchase, refunds are taken off their order. A forecast from the
 * customers' own past: no discount, no margin, and no channel is the cause of it.
 */
export const lifetime: PeopleReport<LifetimeReport> = {
  name: 'lifetime',
  plan: () => ({ events: ORDER_EVENTS, only: 'asked' }),
  tally(scene, query) {
    const by = oneOf('by', query.by, CUSTOMER_GROUPS);
    const followDays = readDays('follow', query.followDays, 365);
    const book = createBuyerBook(scene, { touches: by === 'channel' });
    return {
      add: book.add,
      result() {
        const { buyers, currency, notices } = book.close();
        const known = buyers.map((buyer) => ({ group: groupOf(buyer, by, scene), history: historyOf(buyer, scene) }));
        const histories = known.map(({ history }) => history);
        const until = scene.until / WEEK_MS;
        const forecast = fitForecast(histories, until);
        const span = { until, time: followDays / 7 };
        const groups = grouped((): (Expected | undefined)[] => []);
        for (const { group, history } of known) groups.of(group).push(forecast && expectOf(forecast, history, span));
        const rows = groups.entries().map(([name, list]) => ({ [by]: name, ...figures(list) }));
        if (by !== 'month') rows.sort((a, b) => b.customers - a.customers);
        return {
          ...{ by, followDays, currency, rows },
          totals: figures(groups.entries().flatMap(([, list]) => list)),
          model: forecast ? { buying: forecast.buying, spending: forecast.spending ?? null } : null,
          check: forecast ? checkOn(histories, until) : null,
          notices: [...notices, ...(forecast || buyers.length === 0 ? [] : [TOO_FEW])],
        };
      },
    };
  },
};

const TOO_FEW = `A forecast needs at least ${LEAST_REPEATERS} customers who ordered on more than one day, and orders that the model fits.`;

/** Days with an order, in weeks, each with what its orders brought net of refunds. */
function historyOf({ orders, refunds }: Buyer, scene: Scene): History {
  const back = new Map<string, number>();
  for (const { orderId = '', value } of refunds) back.set(orderId, (back.get(orderId) ?? 0) + value);
  const days = new Map<string, { at: number; value: number }>();
  for (const { at, value, orderId } of orders) {
    const day = scene.dayOf(at);
    const net = value - (orderId === undefined ? 0 : (back.get(orderId) ?? 0));
    const known = days.get(day);
    if (known) known.value += net;
    else days.set(day, { at: at / WEEK_MS, value: net });
  }
  return [...days.values()];
}

function figures(list: readonly (Expected | undefined)[]): LifetimeFigures {
  const known = list.flatMap((one) => one ?? []);
  const sum = (field: keyof Expected) =>
    known.length < list.length ? null : known.reduce((all, one) => all + one[field], 0);
  const [active, orders, value] = [sum('alive'), sum('purchases'), sum('value')];
  return {
    customers: list.length,
    expectedActive: rounded(active),
    expectedOrders: rounded(orders),
    expectedRevenue: rounded(value),
    expectedOrdersPerCustomer: orders === null ? null : ratio(orders, list.length),
    expectedOrderValue: orders === null || value === null ? null : ratio(value, orders),
    predictedValue: value === null ? null : ratio(value, list.length),
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : roundTo(value, 2);
}

function checkOn(histories: readonly History[], until: number): LifetimeReport['check'] {
  const began = histories.reduce((first, [one]) => Math.min(first, one?.at ?? first), until);
  const cut = began + ((until - began) * 2) / 3;
  const earlier = fitForecast(histories, cut);
  if (!earlier) return null;
  const known = histories.filter(([one]) => one !== undefined && one.at < cut);
  const expected = known.map((history) => expectOf(earlier, history, { until: cut, time: until - cut }));
  const later = known.flatMap((history) => history.filter(({ at }) => at >= cut && at < until));
  return {
    from: new Date(cut * WEEK_MS).toISOString(),
    expectedOrders: roundTo(
      expected.reduce((sum, { purchases }) => sum + purchases, 0),
      2,
    ),
    orders: later.length,
    expectedRevenue: roundTo(
      expected.reduce((sum, { value }) => sum + value, 0),
      2,
    ),
    revenue: roundTo(
      later.reduce((sum, { value }) => sum + value, 0),
      2,
    ),
  };
}
