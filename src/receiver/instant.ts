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

const FORM = '0000-00-00T00:00:00.000Z';
const DIGIT = FORM.charCodeAt(0);
/** By month; 29 February is left to `readInstant`, which knows years. */
const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * True for the form that Date.toISOString and every Segment client write. By hand, because three of these in each event
 * cost more as regular expressions than all other checks together.
 */
export function isPlainInstant(text: string): boolean {
  if (text.length !== FORM.length) return false;
  for (let i = 0; i < FORM.length; i++) {
    const code = text.charCodeAt(i);
    const wanted = FORM.charCodeAt(i);
    if (wanted === DIGIT ? code < DIGIT || code > DIGIT + 9 : code !== wanted) return false;
  }
  const day = pairAt(text, 8);
  const lastDay = DAYS[pairAt(text, 5)] ?? 0;
  return day > 0 && day <= lastDay && pairAt(text, 11) < 24 && pairAt(text, 14) < 60 && pairAt(text, 17) < 60;
}

function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) - DIGIT) * 10 + text.charCodeAt(at + 1) - DIGIT;
}
