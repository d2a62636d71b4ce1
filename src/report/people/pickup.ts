import { HOUR_MS } from '../../protocol/time.js';
import { createLedger, IN_STORE, ORDER_EVENTS, type Purchase } from './books/ledger.js';
import { eventsNamed, grouped, median, ratio, textIn } from './read/facts.js';
import type { PeopleReport } from './read/scene.js';

/** Click and collect of one shop. */
export interface PickupFigures {
  /** Orders to be fetched; each order once, the pick-up is no second order. */
  orders: number;
  ready: number;
  pickedUp: number;
  /** pickedUp / orders. */
  pickedUpRate: number | null;
  medianHoursToReady: number | null;
  /** From ready to picked up. */
  medianHoursToPickup: number | null;
  /** Picked-up orders whose customer bought something in a shop on the same day, and their share. */
  addOnPurchases: number;
  addOnRate: number | null;
}

/** What `pickup` answers besides its heading. */
export interface PickupReport {
  rows: ({ store: string } & PickupFigures)[];
  /** `share`: of all orders made outside of shops. */
  totals: PickupFigures & { share: number | null; onlineOrders: number };
}

const READY = 'Order Ready for Pickup';
const FETCHED = 'Order Picked Up';

/** Click and collect by shop: orders of the period with `fulfilment: pickup`, and what became of them by its end. */
export const pickup: PeopleReport<PickupReport> = {
  name: 'pickup',
  plan: () => ({ events: [...ORDER_EVENTS, READY, FETCHED], only: 'asked' }),
  tally(scene) {
    const ledger = createLedger(scene);
    const steps = new Map<string, { ready?: number; fetched?: number; store?: string }>();
    let people = 0;
    return {
      add(thread) {
        ledger.add(thread, people++);
        for (const { name, ms, properties } of eventsNamed(thread, READY, FETCHED)) {
          const id = textIn(properties, 'order_id');
          if (id === undefined) continue;
          const step = steps.get(id) ?? {};
          const field = name === READY ? 'ready' : 'fetched';
          step[field] = Math.min(step[field] ?? ms, ms);
          const store = textIn(properties, 'store_id');
          if (store !== undefined) step.store = store;
          steps.set(id, step);
        }
      },
      result() {
        const { purchases } = ledger.close();
        const inShops = new Set(
          purchases.filter(({ place }) => place === IN_STORE).map(({ buyer, at }) => `${buyer} ${scene.dayOf(at)}`),
        );
        const online = purchases.filter(({ at, place }) => at >= scene.from && at < scene.to && place !== IN_STORE);
        const fetchedOrders = online.filter((order) => order.pickup || steps.has(order.orderId ?? ''));
        const found = fetchedOrders.map((order): Collected => {
          const step = steps.get(order.orderId ?? '') ?? {};
          const { fetched } = step;
          const addOn = fetched !== undefined && inShops.has(`${order.buyer} ${scene.dayOf(fetched)}`);
          return { order, ...step, store: step.store ?? order.storeId ?? '(not set)', addOn };
        });
        const groups = grouped((): Collected[] => []);
        for (const one of found) groups.of(one.store).push(one);
        return {
          rows: groups
            .entries()
            .map(([store, list]) => ({ store, ...figures(list) }))
            .sort((a, b) => b.orders - a.orders),
          totals: { ...figures(found), share: ratio(found.length, online.length), onlineOrders: online.length },
        };
      },
    };
  },
};

interface Collected {
  order: Purchase;
  ready?: number;
  fetched?: number;
  store: string;
  addOn: boolean;
}

function figures(list: readonly Collected[]): PickupFigures {
  const hours = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined || to < from ? [] : [(to - from) / HOUR_MS];
  const fetched = list.filter((one) => one.fetched !== undefined);
  const addOns = fetched.filter(({ addOn }) => addOn).length;
  return {
    orders: list.length,
    ready: list.filter((one) => one.ready !== undefined || one.fetched !== undefined).length,
    pickedUp: fetched.length,
    pickedUpRate: ratio(fetched.length, list.length),
    medianHoursToReady: median(list.flatMap(({ order, ready }) => hours(order.at, ready))),
    medianHoursToPickup: median(list.flatMap((one) => hours(one.ready, one.fetched))),
    addOnPurchases: addOns,
    addOnRate: ratio(addOns, fetched.length),
  };
}
