import { amountIn, currencyIn, textIn } from './facts.js';
import type { WayEvent } from './way.js';

/** What one event tells of an order. */
export interface Telling {
  orderId: string | undefined;
  /** When, ms. */
  at: number;
  messageId: string;
  /** From a page or an app's screen. */
  interactive: boolean;
  /** Undefined where it names no amount. */
  value: number | undefined;
  /** That is so. A field of its own from the beginning: an object that gets one more later is slow to make. */
  unpriced: boolean;
  /** '' where it names none. */
  currency: string;
}

/** The same, with the amount that counts: 0 where no event of it names one that is a number. */
export type Told<T extends Telling> = T & { value: number };

/** Reads it from the event. Whoever adds to it names each field: to spread it is slow, and reports over buyers do so for every order. */
export function readTelling({ properties, ms, messageId, interactive }: WayEvent): Telling {
  const value = amountIn(properties);
  return {
    orderId: textIn(properties, 'order_id'),
    at: ms,
    messageId,
    interactive: interactive === true,
    value,
    unpriced: value === undefined,
    currency: currencyIn(properties),
  };
}

/**
 * Collects what web, server and till tell of orders, and has each order once, by the rule of the stores
 * (`KpiRow.conversions`): it is from when it was told first, and of whom a page told it, or else who told it first. What
 * has no order id is each told once. `from` is the beginning of the period.
 */
export function createTellings<T extends Telling>({ from }: { from: number }) {
  const orders = new Map<string, { first: T; teller: T; paid: T | undefined }>();
  const loose: T[] = [];
  return {
    add(one: T): void {
      if (one.orderId === undefined) return void loose.push(one);
      const paid = one.value === undefined ? undefined : one;
      const known = orders.get(one.orderId);
      if (!known) return void orders.set(one.orderId, { first: one, teller: one, paid });
      if (isEarlier(one, known.first)) known.first = one;
      if (tells(one, known.teller)) known.teller = one;
      if (paid && (!known.paid || isEarlier(paid, known.paid))) known.paid = paid;
    },
    /** Oldest first. */
    all(): Told<T>[] {
      const told = [...orders.values()].map(({ first, teller, paid }) => {
        const one = teller.at >= from && first.at < from ? first : teller;
        if (one.value !== undefined || !paid) return one;
        return { ...one, value: paid.value, unpriced: false, currency: paid.currency || one.currency };
      });
      return [...told, ...loose]
        .map((one) => ({ ...one, value: one.value ?? 0 }))
        .sort((a, b) => (isEarlier(a, b) ? -1 : 1));
    },
  };
}

function tells(one: Telling, known: Telling): boolean {
  return one.interactive === known.interactive ? isEarlier(one, known) : one.interactive;
}

function isEarlier(a: Telling, b: Telling): boolean {
  return a.at < b.at || (a.at === b.at && a.messageId < b.messageId);
}
