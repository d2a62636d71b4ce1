import { DAY_MS } from '../protocol/time.js';
import type { Journey, JourneyQuery, TouchKind } from './contract.js';
import type { Conversion } from './conversions.js';
import { AMOUNT_UNITS } from './order.js';
import { isWithin } from './range.js';
import { compareTouches, pathTouch, type Session } from './sessions.js';
import type { ToldTouch } from './told-touches.js';

const KINDS: readonly TouchKind[] = ['visit', 'click', 'contact'];

/** How long before a conversion each kind of touch counts, in milliseconds; a kind that is not there does not. */
export function lookbacks(query: Pick<JourneyQuery, 'kinds' | 'lookbackDays' | 'viewLookbackDays'>) {
  const { kinds = KINDS, lookbackDays, viewLookbackDays = 1 } = query;
  return new Map(kinds.map((kind) => [kind, (kind === 'view' ? viewLookbackDays : lookbackDays) * DAY_MS]));
}

/** All that can be on a path. */
export interface Touched {
  sessions: readonly Session[];
  told: readonly ToldTouch[];
}

/** The journeys of the conversions in the range. */
export function* journeysOf(
  query: JourneyQuery,
  { sessions, told }: Touched,
  conversions: readonly Conversion[],
): Generator<Journey> {
  const within = lookbacks(query);
  for (const { row, person, amount, currency } of conversions) {
    if (!isWithin(query, row.at)) continue;
    const visits = sessions.filter((session) => session.person === person).flatMap((session) => session.touches);
    const touches = [...visits, ...told.filter((touch) => touch.person === person)]
      .filter(({ at, kind = 'visit' }) => at <= row.at && row.at - at <= (within.get(kind) ?? Number.NEGATIVE_INFINITY))
      .sort(compareTouches);
    yield {
      person: person.slice(1),
      messageId: row.messageId,
      at: new Date(row.at).toISOString(),
      ...(row.orderId === null ? {} : { orderId: row.orderId }),
      value: (amount ?? 0) / AMOUNT_UNITS,
      ...(currency === null ? {} : { currency }),
      touches: touches.map(pathTouch),
    };
  }
}
