import { csvCell } from '../../protocol/csv.js';
import { listText, orderColumns } from './flat.js';

/**
 * Rows as CSV (RFC 4180), the fields of all rows as columns, those of nested objects as `models.linear.revenue`, lists
 * as one text (a path with ` > `, others with ` + `), null as an empty cell.
 */
export function toCsv(rows: readonly object[], columns: readonly string[] = []): string {
  const flat = rows.map((row) => new Map(flatten(row, '')));
  const names = [...new Set([...columns, ...orderColumns(flat)])];
  return [names, ...flat.map((row) => names.map((name) => row.get(name)))].map(csvLine).join('');
}

/** One line of CSV; what is not known is an empty cell. */
export function csvLine(values: readonly (Flat | boolean)[]): string {
  return `${values.map((value = '') => csvCell(typeof value === 'boolean' ? String(value) : value)).join(',')}\r\n`;
}

type Flat = string | number | undefined;

function flatten(row: object, prefix: string): [string, Flat][] {
  return Object.entries(row).flatMap(([field, value]: [string, unknown]): [string, Flat][] => {
    if (Array.isArray(value)) return [[prefix + field, listText(field, value, (one) => String(one ?? ''))]];
    if (typeof value === 'object' && value !== null) return flatten(value, `${prefix}${field}.`);
    return [[prefix + field, typeof value === 'number' ? value : value == null ? undefined : String(value)]];
  });
}
