import { DAY_MS } from '../../protocol/time.js';
import type { JourneyQuery, PathTouch, TouchKind } from '../../stores/contract.js';
import { isoMs } from '../../stores/iso-times.js';
import { badQuery } from '../bad-query.js';

/** Days before a conversion in which touches of each kind count; a kind that is absent does not count. */
export type Lookbacks = Readonly<Partial<Record<TouchKind, number>>>;

const KINDS: readonly TouchKind[] = ['visit', 'click', 'contact', 'view'];

/**
 * The days of each kind: `lookbackDays` (30) for visits, clicks and contacts; views (opened mails, seen banners) count only
 * where `lookbacks` says for how long, usually a day; 0 leaves a kind out. Throws `BadQuery`.
 */
export function readLookbacks(lookbackDays: number, lookbacks: Lookbacks = {}): Lookbacks {
  const days: Lookbacks = { visit: lookbackDays, click: lookbackDays, contact: lookbackDays, ...lookbacks };
  const unknown = Object.keys(lookbacks).find((kind) => !KINDS.some((known) => known === kind));
  if (unknown !== undefined) throw badQuery('lookback', unknown, KINDS);
  for (const [kind, number] of Object.entries(days)) {
    if (!Number.isFinite(number) || number < 0 || number > 730)
      throw badQuery('lookback', `${kind}:${number}`, 'days from 0 to 730');
  }
  return Object.fromEntries(Object.entries(days).filter(([, number]) => number > 0));
}

/** What to ask a store for, so that no touch of these lookbacks is missing. */
export function askedOf(lookbacks: Lookbacks): Pick<JourneyQuery, 'lookbackDays' | 'kinds' | 'viewLookbackDays'> {
  const { view } = lookbacks;
  return {
    lookbackDays: longestLookback(lookbacks),
    kinds: KINDS.filter((kind) => lookbacks[kind] !== undefined),
    ...(view !== undefined && { viewLookbackDays: view }),
  };
}

/** The days of the kind that counts longest. */
export function longestLookback(lookbacks: Lookbacks): number {
  return Math.max(0, ...Object.values(lookbacks));
}

/** Whether a touch is near enough to the conversion for its kind. */
export function isWithinLookback(
  { at, kind }: Pick<PathTouch, 'at' | 'kind'>,
  conversion: { at: string },
  lookbacks: Lookbacks,
): boolean {
  return isNear({ at: isoMs(at), kind }, isoMs(conversion.at), lookbacks);
}

/** The same of times in milliseconds. */
export function isNear(
  { at, kind = 'visit' }: { at: number; kind: TouchKind | undefined },
  convertedAt: number,
  lookbacks: Lookbacks,
): boolean {
  return convertedAt - at <= (lookbacks[kind] ?? 0) * DAY_MS;
}

/** Reads `30`, `30,view:1`, `visit:30,contact:90`: a number for all kinds, and numbers for single ones. Throws `BadQuery`. */
export function parseLookback(text: string | undefined): { lookbackDays?: number; lookbacks?: Lookbacks } {
  if (text === undefined) return {};
  const lookbacks: Partial<Record<TouchKind, number>> = {};
  let lookbackDays: number | undefined;
  for (const part of text.split(',')) {
    const [, kind, number] = /^(?:(visit|click|contact|view):)?(\d+(?:\.\d+)?)$/.exec(part.trim()) ?? [];
    if (number === undefined) throw badQuery('lookback', text, 'a number of days, or e.g. 30,view:1,contact:90');
    const known = KINDS.find((one) => one === kind);
    if (known) lookbacks[known] = Number(number);
    else lookbackDays = Number(number);
  }
  return {
    ...(lookbackDays !== undefined && { lookbackDays }),
    ...(Object.keys(lookbacks).length > 0 && { lookbacks }),
  };
}
