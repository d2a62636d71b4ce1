import { type Loose, textOf } from './loose.js';

/** Amounts are whole numbers of this fraction, so that sums are exact and the same in every order. */
export const AMOUNT_UNITS = 10_000;

/** Order id, amount (total, else revenue, else value) and currency of an event's properties; null where there is none. */
export function readOrder(properties: Loose | null) {
  return {
    orderId: wordOf(properties?.order_id),
    amount: amountOf(properties?.total) ?? amountOf(properties?.revenue) ?? amountOf(properties?.value),
    currency: wordOf(properties?.currency)?.toUpperCase().slice(0, 12) ?? null,
  };
}

/** The event that makes somebody a customer. */
export const ORDER = 'Order Completed';

/**
 * Of an order that was changed afterwards (`Order Updated` of Segment's spec, by `order_id`), the latest amount counts: not
 * before the order, and no later than the period goes. It stays one order at its own time.
 */
const ORDER_UPDATES: ReadonlyMap<string, string> = new Map([[ORDER, 'Order Updated']]);

/** The event that updates a goal, if there is one. */
export function updateOf(goal: string): string | undefined {
  return ORDER_UPDATES.get(goal);
}

/** The events that a goal needs: itself, and what updates it. */
export function goalEvents(goal: string): string[] {
  const update = updateOf(goal);
  return update === undefined ? [goal] : [goal, update];
}

/** Text without the spaces around it: the same id from two systems may differ in these. */
function wordOf(value: unknown): string | null {
  return textOf(value)?.trim() || null;
}

function amountOf(value: unknown): number | null {
  const amount = typeof value === 'string' && value.trim() ? Number(value) : value;
  if (typeof amount !== 'number') return null;
  const units = Math.round(amount * AMOUNT_UNITS);
  return Number.isSafeInteger(units) ? units : null;
}
