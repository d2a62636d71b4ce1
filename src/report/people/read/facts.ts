import type { JsonObject } from '../../../protocol/index.js';
import { AMOUNT_UNITS } from '../../../stores/order.js';
import type { Way, WayEvent } from './way.js';

/** A property as text; undefined where it is absent or no text. Numbers count as text: order ids often are numbers. */
export function textIn(properties: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = properties[name];
    if (typeof value === 'string' && value.trim()) return value.trim();
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  }
  return undefined;
}

/** What is beyond is no number: the KPIs know no larger amounts, and a single 1e308 would make every sum infinite. */
const LARGEST = Number.MAX_SAFE_INTEGER / AMOUNT_UNITS;

/** A property as a number, also where it was sent as text. */
export function numberIn(properties: JsonObject, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = properties[name];
    const number = typeof value === 'string' && value.trim() ? Number(value) : value;
    if (typeof number === 'number' && Math.abs(number) <= LARGEST) return number;
  }
  return undefined;
}

/** `total` (with tax and shipping), else `revenue`, else `value`: as the KPIs count. */
export function amountIn(properties: WayEvent['properties']): number | undefined {
  return numberIn(properties, 'total') ?? numberIn(properties, 'revenue') ?? numberIn(properties, 'value');
}

/** The currency of an event in upper case; '' where it says none. */
export function currencyIn(properties: WayEvent['properties']): string {
  return textIn(properties, 'currency')?.toUpperCase() ?? '';
}

/** True for `true`, `1`, `"true"`, `"yes"`; undefined where nothing is said. */
export function flagIn(properties: JsonObject, ...names: readonly string[]): boolean | undefined {
  for (const name of names) {
    const value = properties[name];
    if (typeof value === 'boolean') return value;
    if (value === 1 || value === 'true' || value === 'yes' || value === '1') return true;
    if (value === 0 || value === 'false' || value === 'no' || value === '0') return false;
  }
  return undefined;
}

/** Pieces in `products`, each counting its `quantity` (1 unless said); undefined where there is no list. */
export function piecesIn(properties: JsonObject): number | undefined {
  const { products } = properties;
  if (!Array.isArray(products)) return undefined;
  let pieces = 0;
  for (const product of products) {
    if (typeof product !== 'object' || product === null || Array.isArray(product)) continue;
    pieces += Math.max(0, numberIn(product, 'quantity') ?? 1);
  }
  return pieces;
}

/** The events of a name, oldest first; of one time by message. */
export function eventsNamed({ events }: Way, ...names: readonly string[]): WayEvent[] {
  // Most of many visitors.
  if (events.length === 0) return [];
  return events
    .filter(({ name }) => names.includes(name))
    .sort((a, b) => a.ms - b.ms || (a.messageId < b.messageId ? -1 : 1));
}

/** The source of the visit in which something happened, else of the latest visit before it. */
export function sourceAt({ visits }: Way, at: number, visit?: number): string | undefined {
  const own = visit === undefined ? undefined : visits[visit];
  if (own) return own.sourceKey;
  let latest: { ms: number; sourceKey: string } | undefined;
  for (const { at: ms, sourceKey } of visits) {
    if (ms > at) continue;
    if (!latest || ms > latest.ms || (ms === latest.ms && sourceKey > latest.sourceKey)) latest = { ms, sourceKey };
  }
  return latest?.sourceKey;
}

/** part / whole, null where there is no whole. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** The middle value; of two in the middle their mean; null where there is none. */
export function median(values: readonly number[]): number | null {
  return quantile(values, 0.5);
}

/** The value below which this part lies, between two values in proportion; null where there is none. */
export function quantile(values: readonly number[], part: number): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const place = part * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  return below + (place % 1) * ((sorted[Math.ceil(place)] ?? 0) - below);
}

/** The mean, null where there is none. */
export function mean(values: readonly number[]): number | null {
  return ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}

/** A group of each key, made when it is first asked for. */
export function grouped<T>(make: (key: string) => T) {
  const groups = new Map<string, T>();
  return {
    of(key: string): T {
      let group = groups.get(key);
      if (group === undefined) groups.set(key, (group = make(key)));
      return group;
    },
    get: (key: string): T | undefined => groups.get(key),
    /** Sorted by key, so that every engine answers alike. */
    entries: (): [string, T][] => [...groups].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}
