/** @typedef {import('./random.mjs').Random} Random */

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** How busy the shop is from Sunday to Saturday. */
const WEEKDAYS = [1.3, 1.1, 0.9, 0.9, 0.95, 0.85, 1.05];

/** How busy each hour of the day is (UTC; lunch and evening in France). */
const HOURS = [2, 1, 1, 1, 1, 2, 4, 6, 7, 7, 9, 12, 9, 7, 7, 7, 8, 9, 11, 15, 16, 11, 6, 3];

/**
 * A moment within the simulated weeks, following the rhythm of days and hours, a little busier towards the end.
 * @param {Random} random
 * @param {{ from: number, weeks: number }} span
 */
export function moment(random, { from, weeks }) {
  const days = Array.from({ length: weeks * 7 }, (_, day) => day);
  const day = random.pick(days, (i) => (WEEKDAYS[new Date(from + i * DAY).getUTCDay()] ?? 1) * (1 + i / (weeks * 18)));
  return atHour(random, from + day * DAY);
}

/**
 * A likely time of that day.
 * @param {Random} random
 * @param {number} day Its first millisecond.
 */
export function atHour(random, day) {
  const hour = random.pick([...HOURS.keys()], (i) => HOURS[i] ?? 1);
  return day + hour * HOUR + random.between(0, HOUR - 1);
}

/**
 * The hours after the next sending: the newsletter goes out on Thursdays at 9, text messages on every other Friday at 16.
 * @param {Random} random
 * @param {number} after
 * @param {'letter' | 'sms'} kind
 */
export function afterSending(random, after, kind) {
  let day = Math.floor(after / DAY) * DAY;
  const sent = () =>
    kind === 'letter' ? isWeekday(day, 4) : isWeekday(day, 5) && Math.floor(day / (7 * DAY)) % 2 === 0;
  while (!sent() || day < after) day += DAY;
  const hours = kind === 'letter' ? 9 + random.wait(5) : 16 + random.wait(2);
  return day + hours * HOUR;
}

/**
 * The number of a newsletter, for its campaign name.
 * @param {number} ms
 */
export function letterNumber(ms) {
  return Math.floor(ms / (7 * DAY)) % 100;
}

/**
 * @param {number} day
 * @param {number} weekday
 */
function isWeekday(day, weekday) {
  return new Date(day).getUTCDay() === weekday;
}
