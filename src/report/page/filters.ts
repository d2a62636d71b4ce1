import { addDays, dayOf } from '../period.js';
import type { Parameters } from './api.js';
import type { Settings } from './settings.js';

/** What is shown; also the page's address, so that a view can be sent to somebody. */
export interface Filters {
  /** The last so many days, a week (from Monday) or month that is over, or `custom` with `from` and `to`. */
  preset: Preset | 'custom';
  from: string;
  to: string;
  goal: string;
  bots: boolean;
  compare: boolean;
  /** A day: only what had arrived by its end counts; '' all that is known now. */
  known: string;
  by: 'channel' | 'source' | 'medium' | 'campaign' | 'touchpoint';
  lookback: number;
  /** What the chart of days shows. */
  figure: 'sessions' | 'conversions' | 'revenue';
  /** What the models divide. */
  credit: 'conversions' | 'revenue';
  /** ISO code; '' the owner's, else that of most conversions. */
  currency: string;
  /** Who is counted; '' everybody. */
  segment: string;
  /** The attribution model that is shown alone; '' the six side by side. */
  model: string;
  /** The model of the report on advertising; '' the six. */
  adModel: string;
  /** The report that the panel of all figures shows. */
  report: string;
  /** In which days begin: that of the reports, not of the browser. */
  timezone: string;
}

/** A period that moves with time. */
export type Preset = number | 'last-week' | 'last-month';

/** The periods that have a button; numbers are days. */
export const PRESETS: readonly Preset[] = [1, 7, 30, 90, 'last-week', 'last-month'];

const DEFAULTS = {
  preset: 30,
  bots: false,
  compare: true,
  known: '',
  by: 'channel',
  lookback: 30,
  figure: 'sessions',
  credit: 'conversions',
  currency: '',
  segment: '',
  model: '',
  adModel: '',
  report: '',
} as const;

/** Reads the address; what is missing or odd has its default. */
export function readFilters(search: string, now: Date, { timezone, goal }: Settings): Filters {
  const asked = new URLSearchParams(search);
  const from = asked.get('from') ?? '';
  const to = asked.get('to') ?? '';
  const custom = isDay(from) && isDay(to) && from <= to;
  const named = asked.get('period') ?? asked.get('days');
  const preset = PRESETS.find((one) => String(one) === named) ?? DEFAULTS.preset;
  const filters: Filters = {
    ...DEFAULTS,
    preset: custom ? 'custom' : preset,
    ...(custom ? { from, to } : presetPeriod(preset, now, timezone)),
    goal: asked.get('goal') || goal,
    bots: asked.get('bots') === 'true',
    compare: asked.get('compare') !== 'false',
    known: isDay(asked.get('known') ?? '') ? (asked.get('known') ?? '') : '',
    by: oneOf(asked.get('by'), ['channel', 'source', 'medium', 'campaign', 'touchpoint']),
    figure: oneOf(asked.get('figure'), ['sessions', 'conversions', 'revenue']),
    credit: oneOf(asked.get('credit'), ['conversions', 'revenue']),
    lookback: [7, 30, 90].find((days) => String(days) === asked.get('lookback')) ?? 30,
    currency: (/^\S(?:.{0,10}\S)?$/.exec(asked.get('currency') ?? '')?.[0] ?? '').toUpperCase(),
    segment: asked.get('segment') ?? '',
    model: asked.get('model') ?? '',
    adModel: asked.get('adModel') ?? '',
    report: asked.get('report') ?? '',
    timezone,
  };
  return filters;
}

/** The address of these filters; defaults are left out. */
export function writeFilters(filters: Filters, { goal }: Settings): string {
  const defaults = { ...DEFAULTS, goal };
  const parameters = new URLSearchParams();
  if (filters.preset === 'custom') {
    parameters.set('from', filters.from);
    parameters.set('to', filters.to);
  } else if (typeof filters.preset === 'string') parameters.set('period', filters.preset);
  else if (filters.preset !== DEFAULTS.preset) parameters.set('days', String(filters.preset));
  for (const name of WRITTEN) {
    if (filters[name] !== defaults[name]) parameters.set(name, String(filters[name]));
  }
  const search = parameters.toString();
  return search && `?${search}`;
}

const WRITTEN = [
  ...(['goal', 'bots', 'compare', 'known', 'by', 'lookback', 'figure', 'credit'] as const),
  ...(['currency', 'segment', 'model', 'report', 'adModel'] as const),
];

/** The filters with their period as it is now: the last 30 days are others after midnight. */
export function untilNow(filters: Filters, now: Date): Filters {
  const { preset, timezone } = filters;
  return preset === 'custom' ? filters : { ...filters, ...presetPeriod(preset, now, timezone) };
}

/** The last so many days, today included; or the last week or month that is over. */
function presetPeriod(preset: Preset, now: Date, timezone: string): { from: string; to: string } {
  const today = dayOf(now.getTime(), timezone);
  if (preset === 'last-month') return { from: monthsBefore(today, 1), to: addDays(monthsBefore(today, 0), -1) };
  if (preset === 'last-week') {
    const sunday = addDays(today, -(new Date(`${today}T12:00:00Z`).getUTCDay() || 7));
    return { from: addDays(sunday, -6), to: sunday };
  }
  return { from: addDays(today, 1 - preset), to: today };
}

/** The period of the same length just before; of a whole month the month before, however long. */
export function periodBefore({ from, to }: { from: string; to: string }): { from: string; to: string } {
  const isMonth = from === monthsBefore(from, 0) && to === addDays(monthsBefore(from, -1), -1);
  if (isMonth) return { from: monthsBefore(from, 1), to: addDays(from, -1) };
  const length = daysBetween(from, to).length;
  return { from: addDays(from, -length), to: addDays(from, -1) };
}

/** The first day of the month so many months before that of a day. */
export function monthsBefore(day: string, months: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10);
}

/** All days of a period, both ends included. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** The parameter that asks for what was known on a day. */
export const AS_KNOWN_AT = 'as-known-at';

/** The filters as parameters of a report. */
export function reportParameters(filters: Filters): Parameters {
  const { from, to, goal, bots, timezone, currency, segment, known } = filters;
  const choice = { ...(bots && { bots }), ...(currency && { currency }), ...(segment && { segment }) };
  const asked = { from, to, goal, timezone, ...choice };
  return known ? { ...asked, [AS_KNOWN_AT]: known } : asked;
}

/** The value if it is one of these, else the first. */
function oneOf<T extends string>(value: string | null, allowed: readonly [T, ...T[]]): T {
  return allowed.find((one) => one === value) ?? allowed[0];
}

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
