import type { ThreadQuery } from './contract.js';
import type { EventRow, Stamped } from './stamp/stamp.js';

/** Length of a stretch in milliseconds: a quarter of an hour, at which the days of all zones begin. */
export const STRETCH_MS = 900_000;

/** The steps to an order that funnels ask for unless told otherwise: events of Segment's spec. */
export const SHOP_STEPS = ['Product Viewed', 'Product Added', 'Checkout Started'] as const;

/** The names of which the first events are enough: not the goal, of which orders told before the range are left out. */
export function foldedOf({ firsts = [], bare, goal, events }: ThreadQuery): string[] {
  return bare ? firsts.filter((name) => name !== goal && events.includes(name)) : [];
}

/** When the events of one name, device, user and stretch were. */
interface Span {
  name: string | null;
  first: number;
  last: number;
}

/**
 * The events of one person without those that `ThreadQuery.firsts` leaves out. Of those of one name, device and user in one
 * stretch only the first is there, unless behind it, but not behind the last of them, a visit of the person began (`starts`
 * are those of the visits that count) or another event was that is asked for; others of the list count as being all the
 * time from their first to their last. So the first event of a name after anything else that is asked for is always there.
 */
export function foldEvents(query: ThreadQuery, events: readonly Stamped[], starts: readonly number[]): Stamped[] {
  const folded = new Set<string | null>(foldedOf(query));
  if (!folded.size) return [...events];
  const spans = new Map<string, Span>();
  const others: Span[] = starts.map((at) => ({ name: null, first: at, last: at }));
  for (const { row } of events) {
    const { at, event: name } = row;
    if (!folded.has(name)) {
      others.push({ name, first: at, last: at });
      continue;
    }
    const span = spans.get(keyOf(row));
    if (!span) spans.set(keyOf(row), { name, first: at, last: at });
    else [span.first, span.last] = [Math.min(span.first, at), Math.max(span.last, at)];
  }
  const around = [...others, ...spans.values()];
  const whole = new Set<string>();
  for (const [key, { name, first, last }] of spans)
    if (around.some((other) => other.name !== name && other.first <= last && other.last > first)) whole.add(key);
  const seen = new Set<string>();
  return events.filter(({ row }) => {
    if (!folded.has(row.event) || whole.has(keyOf(row))) return true;
    if (row.at > (spans.get(keyOf(row))?.first ?? row.at) || seen.has(keyOf(row))) return false;
    seen.add(keyOf(row));
    return true;
  });
}

function keyOf({ at, event, deviceNo, userNo }: EventRow): string {
  return JSON.stringify([event, deviceNo, userNo, Math.floor(at / STRETCH_MS)]);
}
