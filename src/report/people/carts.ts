import { DAY_MS } from '../../protocol/time.js';
import { roundTo } from '../apportion.js';
import { chooseCurrency, countCurrencies, type ReportCurrency } from '../currency.js';
import { DIMENSIONS } from '../labels.js';
import { oneOf } from '../query.js';
import { currencyIn, eventsNamed, grouped, numberIn, ratio, sourceAt, textIn } from './read/facts.js';
import { type PeopleReport, readDays } from './read/scene.js';
import type { Way, WayEvent } from './read/way.js';

/** How carts can be grouped. */
const CART_GROUPS = [...DIMENSIONS, 'total'] as const;

/** Carts whose first product was added in the period. */
export interface CartFigures {
  carts: number;
  /** An order followed within `window` days (1) of the last addition. */
  ordered: number;
  /** No order, and the time for one is over. */
  abandoned: number;
  /** No order yet, but there is still time; in no rate. */
  open: number;
  /** Everything was taken out again; in no rate. */
  emptied: number;
  /** abandoned / (ordered + abandoned). */
  abandonmentRate: number | null;
  /** Abandoned ones in which a checkout was begun. */
  abandonedAtCheckout: number;
  /** Price by quantity of what was left in abandoned carts, where prices are sent; of carts in the currency of the report. */
  abandonedValue: number;
}

/** What `carts` answers besides its heading. */
export interface CartsReport {
  by: string;
  windowDays: number;
  /** Of all amounts; `notices` says how many abandoned carts are in others. */
  currency: string | null;
  rows: ({ [group: string]: unknown } & CartFigures)[];
  totals: CartFigures;
  notices: string[];
}

const EVENTS = ['Product Added', 'Product Removed', 'Checkout Started', 'Order Completed'] as const;

/**
 * Abandoned carts. A cart is what `cart_id` names; without one, the products that a person adds until they order, or add
 * nothing for `window` days. It ends with the person's next order, whatever the device.
 */
export const carts: PeopleReport<CartsReport> = {
  name: 'carts',
  plan: ({ by, windowDays }) => {
    const group = oneOf('by', by, CART_GROUPS);
    const days = readDays('window', windowDays, 1);
    return { events: EVENTS, only: 'asked', by: group === 'total' ? 'channel' : group, days: days + 30 };
  },
  tally(scene, query) {
    const by = oneOf('by', query.by, CART_GROUPS);
    const windowDays = readDays('window', query.windowDays, 1);
    const groups = grouped(nothing);
    const total = nothing();
    return {
      add(thread) {
        for (const cart of cartsOf(thread, windowDays * DAY_MS)) {
          if (cart.begin < scene.from || cart.begin >= scene.to) continue;
          const source = sourceAt(thread, cart.begin, cart.visit);
          const isOver = cart.last + windowDays * DAY_MS <= scene.until;
          add(total, cart, isOver);
          if (by !== 'total')
            add(groups.of(source === undefined ? scene.direct : scene.label(source).label), cart, isOver);
        }
      },
      result() {
        const { add: see, seen } = countCurrencies();
        for (const [currency, { carts: count }] of total.values) see(currency, count);
        const money = chooseCurrency(seen, scene);
        const totals = describe(total, money);
        const rows = groups
          .entries()
          .map(([name, counts]) => ({ [by]: name, ...describe(counts, money) }))
          .sort((a, b) => b.carts - a.carts);
        const { currency, notices } = money;
        return { by, windowDays, currency, rows: by === 'total' ? [{ ...totals }] : rows, totals, notices };
      },
    };
  },
};

interface Cart {
  id: string | undefined;
  begin: number;
  last: number;
  visit: number | undefined;
  /** As its last event names it; '' where none does. */
  currency: string;
  lines: Map<string, { quantity: number; price: number }>;
  checkout: boolean;
  ordered: boolean;
}

function cartsOf(thread: Way, windowMs: number): Cart[] {
  const all: Cart[] = [];
  let live: Cart[] = [];
  const orders = new Set<string>();
  for (const event of eventsNamed(thread, ...EVENTS)) {
    const { name, properties, ms } = event;
    const id = textIn(properties, 'cart_id');
    live = live.filter(({ last }) => ms - last <= windowMs);
    if (name === 'Order Completed') {
      // What the server tells again, minutes after the page, says nothing about what was put into a cart since.
      const order = textIn(properties, 'order_id');
      if (order !== undefined && orders.has(order)) continue;
      if (order !== undefined) orders.add(order);
      // An order that names a cart ends that one; any other order ends what the person has.
      const named = live.filter((cart) => id !== undefined && cart.id === id);
      const ended = named.length > 0 ? named : live;
      for (const cart of ended) cart.ordered = true;
      live = live.filter((cart) => !ended.includes(cart));
      continue;
    }
    let cart = live.find((one) => one.id === id) ?? (id === undefined ? live.at(-1) : undefined);
    if (name === 'Product Added') {
      if (!cart) {
        const { visit } = event;
        cart = { id, begin: ms, last: ms, visit, currency: '', lines: new Map(), checkout: false, ordered: false };
        all.push(cart);
        live.push(cart);
      }
      cart.last = ms;
    }
    if (!cart) continue;
    cart.currency = currencyIn(properties) || cart.currency;
    if (name === 'Checkout Started') cart.checkout = true;
    else change(cart, event, name === 'Product Added' ? 1 : -1);
  }
  return all;
}

function change({ lines }: Cart, { properties }: WayEvent, sign: 1 | -1): void {
  const product = textIn(properties, 'variant_id', 'product_id', 'sku', 'name') ?? '';
  const line = lines.get(product) ?? { quantity: 0, price: 0 };
  line.quantity = Math.max(0, line.quantity + sign * (numberIn(properties, 'quantity') ?? 1));
  line.price = numberIn(properties, 'price') ?? line.price;
  lines.set(product, line);
}

const nothing = () => ({
  ...{ carts: 0, ordered: 0, abandoned: 0, open: 0, emptied: 0, abandonedAtCheckout: 0 },
  /** Of abandoned carts with prices, by currency. */
  values: new Map<string, { carts: number; value: number }>(),
});

function add(counts: ReturnType<typeof nothing>, cart: Cart, isOver: boolean): void {
  counts.carts += 1;
  const lines = [...cart.lines.values()];
  if (cart.ordered) counts.ordered += 1;
  else if (lines.every(({ quantity }) => quantity === 0)) counts.emptied += 1;
  else if (!isOver) counts.open += 1;
  else {
    counts.abandoned += 1;
    if (cart.checkout) counts.abandonedAtCheckout += 1;
    const value = lines.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
    if (value === 0) return;
    const sum = counts.values.get(cart.currency) ?? { carts: 0, value: 0 };
    counts.values.set(cart.currency, { carts: sum.carts + 1, value: sum.value + value });
  }
}

function describe(
  { values, ...counts }: ReturnType<typeof nothing>,
  { counts: isCounted }: Pick<ReportCurrency, 'counts'>,
): CartFigures {
  const value = [...values].reduce((all, [currency, sum]) => (isCounted(currency) ? all + sum.value : all), 0);
  return {
    ...counts,
    abandonmentRate: ratio(counts.abandoned, counts.ordered + counts.abandoned),
    abandonedValue: roundTo(value, 2),
  };
}
