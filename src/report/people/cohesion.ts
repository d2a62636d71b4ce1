import { DAY_MS } from '../../protocol/time.js';
import { readLookback } from '../query.js';
import { createLedger, ORDER_EVENTS } from './books/ledger.js';
import { eventsNamed, ratio, textIn } from './read/facts.js';
import type { PeopleReport } from './read/scene.js';

/** One kind of data and how much of it is tied to somebody. */
export interface CohesionRow {
  what: 'people' | 'sessions' | 'pageViews' | 'touches' | 'orders';
  all: number;
  /** Of people of whom a user id is known. */
  known: number;
  share: number | null;
}

/** What `cohesion` answers besides its heading. */
export interface CohesionReport {
  lookbackDays: number;
  rows: CohesionRow[];
  totals: {
    /** Orders with at least one touch of the same person within the lookback before, and their share of all. */
    ordersWithTouch: number;
    ordersWithTouchShare: number | null;
    /** Order ids that came from two or more people who should be one: the web and the till do not know of each other. */
    splitOrders: number;
    splitOrderRate: number | null;
    /** Known people on more than one device: where identities were joined. */
    peopleOnSeveralDevices: number;
    devicesPerPerson: number | null;
  };
}

/** How well data hang together: what is tied to a known person, which orders have a way to them, which came in halves. */
export const cohesion: PeopleReport<CohesionReport> = {
  name: 'cohesion',
  plan: ({ lookbackDays }) => ({ events: ORDER_EVENTS, days: readLookback(lookbackDays) }),
  tally(scene, query) {
    const lookbackDays = readLookback(query.lookbackDays);
    const counts = { people: pair(), sessions: pair(), pageViews: pair(), touches: pair(), orders: pair() };
    const ledger = createLedger(scene);
    const touchTimes: number[][] = [];
    const buyersOf = new Map<string, number>();
    const split = new Set<string>();
    const devices = { people: 0, devices: 0, several: 0 };
    return {
      add(thread) {
        const { identified, touches } = thread;
        const visits = thread.visits.filter(({ at }) => at >= scene.from);
        const recent = touches.filter(({ at }) => at >= scene.from);
        const isHere = visits.length + recent.length > 0 || thread.events.some(({ ms }) => ms >= scene.from);
        if (isHere) count(counts.people, 1, identified);
        count(counts.sessions, visits.length, identified);
        const views = visits.reduce((sum, { pageViews }) => sum + pageViews, 0);
        count(counts.pageViews, views, identified);
        count(counts.touches, recent.length, identified);
        const known = new Set(visits.map(({ device }) => device)).size;
        if (identified && known > 0) {
          devices.people += 1;
          devices.devices += known;
          if (known > 1) devices.several += 1;
        }
        for (const { properties, ms } of eventsNamed(thread, 'Order Completed')) {
          const id = textIn(properties, 'order_id');
          if (ms < scene.from || id === undefined) continue;
          const buyer = buyersOf.get(id);
          if (buyer !== undefined && buyer !== touchTimes.length) split.add(id);
          buyersOf.set(id, touchTimes.length);
        }
        if (thread.events.length === 0) return;
        ledger.add(thread, touchTimes.length);
        touchTimes.push(touches.map(({ at }) => at));
      },
      result() {
        const orders = ledger.close().purchases.filter(({ at }) => at >= scene.from && at < scene.to);
        for (const { identified } of orders) count(counts.orders, 1, identified);
        const withTouch = orders.filter(({ at, buyer }) =>
          (touchTimes[buyer] ?? []).some((ms) => ms <= at && at - ms <= lookbackDays * DAY_MS),
        ).length;
        const whats = ['people', 'sessions', 'pageViews', 'touches', 'orders'] as const;
        return {
          lookbackDays,
          rows: whats.map((what) => ({ what, ...counts[what], share: ratio(counts[what].known, counts[what].all) })),
          totals: {
            ordersWithTouch: withTouch,
            ordersWithTouchShare: ratio(withTouch, orders.length),
            splitOrders: split.size,
            splitOrderRate: ratio(split.size, buyersOf.size),
            peopleOnSeveralDevices: devices.several,
            devicesPerPerson: ratio(devices.devices, devices.people),
          },
        };
      },
    };
  },
};

const pair = () => ({ all: 0, known: 0 });

function count(sum: { all: number; known: number }, amount: number, known: boolean): void {
  sum.all += amount;
  if (known) sum.known += amount;
}
