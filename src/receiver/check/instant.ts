const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * An ISO 8601 date as every part behind expects it: UTC, milliseconds, `Z`. A plain one comes back as it is (the same
 * string); one without a zone is taken as UTC, not as the server's local time; anything else is `undefined`. The same
 * input always gives the same output, so a retried event keeps its timestamp.
 */
export function readInstant(text: string): string | undefined {
  if (isPlainInstant(text)) return text;
  const [, day, time = '00:00', zone = 'Z'] = ISO.exec(text) ?? [];
  if (day === undefined) return undefined;
  const offset = zone.length === 3 ? `${zone}:00` : zone.toUpperCase().replace(/^(...)(\d\d)$/, '$1:$2');
  const ms = Date.parse(`${day}T${time.replace(',', '.')}${offset}`);
  // Date.parse turns 30 February into 2 March; a day that does not exist is an error of the sender, not a date.
  const dayMs = Date.parse(`${day}T00:00Z`);
  if (Number.isNaN(ms) || Number.isNaN(dayMs) || new Date(dayMs).toISOString().slice(0, 10) !== day) return undefined;
  return new Date(ms).toISOString();
}

const LENGTH = '0000-00-00T00:00:00.000Z'.length;
const [DASH, DOT, ZERO, COLON, T, Z] = [0x2d, 0x2e, 0x30, 0x3a, 0x54, 0x5a];
/** By month; 29 February is left to `readInstant`, which knows years. */
const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * True for the form that Date.toISOString and every Segment client write. By hand, because three of these in each event
 * cost more as regular expressions than all other checks together.
 */
export function isPlainInstant(text: string): boolean {
  if (text.length !== LENGTH) return false;
  const hasMarks =
    text.charCodeAt(4) === DASH &&
    text.charCodeAt(7) === DASH &&
    text.charCodeAt(10) === T &&
    text.charCodeAt(13) === COLON &&
    text.charCodeAt(16) === COLON &&
    text.charCodeAt(19) === DOT &&
    text.charCodeAt(23) === Z;
  if (!hasMarks || pairAt(text, 0) > 99 || pairAt(text, 2) > 99 || pairAt(text, 20) > 99) return false;
  const month = pairAt(text, 5);
  const day = pairAt(text, 8);
  if (month > 12 || day === 0 || day > (DAYS[month] ?? 0)) return false;
  return digitAt(text, 22) < 10 && pairAt(text, 11) < 24 && pairAt(text, 14) < 60 && pairAt(text, 17) < 60;
}

/** Two digits as a number; far above 99 where one of them is none. */
function pairAt(text: string, at: number): number {
  const tens = digitAt(text, at);
  const ones = digitAt(text, at + 1);
  return tens < 10 && ones < 10 ? tens * 10 + ones : 1000;
}

/** A digit as a number; far above 9 for anything else. */
function digitAt(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) >>> 0;
}
