// The form that Date.toISOString and every Segment client write. Days 29 to 31 take the slow way, which knows months.
const PLAIN = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/**
 * An ISO 8601 date as every part behind expects it: UTC, milliseconds, `Z`. A plain one comes back as it is (the same
 * string); one without a zone is taken as UTC, not as the server's local time; anything else is `undefined`. The same
 * input always gives the same output, so a retried event keeps its timestamp.
 */
export function readInstant(text: string): string | undefined {
  if (PLAIN.test(text)) return text;
  const [, day, time = '00:00', zone = 'Z'] = ISO.exec(text) ?? [];
  if (day === undefined) return undefined;
  const offset = zone.length === 3 ? `${zone}:00` : zone.toUpperCase().replace(/^(...)(\d\d)$/, '$1:$2');
  const ms = Date.parse(`${day}T${time.replace(',', '.')}${offset}`);
  // Date.parse turns 30 February into 2 March; a day that does not exist is an error of the sender, not a date.
  const dayMs = Date.parse(`${day}T00:00Z`);
  if (Number.isNaN(ms) || Number.isNaN(dayMs) || new Date(dayMs).toISOString().slice(0, 10) !== day) return undefined;
  return new Date(ms).toISOString();
}
