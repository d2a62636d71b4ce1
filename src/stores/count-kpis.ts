import { compareTexts } from './compare-texts.js';
import type { KpiAmount, KpiQuery, KpiRow } from './contract.js';
import type { Conversion } from './conversions.js';
import { type Day, dayAt, daysBetween } from './days.js';
import { NO_KPIS } from './no-kpis.js';
import { AMOUNT_UNITS } from './order.js';
import { isWithin } from './range.js';
import type { Session } from './sessions.js';
import { DIRECT } from './stamp/source.js';
import type { EventRow } from './stamp/stamp.js';

const ENGAGED_MS = 10_000;

/** Counts sessions and conversions into the rows of a KPI query. */
export function countKpis(query: KpiQuery, sessions: readonly Session[], conversions: readonly Conversion[]): KpiRow[] {
  if (query.total && query.by !== 'total') {
    const { total: _, ...rest } = query;
    return [rest, { ...rest, by: 'total' as const }].flatMap((one) => countKpis(one, sessions, conversions));
  }
  const counter = createCounter(query, daysOf(query, sessions, conversions));
  const converting = new Map<EventRow, Session>();
  const goals = new Set(conversions.map(({ row }) => row));
  for (const session of sessions) {
    const own = session.events.filter((row) => goals.has(row));
    for (const row of own) converting.set(row, session);
    if (isWithin(query, session.start)) counter.addSession(session, own.length);
  }
  for (const { row, person, amount, currency } of conversions) {
    if (!isWithin(query, row.at)) continue;
    const told = row.touch === null ? null : row.source;
    const session = converting.get(row);
    const inside = session !== undefined && isWithin(query, session.start);
    counter.addConversion(
      { at: row.at, amount, currency, buyer: inside ? undefined : person },
      session?.source ?? told ?? latestBefore(sessions, person, row.at)?.source,
    );
  }
  return counter.rows();
}

function daysOf(query: KpiQuery, sessions: readonly Session[], conversions: readonly Conversion[]): Day[] {
  const times = [...sessions.map(({ start }) => start), ...conversions.map(({ row }) => row.at)];
  const inside = times.filter((at) => isWithin(query, at));
  const [first, last] = [Math.min, Math.max].map((pick) => inside.reduce((a, b) => pick(a, b), inside[0] ?? 0));
  return isByDay(query) && inside.length ? daysBetween(first ?? 0, last ?? 0, query.timezone) : [];
}

/** True when the rows of a KPI query have days. */
export function isByDay({ by }: KpiQuery): boolean {
  return by === 'day' || by === 'day-label';
}

/** True when the rows of a KPI query have labels. */
export function isByLabel({ by }: KpiQuery): boolean {
  return by === 'label' || by === 'day-label';
}

/** Of sessions that start in the same millisecond, the one with the greatest source key: any rule will do, but one. */
function latestBefore(sessions: readonly Session[], person: string, at: number): Session | undefined {
  let latest: Session | undefined;
  for (const session of sessions) {
    if (session.person !== person || session.start > at) continue;
    if (!latest || session.start > latest.start || (session.start === latest.start && session.source > latest.source)) {
      latest = session;
    }
  }
  return latest;
}

function createCounter(query: KpiQuery, days: readonly Day[]) {
  const { labels } = query;
  const groups = new Map<string, Group>();
  const group = (at: number, source: string | undefined) => {
    const day = isByDay(query) ? { day: dayAt(days, at) } : {};
    const label = isByLabel(query) ? { label: labels?.get(source ?? DIRECT) ?? '' } : {};
    const key = JSON.stringify([day, label]);
    const found = groups.get(key);
    if (found) return found;
    const made: Group = {
      row: emptyRow(day, label),
      visitors: new Set(),
      buyers: new Set(),
      devices: new Set(),
      sums: new Map(),
    };
    groups.set(key, made);
    return made;
  };
  if (query.by === 'total') group(0, undefined);
  return {
    addSession(session: Session, conversions: number): void {
      const { row, visitors, buyers, devices } = group(session.start, session.source);
      const views = session.events.filter(({ pageView }) => pageView).length;
      const lasted = session.end - session.start;
      visitors.add(session.person);
      if (conversions) buyers.add(session.person);
      devices.add(session.device);
      row.sessions += 1;
      row.engagedSessions += lasted >= ENGAGED_MS || views >= 2 || conversions ? 1 : 0;
      row.convertingSessions += conversions ? 1 : 0;
      row.pageViews += views;
      row.durationSeconds += lasted;
    },
    addConversion(
      { at, buyer, amount, currency }: Pick<EventRow, 'at' | 'amount' | 'currency'> & { buyer: string | undefined },
      source: string | undefined,
    ) {
      const { sums, buyers } = group(at, source);
      if (buyer !== undefined) buyers.add(buyer);
      const sum = sums.get(currency ?? '') ?? { conversions: 0, units: 0 };
      sums.set(currency ?? '', { conversions: sum.conversions + 1, units: sum.units + (amount ?? 0) });
    },
    rows: () =>
      [...groups.values()]
        .map(({ row, visitors, buyers, devices, sums }) => ({
          ...row,
          visitors: visitors.size,
          convertingVisitors: [...buyers].filter((person) => visitors.has(person)).length,
          devices: devices.size,
          durationSeconds: row.durationSeconds / 1000,
          ...sumAmounts(sums, query),
        }))
        .sort((a, b) => compareTexts(a.day, b.day) || compareTexts(a.label, b.label)),
  };
}

interface Group {
  row: KpiRow;
  visitors: Set<string>;
  /** Who reached the goal in a session of the group, or outside of any; the latter need not be visitors. */
  buyers: Set<string>;
  devices: Set<string>;
  sums: Map<string, CurrencySum>;
}

/** Conversions in one currency and their amounts in whole units. */
export interface CurrencySum {
  conversions: number;
  units: number;
}

/** The fields of a row that conversions make, out of sums by currency ('' where none is named). */
export function sumAmounts(sums: ReadonlyMap<string, CurrencySum>, { amounts }: Pick<KpiQuery, 'amounts'>) {
  const all = { conversions: 0, units: 0 };
  for (const { conversions, units } of sums.values()) {
    all.conversions += conversions;
    all.units += units;
  }
  const apart = [...sums]
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([currency, { conversions, units }]): KpiAmount => ({ currency, conversions, revenue: units / AMOUNT_UNITS }));
  return { conversions: all.conversions, revenue: all.units / AMOUNT_UNITS, ...(amounts && { amounts: apart }) };
}

function emptyRow(day: { day?: string }, label: { label?: string }): KpiRow {
  return { ...day, ...label, ...NO_KPIS };
}
