import type { StoredEvent } from '../stores/contract.js';

const COLUMNS = [
  ...[
    'timestamp',
    'receivedAt',
    'type',
    'event',
    'name',
    'messageId',
    'anonymousId',
    'userId',
    'groupId',
    'previousId',
  ],
  ...['properties', 'traits', 'context'],
] as const;

/**
 * A person's events as CSV (RFC 4180), oldest first, nested parts as JSON. Text that a spreadsheet would run as a formula
 * gets an apostrophe before it: most of it was written by whoever sent the event.
 */
export function exportCsv({ timeline }: { timeline: readonly StoredEvent[] }): string {
  const lines = [COLUMNS, ...timeline.map((event) => COLUMNS.map((column) => textOf(event[column])))];
  return lines.map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function cell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
