import { rowsBefore } from './compare.js';
import { el } from './dom.js';
import type { Speech } from './language.js';
import { colourOf } from './palette.js';
import { type Column, swatch, table, was, wasNote } from './table.js';

/** How a field of a report is written. */
type Format = 'percent' | 'money' | 'integer' | 'decimal';

const PERCENT =
  /(Rate|Share|Uplift)$|^(share|rate|uplift|retention|threeOrMore|satisfied|overlap|dropOff|fromFirst|fromPrevious|shareOfRevenue|good|needsImprovement|poor|conversionRate|openRateWithMachines|withinOneMinute|conversionsPerClick|removalEffect|engagementBy\w+)$|^conversion(Only|Both)/;
const MONEY =
  /(Revenue|Value)$|^(revenue|refunds|cost|costPerClick|costPerConversion|averageOrderValue|adjustedMean|medianLifetimeValue)$/;

/** Spans of time, by what they are in. */
const SPANS: readonly [RegExp, seconds: number][] = [
  [/^median.*Hours/, 3600],
  [/^medianDays$/, 86_400],
  [/Seconds$/, 1],
];

/** Percentiles of web vitals: milliseconds, or the shift of a layout, which is bad from 0.1. */
const PERCENTILE = /^p\d\d$/;
const FINE_BELOW = 10;

/** What else a table of fields can be told. */
export interface FieldsOptions {
  caption: string;
  /** The fields to show, in order; default all of the first row. */
  fields?: readonly string[];
  /** Titles of fields that mean something else here than in other reports. */
  titles?: Readonly<Record<string, string>> | undefined;
  /** Amounts where a field's name alone does not say so, e.g. `mean`. */
  money?: readonly string[];
  /** Fields with a bar, from 0 to the largest. */
  bars?: readonly string[];
  sortedBy?: string;
  /** Fields of the figures beside the table, which are explained with its columns. */
  figures?: readonly string[];
  /** Which rows say little; they are greyed. */
  faint?: readonly boolean[];
  /** Rows of the period before, how rows are told apart, and the fields that are shown of them, too. */
  before?: { rows: readonly object[] | undefined; name: readonly string[]; fields: readonly string[] };
}

/** The title of a field in this language. */
export function fieldTitle({ words }: Speech, field: string): string {
  const own = words.people.columns[field];
  if (own !== undefined) return own;
  const spaced = field.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** A value as people read it: rates in percent, amounts in the currency, intervals as `low – high`. */
export function showField(
  speech: Speech,
  field: string,
  value: unknown,
  { money = [], decimals = false }: { money?: readonly string[] | undefined; decimals?: boolean } = {},
): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.map((one) => textOf(speech, field, String(one))).join(' + ');
  if (isInterval(value)) {
    const base = field.replace(/[Ii]nterval$/, '') || money[0] || 'share';
    const format = formatOf(base, 0.5, money);
    return `${write(speech, format, value.low)} – ${write(speech, format, value.high)}`;
  }
  if (typeof value === 'number') {
    const span = SPANS.find(([pattern]) => pattern.test(field));
    if (span) return speech.duration(value * span[1]);
    if (PERCENTILE.test(field) && value < FINE_BELOW) return speech.fine(value);
    return write(speech, formatOf(field, decimals ? 0.5 : value, money), value);
  }
  if (isInstant(value)) return speech.instant(String(value));
  if (/^\d{4}-\d\d-\d\d$/.test(String(value))) return speech.day(String(value));
  return textOf(speech, field, String(value));
}

/** A text in this language: a value that the field is known to have, a channel, a remark, else as it is. */
function textOf(speech: Speech, field: string, text: string): string {
  const { values, notice } = speech.words.people;
  const known = Object.hasOwn(values, field) ? values[field] : undefined;
  const own = known && Object.hasOwn(known, text) ? known[text] : undefined;
  return own ?? (field === 'warning' ? notice(text) : speech.label(text, field));
}

/** Rows of a report as a table, whatever their fields. */
export function fieldTable(speech: Speech, rows: readonly object[], options: FieldsOptions): HTMLElement {
  if (rows.length === 0) return el('p', { class: 'state' }, speech.words.people.noNumber);
  const records = rows.map((row) => new Map<string, unknown>(Object.entries(row)));
  const fields = options.fields ?? [...new Set(records.flatMap((row) => [...row.keys()]))];
  const most = (field: string) => Math.max(...records.map((row) => Number(row.get(field)) || 0)) || 1;
  const { rows: before, name = [], fields: compared } = options.before ?? {};
  // A period before the first event has nothing to compare with.
  const earlier = before?.length ? before : undefined;
  const nameOf = (row: Map<string, unknown>) => JSON.stringify(name.map((field) => row.get(field)));
  const then = rowsBefore(
    earlier?.map((row) => new Map<string, unknown>(Object.entries(row))),
    nameOf,
  );
  const columns = fields.map((field, index): Column<Map<string, unknown>> => {
    const values = records.map((row) => row.get(field) ?? null);
    // A figure that no row has is still a figure.
    const isUnknown = index > 0 && values.every((value) => value === null);
    const isNumber = isUnknown || values.some((value) => typeof value === 'number' || isInterval(value));
    const largest = most(field);
    // One column, one number of decimals.
    const decimals = records.some((row) => typeof row.get(field) === 'number' && !Number.isInteger(row.get(field)));
    const format = { money: options.money, decimals };
    return {
      title: options.titles?.[field] ?? fieldTitle(speech, field),
      // Times are columns of digits, too: broken into words they would make every row four lines high on a phone.
      ...((isNumber || values.some(isInstant)) && { number: true }),
      value: (row) => sortValue(row.get(field)),
      show: (row) => {
        const text = showField(speech, field, row.get(field), format);
        return index === 0 && CHANNELS.has(field) ? swatch(text, colourOf(String(row.get(field)))) : text;
      },
      ...(earlier &&
        compared?.includes(field) && {
          before(row) {
            const earlierText = showField(speech, field, then(row)?.get(field), format);
            // A name is worth repeating only where it was another one.
            const isNews =
              isNumber || (then(row) !== undefined && earlierText !== showField(speech, field, row.get(field), format));
            return isNews ? was(speech, earlierText) : undefined;
          },
        }),
      ...(options.bars?.includes(field) && { bar: (row) => (Number(row.get(field)) || 0) / largest }),
    };
  });
  const sortedBy = Math.max(0, options.sortedBy === undefined ? 0 : fields.indexOf(options.sortedBy));
  const keepOrder = options.sortedBy === undefined;
  const faint = new Set(records.filter((_, i) => options.faint?.[i]));
  const made = table(columns, records, {
    caption: options.caption,
    sortedBy,
    keepOrder,
    isFaint: (row) => faint.has(row),
  });
  const told = definitions(speech, [...new Set([...(options.figures ?? []), ...fields])]);
  return el('div', {}, made, earlier && compared?.length ? wasNote(speech) : null, told);
}

/** What the columns say, one click away. */
function definitions(speech: Speech, fields: readonly string[]): HTMLElement | null {
  const { definitions: told } = speech.words.people;
  const entries = fields.flatMap((field): [string, string][] => {
    const text = told[field];
    return text === undefined ? [] : [[fieldTitle(speech, field), text]];
  });
  return entries.length === 0 ? null : definitionList(speech.words, entries);
}

/** Titles and what they mean, behind one line. */
export function definitionList(words: Speech['words'], entries: readonly (readonly [string, string])[]): HTMLElement {
  const list = entries.flatMap(([title, text]) => [el('dt', {}, title), el('dd', {}, text)]);
  return el('details', { class: 'explained' }, el('summary', {}, words.people.explained), el('dl', {}, ...list));
}

const CHANNELS = new Set(['channel', 'from']);

function formatOf(field: string, value: number, money: readonly string[]): Format {
  if (PERCENT.test(field)) return 'percent';
  if (MONEY.test(field) || money.includes(field)) return 'money';
  return Number.isInteger(value) ? 'integer' : 'decimal';
}

function write(speech: Speech, format: Format, value: number): string {
  if (format === 'percent') return speech.percent(value);
  if (format === 'money') return speech.money(value);
  return format === 'integer' ? speech.integer(value) : speech.decimal(value);
}

function isInterval(value: unknown): value is { low: number; high: number } {
  return typeof value === 'object' && value !== null && 'low' in value && 'high' in value;
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
}

function sortValue(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return value;
  return isInterval(value) ? value.low : String(value);
}
