import { DAY_MS } from '../../protocol/time.js';
import { roundTo } from '../apportion.js';
import { CHANNEL_GROUPS } from '../channels/rules/groups.js';
import { chooseCurrency, countCurrencies } from '../currency.js';
import { readLookback } from '../query.js';
import { createLedger, IN_STORE, ORDER_EVENTS, type Purchase, placeOf } from './books/ledger.js';
import { eventsNamed, grouped, median, ratio } from './read/facts.js';
import type { PeopleQuery, PeopleReport, Scene } from './read/scene.js';
import type { Way } from './read/way.js';

/** Orders on one side, and whether the same person was on the other side before. */
export interface PassageFigures {
  /** Orders of known people: a user id, loyalty card or login ties them to others of their touches. */
  orders: number;
  /** Of these, with a touch on the other side within the lookback, and their share. */
  prepared: number;
  rate: number | null;
  preparedRevenue: number;
  /** Orders of people of whom nothing else is known: neither prepared nor not, never assumed. */
  unknown: number;
  /** From the latest touch on the other side to the order. */
  medianDays: number | null;
}

/** What `web-to-store` and `store-to-web` answer besides their heading. */
export interface PassagesReport {
  lookbackDays: number;
  /** Of all amounts; `notices` says how many orders are in others. */
  currency: string | null;
  rows: ({ [group: string]: unknown } & PassageFigures)[];
  totals: PassageFigures;
  notices: string[];
}

/** Purchases in shops with a visit or click online by the same person before (research online, purchase offline), by shop. */
export const webToStore: PeopleReport<PassagesReport> = {
  name: 'web-to-store',
  plan: () => ({ events: ORDER_EVENTS, only: 'asked' }),
  tally: (scene, query) =>
    passages(scene, query, {
      group: 'store',
      groupOf: ({ storeId }) => storeId ?? '(not set)',
      isOrder: ({ place }) => place === IN_STORE,
      before: ({ touches, visits }) => [
        ...visits.map(({ at }) => at),
        ...touches.filter(({ kind = 'visit' }) => kind === 'visit' || kind === 'click').map(({ at }) => at),
      ],
    }),
};

const IN_SHOPS = ['Store Visited', 'Order Picked Up'] as const;

/** A marketplace is a place online; a call, a catalogue and a delivery are none. */
function isOnline(place: string): boolean {
  return CHANNEL_GROUPS.get(place) !== 'offline' || place === 'Marketplace';
}

/** Orders online with a visit or purchase in a shop by the same person before, by channel of the order. */
export const storeToWeb: PeopleReport<PassagesReport> = {
  name: 'store-to-web',
  plan: () => ({ events: [...ORDER_EVENTS, ...IN_SHOPS], only: 'asked' }),
  tally: (scene, query) =>
    passages(scene, query, {
      group: 'channel',
      groupOf: ({ label }) => label,
      isOrder: ({ place }) => isOnline(place),
      before: (thread) => [
        ...eventsNamed(thread, ...IN_SHOPS).map(({ ms }) => ms),
        ...eventsNamed(thread, 'Order Completed')
          .filter((event) => placeOf(scene, event) === IN_STORE)
          .map(({ ms }) => ms),
        ...thread.touches
          .filter(({ kind, sourceKey }) => kind === 'contact' && scene.labelBy(sourceKey, 'channel').label === IN_STORE)
          .map(({ at }) => at),
      ],
    }),
};

interface Side {
  group: string;
  groupOf(order: Purchase): string;
  isOrder(order: Purchase): boolean;
  /** The times at which the person was on the other side. */
  before(thread: Way): number[];
}

function passages(scene: Scene, query: PeopleQuery, side: Side) {
  const lookbackDays = readLookback(query.lookbackDays);
  const ledger = createLedger(scene);
  const times: number[][] = [];
  return {
    add(thread: Way) {
      if (thread.events.length === 0) return;
      ledger.add(thread, times.length);
      times.push(side.before(thread));
    },
    result(): PassagesReport {
      const orders = ledger
        .close()
        .purchases.filter((order) => side.isOrder(order) && order.at >= scene.from && order.at < scene.to)
        .map((order): Prepared => {
          const earlier = (times[order.buyer] ?? []).filter(
            (at) => at < order.at && order.at - at <= lookbackDays * DAY_MS,
          );
          const latest = earlier.reduce((last, at) => Math.max(last, at), Number.NEGATIVE_INFINITY);
          return { order, days: earlier.length > 0 ? (order.at - latest) / DAY_MS : undefined };
        });
      const groups = grouped((): Prepared[] => []);
      for (const one of orders) groups.of(side.groupOf(one.order)).push(one);
      const { add, seen } = countCurrencies();
      for (const { order } of orders) add(order.currency);
      const { currency, counts, notices } = chooseCurrency(seen, scene);
      const isPaid = ({ order }: Prepared) => counts(order.currency);
      return {
        lookbackDays,
        currency,
        rows: groups
          .entries()
          .map(([name, list]) => ({ [side.group]: name, ...figures(list, isPaid) }))
          .sort((a, b) => b.orders - a.orders),
        totals: figures(orders, isPaid),
        notices,
      };
    },
  };
}

interface Prepared {
  order: Purchase;
  days: number | undefined;
}

function figures(list: readonly Prepared[], isPaid: (one: Prepared) => boolean): PassageFigures {
  // Someone without a user id who was seen on the other side is known well enough by that.
  const known = list.filter(({ order, days }) => order.identified || days !== undefined);
  const prepared = known.filter(({ days }) => days !== undefined);
  return {
    orders: known.length,
    prepared: prepared.length,
    rate: ratio(prepared.length, known.length),
    preparedRevenue: roundTo(
      prepared.filter(isPaid).reduce((sum, { order }) => sum + order.value, 0),
      2,
    ),
    unknown: list.length - known.length,
    medianDays: median(prepared.flatMap(({ days }) => days ?? [])),
  };
}
