import { monthsBefore } from './filters.js';

/** What a bar of the chart of days stands for. */
export type Span = 'day' | 'week' | 'month';

/** More days than this are drawn as weeks, and more than that as months: thinner bars cannot be told apart. */
const MOST_DAYS = 100;
const MOST_WEEKS_IN_DAYS = 700;

/** The span that a period of so many days is drawn in. */
export function spanOf(days: number): Span {
  if (days <= MOST_DAYS) return 'day';
  return days <= MOST_WEEKS_IN_DAYS ? 'week' : 'month';
}

/** The first day of the span that a day is in; weeks begin on Monday. */
export function beginOf(day: string, span: Span): string {
  if (span === 'day') return day;
  if (span === 'month') return monthsBefore(day, 0);
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
