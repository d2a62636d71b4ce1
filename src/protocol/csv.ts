/**
 * A cell of CSV as it leaves us (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe before it: much
 * of it was written by whoever sent the event. A number is never a formula, so -5 stays -5.
 */
export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
