import type { PathRow } from '../models/rows.js';

/** A field of a row that can come from a file. */
export type PathField = Exclude<keyof PathRow, 'lead'>;

/** What each field may be called: our names first, then those of the R package ChannelAttribution, its kin and its tutorials. */
const NAMES: { readonly [field in PathField]: readonly string[] } = {
  path: ['path', 'paths', 'journey', 'channel_path', 'conversion_path', 'touchpoints'],
  conversions: ['conversions', 'total_conversions', 'total_conversion', 'conversion', 'conv', 'total_conv'],
  value: [
    'value',
    'total_conversion_value',
    'conversion_value',
    'conv_value',
    'total_value',
    'revenue',
    'total_revenue',
  ],
  nulls: ['nulls', 'total_null', 'total_nulls', 'null', 'conv_null', 'total_conv_null'],
  times: ['times', 'exposure_times'],
};

const FIELDS: readonly PathField[] = ['path', 'conversions', 'value', 'nulls', 'times'];

/** The field that a column of this name holds; capitals and spaces do not matter. */
export function fieldOf(column: string): PathField | undefined {
  const name = column.trim().toLowerCase().replaceAll(/[ .-]/g, '_');
  return FIELDS.find((field) => NAMES[field].includes(name));
}

/** Names that are understood, for an error. */
export function namesOf(field: PathField): string {
  return NAMES[field].slice(0, 2).join(' or ');
}

/** How the texts of a file are to be read. */
export interface TextStyle {
  /** Between the channels of a path; see `splitPath`. */
  separator: string | undefined;
  /** Numbers may have a decimal comma: cells are not divided by commas. */
  comma: boolean;
}

/** A row from texts. What is no number stays text, and is refused with its field by whoever checks the row. */
export function rowFromTexts(
  texts: ReadonlyMap<PathField, string>,
  { separator, comma }: TextStyle,
): { [field in PathField]?: unknown } {
  const row: { [field in PathField]?: unknown } = {
    path: splitPath(texts.get('path') ?? '', separator),
    conversions: numberFrom(texts.get('conversions'), comma),
  };
  for (const field of ['value', 'nulls'] as const) {
    const text = texts.get(field)?.trim();
    if (text) row[field] = numberFrom(text, comma);
  }
  const times = texts.get('times');
  if (times?.trim()) row.times = splitPath(times, separator).map((time) => (/^\d+$/.test(time) ? Number(time) : time));
  return row;
}

/** The separator of channels as we write it. */
const SEPARATOR = ' > ';

/** What stands between channels in the files of others: `>` (as in R's ChannelAttribution), `>>>`, `->`, `=>`, `→`. */
const ARROW = /[-=]{0,9}>+|→/;

/**
 * Splits at the separator; without one at ` > `, in a path that has none at whatever arrow it has. Spaces around names do not
 * belong to them. An empty text is a path without touches.
 */
export function splitPath(text: string, separator: string | undefined): string[] {
  if (text.trim() === '') return [];
  return text.split(separator ?? (text.includes(SEPARATOR) ? SEPARATOR : ARROW)).map((name) => name.trim());
}

function numberFrom(text: string | undefined, comma: boolean): number | string | undefined {
  // Three digits after the comma could be thousands: that is not for us to guess.
  const trimmed = comma ? text?.trim().replace(/^([+-]?\d+),(\d{1,2}|\d{4,})$/, '$1.$2') : text?.trim();
  return trimmed && /^[+-]?(\d+(?:\.\d*)?|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : trimmed || undefined;
}
