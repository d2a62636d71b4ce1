import { DAY_MS } from '../../protocol/time.js';
import { addDays } from '../period.js';
import { oneOf } from '../query.js';

/** Stretches of the calendar, in the time zone of the question. */
export const BUCKETS = ['month', 'week', 'day'] as const;

/** One of them. */
export type Bucket = (typeof BUCKETS)[number];

/** Reads a bucket; default `month`. Throws `BadQuery`. */
export function readBucket(text: string | undefined): Bucket {
  return oneOf('bucket', text, BUCKETS);
}

/** The name of the bucket of a day (`2026-11-22`): `2026-11`, the Monday of its week (ISO 8601), or the day itself. */
export function bucketOf(day: string, bucket: Bucket): string {
  if (bucket === 'month') return day.slice(0, 7);
  if (bucket === 'day') return day;
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(day, -weekday);
}

/** How many buckets from one to another; names as `bucketOf` gives them. */
export function bucketsBetween(from: string, to: string, bucket: Bucket): number {
  if (bucket === 'month') {
    const [year = 0, month = 0] = from.split('-').map(Number);
    const [toYear = 0, toMonth = 0] = to.split('-').map(Number);
    return (toYear - year) * 12 + toMonth - month;
  }
  const days = Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
  return bucket === 'week' ? days / 7 : days;
}

/** The bucket so many later. */
export function nextBucket(name: string, count: number, bucket: Bucket): string {
  if (bucket !== 'month') return addDays(name, count * (bucket === 'week' ? 7 : 1));
  const [year = 0, month = 1] = name.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 7);
}
