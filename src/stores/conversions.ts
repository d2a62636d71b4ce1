import type { ReportQuery } from './contract.js';
import { updateOf } from './order.js';
import { boundsOf } from './range.js';
import { compareRows } from './sessions.js';
import type { EventRow } from './stamp/stamp.js';

/** A goal event that counts, whose it is, and what it brought by the latest that is known of it. */
export interface Conversion extends Pick<EventRow, 'amount' | 'currency'> {
  row: EventRow;
  person: string;
}

/** The goal events that count, of all time, oldest first; each order once, see `KpiRow.conversions`. */
export function conversionsOf(
  rows: readonly EventRow[],
  query: Pick<ReportQuery, 'goal' | 'from' | 'to'>,
  personOf: (row: EventRow) => string,
): Conversion[] {
  const updates = latestUpdates(rows, query);
  const found: Conversion[] = [];
  for (const told of tellingsOf(rows.filter(({ event }) => event === query.goal).sort(compareRows))) {
    const row = tellerOf(told, boundsOf(query));
    if (!row) continue;
    const said = row.amount === null ? firstAmount(told, boundsOf(query).to) : undefined;
    const update = updates.get(row.orderId ?? '');
    const { amount, currency } = update && update.at >= row.at ? update : (said ?? row);
    found.push({ row, person: personOf(row), amount, currency: currency ?? row.currency });
  }
  return found.sort((a, b) => compareRows(a.row, b.row));
}

/** What was told of each order; events without an order id are each told once. */
function tellingsOf(sorted: readonly EventRow[]): EventRow[][] {
  const orders = new Map<string, EventRow[]>();
  const found: EventRow[][] = [];
  for (const row of sorted) {
    const known = row.orderId === null ? undefined : orders.get(row.orderId);
    if (known) {
      known.push(row);
      continue;
    }
    const own = [row];
    found.push(own);
    if (row.orderId !== null) orders.set(row.orderId, own);
  }
  return found;
}

/** The one of these events that counts; none where it happened in the range, and the order is from before. */
function tellerOf(told: readonly EventRow[], { from, to }: { from: number; to: number }): EventRow | undefined {
  const [first] = told;
  const teller = told.find(({ interactive, at }) => interactive && at < to) ?? first;
  return teller && first && teller.at >= from && first.at < from ? undefined : teller;
}

function firstAmount(told: readonly EventRow[], to: number): EventRow | undefined {
  return told.length > 1 ? told.find(({ amount, at }) => amount !== null && at < to) : undefined;
}

/** The latest update of each order that says an amount. */
function latestUpdates(
  rows: readonly EventRow[],
  { goal, to }: Pick<ReportQuery, 'goal' | 'to'>,
): Map<string, EventRow> {
  const name = updateOf(goal);
  const until = to === undefined ? Number.POSITIVE_INFINITY : Date.parse(to);
  const updates = rows.filter(({ event, amount, at }) => event === name && amount !== null && at < until);
  return new Map(
    updates.sort(compareRows).flatMap((row) => (row.orderId === null ? [] : [[row.orderId, row] as const])),
  );
}
