import type { Answers, Api, Parameters } from './api.js';
import { type Filters, periodBefore } from './filters.js';

/** A report and the same one of the period before. */
export interface Compared<T> {
  now: T;
  before: T | undefined;
}

/** The currency of a report's amounts; null where it has none, or none that is known. */
export function currencyOf(answer: object): string | null {
  return 'currency' in answer && typeof answer.currency === 'string' ? answer.currency : null;
}

/**
 * Asks for a report, and where the reader compares for that of the period before: in the same currency, which without a
 * setting of the owner's is that of most conversions, so it can be another.
 */
export async function askCompared<N extends keyof Answers>(
  api: Api,
  report: N,
  { parameters, filters, signal }: { parameters: Parameters; filters: Filters; signal: AbortSignal },
): Promise<Compared<Answers[N]>> {
  const earlier = { ...parameters, ...periodBefore(filters) };
  const [now, before] = await Promise.all([
    api.report(report, parameters, signal),
    filters.compare ? api.report(report, earlier, signal) : undefined,
  ]);
  const currency = currencyOf(now);
  const differs = before && currency && (currencyOf(before) ?? currency) !== currency;
  return { now, before: differs ? await api.report(report, { ...earlier, currency }, signal) : before };
}

/** The rows of before by a name, for tables that show both. */
export function rowsBefore<T>(rows: readonly T[] | undefined, name: (row: T) => string): (row: T) => T | undefined {
  const known = new Map(rows?.map((row) => [name(row), row]));
  return (row) => known.get(name(row));
}
