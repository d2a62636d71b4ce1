import { addDays, dayOf } from '../period.js';
import type { Parameters } from './api.js';
import type { Settings } from './settings.js';

/** What is shown; also the page's address, so that a view can be sent to somebody. */
export interface Filters {
  /** The last so many days, or `custom` with `from` and `to`. */
  preset: number | 'custom';
  from: string;
  to: string;
  goal: string;
  bots: boolean;
  compare: boolean;
  /** A day: only what had arrived by its end counts; '' all that is known now. */
  known: string;
  by: 'channel' | 'source' | 'medium' | 'campaign';
  lookback: number;
  /** ISO code; '' the owner's, else that of most conversions. */
  currency: string;
  /** Who is counted; '' everybody. */
  segment: string;
  /** The attribution model that is shown alone; '' the six side by side. */
  model: string;
  /** The report that the panel of all figures shows. */
  report: string;
  /** In which days begin: that of the reports, not of the browser. */
  timezone: string;
}

/** The periods that have a button, in days. */
export const PRESETS = [1, 7, 30, 90];

const DEFAULTS = {
  preset: 30,
  bots: false,
  compare: true,
  known: '',
  by: 'channel',
  lookback: 30,
  currency: '',
  segment: '',
  model: '',
  report: '',
} as const;

/** Reads the address; what is missing or odd has its default. */
export function readFilters(search: string, now: Date, { timezone, goal }: Settings): Filters {
  const asked = new URLSearchParams(search);
  const from = asked.get('from') ?? '';
  const to = asked.get('to') ?? '';
  const custom = isDay(from) && isDay(to) && from <= to;
  const preset = PRESETS.find((days) => String(days) === asked.get('days')) ?? DEFAULTS.preset;
  const filters: Filters = {
    ...DEFAULTS,
    preset: custom ? 'custom' : preset,
    ...(custom ? { from, to } : presetPeriod(preset, now, timezone)),
    goal: asked.get('goal') || goal,
    bots: asked.get('bots') === 'true',
    compare: asked.get('compare') !== 'false',
    known: isDay(asked.get('known') ?? '') ? (asked.get('known') ?? '') : '',
    by: (['channel', 'source', 'medium', 'campaign'] as const).find((by) => by === asked.get('by')) ?? 'channel',
    lookback: [7, 30, 90].find((days) => String(days) === asked.get('lookback')) ?? 30,
    currency: (/^[A-Za-z]{3}$/.exec(asked.get('currency') ?? '')?.[0] ?? '').toUpperCase(),
    segment: asked.get('segment') ?? '',
    model: asked.get('model') ?? '',
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
  } else if (filters.preset !== DEFAULTS.preset) parameters.set('days', String(filters.preset));
  for (const name of WRITTEN) {
    if (filters[name] !== defaults[name]) parameters.set(name, String(filters[name]));
  }
  const search = parameters.toString();
  return search && `?${search}`;
}

const WRITTEN = [
  ...(['goal', 'bots', 'compare', 'known', 'by', 'lookback'] as const),
  ...(['currency', 'segment', 'model', 'report'] as const),
];

/** The filters with their period as it is now: the last 30 days are others after midnight. */
export function untilNow(filters: Filters, now: Date): Filters {
  const { preset, timezone } = filters;
  return preset === 'custom' ? filters : { ...filters, ...presetPeriod(preset, now, timezone) };
}

/** The last so many days, today included. */
function presetPeriod(days: number, now: Date, timezone: string): { from: string; to: string } {
  const to = dayOf(now.getTime(), timezone);
  return { from: addDays(to, 1 - days), to };
}

/** The period of the same length just before. */
export function periodBefore({ from, to }: { from: string; to: string }): { from: string; to: string } {
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

function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}
