import type { AudienceBook } from '../../audience/contract.js';
import { DAY_MS } from '../../protocol/time.js';
import type { ClassReport } from './retention.js';

/** 25 months: what the CNIL recommends at most (consent.md 8.6). */
const MOST_DAYS = 760;

/** The days that audience counts are kept; throws when it is no number of days, or longer than the exemption allows. */
export function audienceDays(days = MOST_DAYS): number {
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    throw new Error(`Audience counts may be kept for 1 to ${MOST_DAYS} days (25 months), not ${days}.`);
  }
  return days;
}

/** Removes the days of counts that are due; says so as a class of its own, `removed` in days. */
export async function expireAudience(
  { book, days }: { book: AudienceBook; days: number },
  nowMs: number,
): Promise<ClassReport> {
  const before = new Date(nowMs - days * DAY_MS).toISOString();
  return { class: 'audience', days, before, removed: await book.expire(before.slice(0, 10)) };
}
