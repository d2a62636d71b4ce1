import { type Loose, textOf } from './loose.js';

/** Amounts are whole numbers of this fraction, so that sums are exact and the same in every order. */
export const AMOUNT_UNITS = 10_000;

/** Order id, amount (total, else revenue, else value) and currency of an event's properties; null where there is none. */
export function readOrder(properties: Loose | null) {
  return {
    orderId: textOf(properties?.order_id),
    amount: amountOf(properties?.total) ?? amountOf(properties?.revenue) ?? amountOf(properties?.value),
    currency: textOf(properties?.currency)?.toUpperCase().slice(0, 12) ?? null,
  };
}

/**
 * Of an order that was changed afterwards (`Order Updated` of Segment's spec, by `order_id`), the latest amount counts: not
 * before the order, and no later than the period goes. It stays one order at its own time.
 */
export const ORDER_UPDATES: { readonly [goal: string]: string } = { 'Order Completed': 'Order Updated' };

function amountOf(value: unknown): number | null {
  const amount = typeof value === 'string' && value.trim() ? Number(value) : value;
  if (typeof amount !== 'number') return null;
  const units = Math.round(amount * AMOUNT_UNITS);
  return Number.isSafeInteger(units) ? units : null;
}
