import { csvCell } from '../../protocol/csv.js';
import type { StoredEvent } from '../../stores/contract.js';

const COLUMNS = [
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
  'properties',
  'traits',
  'context',
] as const;

/** A person's events as CSV (RFC 4180), oldest first, nested parts as JSON. */
export function exportCsv({ timeline }: { timeline: readonly StoredEvent[] }): string {
  const lines = [COLUMNS, ...timeline.map((event) => COLUMNS.map((column) => textOf(event[column])))];
  return lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join('');
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
