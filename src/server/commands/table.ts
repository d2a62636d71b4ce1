import { listText, orderColumns } from '../../report/http/flat.js';

/** A report as the server answers it in JSON. */
export interface TableReport {
  rows: readonly { [field: string]: unknown }[];
  totals?: { [field: string]: unknown };
}

/**
 * The rows of a report as aligned columns, numbers to the right, totals below. Fields of fields become columns; those of
 * `models` by the model's name alone, and each with the totals, for all models divide the same.
 */
export function textTable({ rows, totals }: TableReport): string {
  const lines = rows.map((row) => flatten(row));
  const models = rows.flatMap(({ models: by }) => (isObject(by) ? Object.keys(by) : []));
  const { parts, rest } = apart(rows, totals ?? {});
  if (totals) {
    lines.push(...parts.map((part) => flatten(part)));
    lines.push(flatten(models.length ? Object.fromEntries(models.map((name) => [name, totals])) : rest));
  }
  const columns = orderColumns(lines.map((line) => new Map(Object.entries(line))));
  if (!rows.length || !columns.length) return 'No rows.\n';
  const widths = columns.map((name) => Math.max(name.length, ...lines.map((line) => (line[name] ?? '').length)));
  const isNumeric = columns.map((name) => lines.every((line) => /^-?[\d.]*$/.test(line[name] ?? '')));
  const write = (cells: string[]): string =>
    cells
      .map((cell, i) => (isNumeric[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  const body = lines.map((line) => write(columns.map((name) => line[name] ?? '')));
  if (totals) body.splice(rows.length, 0, rule);
  return `${[write(columns), rule, ...body].join('\n')}\n`;
}

/** Totals that are rows themselves, e.g. of one kind of answers: they stand below the others, in the same columns. */
function apart(rows: TableReport['rows'], totals: { [field: string]: unknown }) {
  const isRow = (value: unknown): value is { [field: string]: unknown } =>
    isObject(value) &&
    !Array.isArray(value) &&
    Object.keys(value).length > 0 &&
    Object.keys(value).every((field) => rows.some((row) => field in row));
  const all = Object.entries(totals);
  return {
    parts: all.map(([, value]) => value).filter(isRow),
    rest: Object.fromEntries(all.filter(([, value]) => !isRow(value))),
  };
}

function flatten(row: { [field: string]: unknown }, prefix = ''): { [column: string]: string } {
  const flat: { [column: string]: string } = {};
  for (const [name, value] of Object.entries(row)) {
    if (Array.isArray(value)) flat[prefix + name] = listText(name, value, cellOf);
    else if (isObject(value)) Object.assign(flat, flatten({ ...value }, name === 'models' ? '' : `${prefix}${name}.`));
    else flat[prefix + name] = cellOf(value);
  }
  return flat;
}

/** Control characters in stored values must not steer the terminal. */
function cellOf(value: unknown): string {
  // A person reads four decimals; JSON and CSV have all.
  if (typeof value === 'number') return String(Number(value.toFixed(4)));
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
  return text.replace(/\p{Cc}/gu, ' ');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
