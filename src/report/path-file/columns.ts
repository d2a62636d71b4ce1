import type { PathRow } from '../models/rows.js';

/** What a column of a file can hold: a field of a row, or what one is worked out from. */
export type PathField = Exclude<keyof PathRow, 'lead'> | 'occurrences' | 'hours';

/**
 * What each field may be called, words apart by `_`: our names first, then those of R's ChannelAttribution and its tutorials,
 * of the Python packages MAM (Marketing-Attribution-Models), mta and pychattr, of Google's Fractribution and Snowplow's.
 */
const NAMES: { readonly [field in PathField]: readonly string[] } = {
  path: [
    ...['path', 'paths', 'journey', 'journeys', 'channels_agg', 'transformed_path', 'touchpoints', 'path_sequence'],
    ...['customer_journey', 'user_journey', 'channel_sequence', 'touchpoint_sequence'],
  ],
  conversions: [
    ...['conversions', 'total_conversions', 'total_conversion', 'conversion', 'conv', 'total_conv', 'num_conversions'],
    ...['converted', 'converted_agg', 'has_conversion', 'is_conversion', 'has_converted', 'key_events'],
    ...['conversion_count', 'conversions_count', 'n_conversions'],
  ],
  value: [
    ...['value', 'total_conversion_value', 'conversion_value', 'conv_value', 'total_value', 'total_conv_value'],
    ...['revenue', 'total_revenue', 'purchase_revenue'],
  ],
  nulls: [
    ...['nulls', 'total_null', 'total_nulls', 'null', 'conv_null', 'total_conv_null', 'null_conversions'],
    ...['non_conversions', 'total_non_conversions', 'total_null_conversions'],
    ...['no_conversions', 'no_conversion', 'not_converted', 'non_converted', 'null_count', 'num_nulls'],
  ],
  times: ['times', 'exposure_times'],
  occurrences: ['occurrences'],
  hours: ['hours_before', 'time_till_conv_agg'],
};

const FIELDS: readonly PathField[] = ['path', 'conversions', 'value', 'nulls', 'times', 'occurrences', 'hours'];

/** The field that a column of this name holds; capitals (`totalNull`), spaces, dots and dashes do not matter. */
export function fieldOf(column: string): PathField | undefined {
  const name = plainName(column);
  return FIELDS.find((field) => NAMES[field].includes(name));
}

function plainName(column: string): string {
  const words = column.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
  return words.replaceAll(/[^\p{L}\p{N}]+/gu, '_').replaceAll(/^_|_$/g, '');
}

/** What the columns of a file hold, in their order, and which are not used. */
export interface Header {
  fields: (PathField | undefined)[];
  notices: string[];
}

/**
 * Reads a header. Where no column is called a path, the only one whose name ends in it is taken (`MCF Channel Grouping Path`
 * of Google Analytics, `campaign_path`). Fails when the path or the conversions are missing, or are there twice.
 */
export function readHeader(cells: readonly string[], fail: (message: string) => Error): Header {
  const fields = cells.map(fieldOf);
  const notices: string[] = [];
  const [likely, another] = cells.flatMap((cell, i) => (/(^|_)path$/.test(plainName(cell)) ? [i] : []));
  if (!fields.includes('path') && likely !== undefined && another === undefined) {
    fields[likely] = 'path';
    notices.push(`The column "${cells[likely]}" was taken for the path.`);
  }
  const has = cells.map((cell) => JSON.stringify(cell)).join(', ');
  if (cells.some((cell) => cell.includes('\r')))
    throw fail('lines end with CR alone; save the file with the line ends of Windows or Unix.');
  for (const field of ['path', 'conversions'] as const)
    if (!fields.includes(field))
      throw fail(`the header has no column ${sayNames(field)}; it has ${has}. ${HINTS[field]}`);
  fields.forEach((field, i) => {
    const first = fields.indexOf(field);
    if (field && first !== i)
      throw fail(`the columns "${cells[first]}" and "${cells[i]}" are the same thing; leave one out, or rename it.`);
  });
  const unused = cells.filter((name, i) => name !== '' && fields[i] === undefined);
  if (unused.length) notices.push(`Columns that were not used: ${unused.join(', ')}.`);
  return { fields, notices };
}

function sayNames(field: PathField): string {
  return NAMES[field].slice(0, 2).join(' or ');
}

const HINTS = {
  path: 'A row holds a whole path, oldest channel first, e.g. "ad > mail"; touches in rows of their own must be put together.',
  conversions: 'Where each row is one journey that converted, add such a column with 1.',
};
