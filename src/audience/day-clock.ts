import { HOUR_MS } from '../protocol/time.js';

/** The day (`YYYY-MM-DD`) and hour (`00` to `23`) of an instant. */
export interface DayAndHour {
  day: string;
  hour: string;
}

/** A clock of a time zone. Throws for a name that the runtime does not know. Zones differ by quarters of an hour. */
export function createDayClock(timezone: string): (ms: number) => DayAndHour {
  // The Swedish locale writes ISO dates.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short', timeStyle: 'short' });
  let until = 0;
  let known: DayAndHour = { day: '', hour: '' };
  return (ms) => {
    const quarter = Math.floor(ms / (HOUR_MS / 4));
    if (quarter === until) return known;
    const [day = '', time = ''] = format.format(ms).split(' ');
    until = quarter;
    known = { day, hour: time.slice(0, 2) };
    return known;
  };
}
