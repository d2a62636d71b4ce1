import { HOUR_MS } from '../../protocol/time.js';
import { BadRow } from '../models/rows.js';
import type { PathField } from './columns.js';

/** Between the channels of a path as we write it. */
const SEPARATOR = ' > ';

/** What stands between channels in the files of others: `>` (as in R's ChannelAttribution), `>>>`, `->`, `=>`, `→`, `»`. */
const ARROW = /[-=]{0,9}>+|[→⇒⟶➔➜➝»›]/;

/**
 * Splits at the separator; without one at ` > `, in a path that has none at whatever arrow it has. Lists as JSON and Python
 * write them are lists. Spaces around names do not belong to them. An empty text is a path without touches.
 */
export function splitPath(text: string, separator: string | undefined): string[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const list = trimmed.startsWith('[') && separator === undefined ? readList(trimmed) : undefined;
  if (list) return list.map((name) => name.trim());
  if (separator !== undefined) return text.split(separator).map((name) => name.trim());
  // Cells have lost the spaces at their ends: an arrow there stands between a channel and none, and is no part of a name.
  const padded = ` ${trimmed} `;
  return padded.split(padded.includes(SEPARATOR) ? SEPARATOR : ARROW).map((name) => name.trim());
}

/** The texts of `["a", "b"]` or `['a', "b's"]` (pandas writes lists so); undefined when this is neither. */
function readList(text: string): string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list) && list.every((one) => typeof one === 'string')) return list;
  } catch {
    // Not JSON: it may be as Python writes it.
  }
  const item = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(,|\]$)/y;
  const found: string[] = [];
  for (item.lastIndex = 1; item.lastIndex < text.length; ) {
    const match = item.exec(text);
    if (!match) return undefined;
    found.push((match[1] ?? match[2] ?? '').replaceAll(/\\(.)/g, '$1'));
  }
  return found;
}

/** What may be said where nothing is known: by R, SQL, JavaScript, Python, MySQL. */
const NOTHING = /^(?:NA|N\/A|NULL|NaN|None|\\N)$/i;

/** The text of a cell; undefined when it says that nothing is there. */
export function textFrom(cell: string | undefined): string | undefined {
  const text = cell?.trim();
  // Digits and signs sort before letters: numbers need not be looked at so closely.
  return !text || (text > ':' && NOTHING.test(text)) ? undefined : text;
}

/** The mark before the decimals; the other one then stands between thousands. */
export type DecimalMark = '.' | ',';

/** Reads the numbers of one file. */
export interface NumberReader {
  /**
   * The number, `true` or `false`, or the text as it is when it is none of them: whoever checks the row refuses it. `cells` are
   * those of the row.
   */
  read(text: string, line: number, cells: readonly string[]): number | boolean | string;
  /** Throws when numbers contradict each other: after 1,5 the 1.234 of an earlier line may have been a thousand. */
  check(): void;
}

/**
 * Reads numbers as people and programs write them: `1234.5`, `1,234.50`, `1.234,50`, `1 234,5`, `1'234`, `$12`, `12 €`.
 * Whether 1,234 is above a thousand only other numbers can show, in the row or before it: else it is refused, unless `decimal`
 * says it; 1.234 is how programs write decimals.
 */
export function numberReader(
  decimal: DecimalMark | undefined,
  fail: (line: number, message: string) => Error,
): NumberReader {
  const shown = new Set<DecimalMark>(decimal ? [decimal] : []);
  let doubted: { text: string; line: number } | undefined;
  const failOn = (line: number, text: string): Error =>
    fail(line, `"${text}" may be a thousand or not; say which mark is before decimals, e.g. --decimal "."`);
  const show = (mark: DecimalMark): void => {
    if (decimal === undefined) shown.add(mark);
  };
  const decide = (bare: string, line: number, cells: readonly string[]): DecimalMark => {
    const own = bare.includes(',') ? ',' : '.';
    if (own === ',' && shown.size === 0)
      for (const cell of cells) for (const mark of shownBy(bareNumber(cell.trim()))) show(mark);
    const [mark, another] = shown;
    if (another || (!mark && own === ',')) throw failOn(line, bare);
    if (!mark) doubted ??= { text: bare, line };
    return mark ?? own;
  };
  return {
    read(text, line, cells) {
      // Nearly all: millions of them are read.
      if (WHOLE.test(text)) return Number(text);
      if (decimal !== ',' && CENTS.test(text)) {
        show('.');
        return Number(text);
      }
      if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
      const bare = bareNumber(text);
      const isDoubtful = DOUBTFUL.test(bare);
      const mark = decimal ?? (isDoubtful ? decide(bare, line, cells) : markOf(bare));
      if (mark === '.' && PLAIN.test(bare)) {
        if (!isDoubtful) show('.');
        return Number(bare);
      }
      if (!GROUPED[mark].test(bare)) return text;
      if (!isDoubtful && /[.,]/.test(bare)) show(mark);
      return Number(bare.replaceAll(mark === '.' ? ',' : '.', '').replace(',', '.'));
    },
    check() {
      if (doubted && shown.has(',')) throw failOn(doubted.line, doubted.text);
    },
  };
}

const WHOLE = /^\d+$/;
const CENTS = /^\d+\.\d\d?$/;

const PLAIN = /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** One mark with three digits behind it, and not more than three before. */
const DOUBTFUL = /^[+-]?[1-9]\d{0,2}[.,]\d{3}$/;

/** Digits with this mark before decimals, and the other one, if any, between groups of three. */
const GROUPED = {
  '.': /^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?$/,
  ',': /^[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d*)?$/,
};

/** Without a sign of currency, and without spaces and apostrophes between groups of three. */
function bareNumber(text: string): string {
  const amount = text
    .replace(/^([+-]?)\s*\p{Sc}\s*/u, '$1')
    .replace(/\p{Sc}$/u, '')
    .trimEnd();
  return /^[+-]?\d{1,3}(?:[\s'’]\d{3})+(?:[.,]\d*)?$/.test(amount) ? amount.replaceAll(/[\s'’]/g, '') : amount;
}

/** What a number shows of the marks in its file. */
function shownBy(bare: string): DecimalMark[] {
  if (!/[.,]/.test(bare) || DOUBTFUL.test(bare)) return [];
  const mark = markOf(bare);
  return GROUPED[mark].test(bare) ? [mark] : [];
}

/** The mark that comes last is before the decimals, unless it comes twice. */
function markOf(bare: string): DecimalMark {
  const [comma, point] = [bare.lastIndexOf(','), bare.lastIndexOf('.')];
  const last = comma > point ? ',' : '.';
  const isTwice = bare.indexOf(last) !== bare.lastIndexOf(last);
  return isTwice === (last === ',') ? '.' : ',';
}

/** What is known of a row, whatever form of file it is from; what has no meaning stays for whoever checks the row. */
export type RawRow = { [field in PathField | 'lead']?: unknown };

/**
 * The row that is meant. Conversions may be `true` or `false` (1 or 0) of one journey, or of so many `occurrences` alike; one
 * that did not convert is a null. Where nulls are told, there may be no conversions. `hours` say how long before the
 * conversion each touch was. With `journeys`, each row is one journey, and 0 conversions are one without.
 */
export function meantRow(raw: RawRow, place: string, journeys: boolean): RawRow {
  const { occurrences = 1, hours, ...row } = raw;
  const { conversions } = row;
  const converted = typeof conversions === 'boolean' ? Number(conversions) : conversions;
  if (raw.occurrences !== undefined && converted !== 0 && converted !== 1)
    throw new BadRow(place, 'occurrences', 'where "occurrences" stand, "conversions" must be true or false (1 or 0).');
  if (converted === undefined) row.conversions = row.nulls === undefined ? undefined : 0;
  else if (converted === 1) row.conversions = occurrences;
  else if (converted === 0) {
    row.conversions = 0;
    if (typeof conversions === 'boolean' || journeys || raw.occurrences !== undefined) row.nulls ??= occurrences;
  }
  if (Array.isArray(hours)) row.times ??= hours.map((one) => (typeof one === 'number' ? -one * HOUR_MS : one));
  return row;
}
