import { HOUR_MS } from '../protocol/time.js';

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,3})\d*)?)?)?(Z|[+-]\d\d:?\d\d)?$/i;

/** The order of day, month and year in dates that are written with `/`, `.` or `-`. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

const ORDERED: { [order in DateOrder]: RegExp } = {
  ymd: /^(?<y>\d{4})[/.-](?<m>\d\d?)[/.-](?<d>\d\d?)(?:[T ,]+(?<h>\d\d?):(?<i>\d\d)(?::(?<s>\d\d))?)?$/,
  dmy: /^(?<d>\d\d?)[/.-](?<m>\d\d?)[/.-](?<y>\d{4}|\d\d)(?:[T ,]+(?:à )?(?<h>\d\d?)[:h](?<i>\d\d)(?::(?<s>\d\d))?)?$/,
  mdy: /^(?<m>\d\d?)[/.-](?<d>\d\d?)[/.-](?<y>\d{4}|\d\d)(?:[T ,]+(?<h>\d\d?):(?<i>\d\d)(?::(?<s>\d\d))?(?: ?(?<half>[ap])\.?m\.?)?)?$/i,
};

/**
 * Reads times as tills and telephone systems write them: ISO 8601, or day, month and year in the given order. A time without
 * a zone is one of `timezone`. Undefined for what is no time, or a day that does not exist.
 */
export function localTimeReader(order: DateOrder, timezone: string): (text: string) => string | undefined {
  const offsetMs = zoneOffset(timezone);
  return (text) => {
    const iso = ISO.exec(text);
    if (iso?.[8] !== undefined) {
      const ms = Date.parse(text.replace(' ', 'T').replace(',', '.'));
      return Number.isNaN(ms) || !isDay(iso[1], iso[2], iso[3]) ? undefined : new Date(ms).toISOString();
    }
    const [, y, m, d, h, i, s, milli] = iso ?? partsOf(ORDERED[order].exec(text)?.groups);
    if (!isDay(y, m, d) || Number(h ?? 0) > 23 || Number(i ?? 0) > 59 || Number(s ?? 0) > 59) return undefined;
    const wall = Date.UTC(
      ...([Number(y), Number(m) - 1, Number(d), Number(h ?? 0), Number(i ?? 0), Number(s ?? 0)] as const),
      Number((milli ?? '').padEnd(3, '0')),
    );
    return new Date(wall - offsetMs(wall)).toISOString();
  };
}

function partsOf(groups: { [name: string]: string | undefined } | undefined): (string | undefined)[] {
  // Two digits are of this century: what is imported happened lately.
  const year = groups?.y?.length === 2 ? `20${groups.y}` : groups?.y;
  return [undefined, year, groups?.m, groups?.d, hourOf(groups?.h, groups?.half), groups?.i, groups?.s];
}

/** `12 am` is midnight, `12 pm` is noon; `13 pm` is no hour. */
function hourOf(hour: string | undefined, half: string | undefined): string | undefined {
  if (!hour || !half) return hour;
  const shown = Number(hour);
  return shown < 1 || shown > 12 ? '99' : `${(shown % 12) + (/p/i.test(half) ? 12 : 0)}`;
}

function isDay(y: string | undefined, m: string | undefined, d: string | undefined): boolean {
  const [year, month, day] = [Number(y), Number(m), Number(d)];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** How far a zone's clocks are ahead when they show `wall` (as if it were UTC). Offsets are remembered by the hour. */
function zoneOffset(timezone: string): (wall: number) => number {
  if (timezone === 'UTC') return () => 0;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    ...({ year: 'numeric', month: 'numeric', day: 'numeric' } as const),
    ...({ hour: 'numeric', minute: 'numeric', second: 'numeric' } as const),
  });
  const shownAt = (ms: number): number => {
    const parts: { [type: string]: number } = {};
    for (const { type, value } of format.formatToParts(ms)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
  const known = new Map<number, number>();
  return (wall) => {
    const hour = Math.floor(wall / HOUR_MS);
    const found = known.get(hour);
    if (found !== undefined) return found;
    const start = hour * HOUR_MS;
    // Once more from the first guess: the offset there may be that of the other side of a change of clocks.
    const first = shownAt(start) - start;
    const offset = shownAt(start - first) - (start - first);
    if (known.size > 10_000) known.clear();
    known.set(hour, offset);
    return offset;
  };
}
