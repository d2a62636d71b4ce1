import type { Answers, Api, Parameters } from './api.js';
import { type Filters, periodBefore } from './filters.js';
import type { Draft } from './once.js';

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
 * setting of the owner's is that of most conversions, so it can be another. `draft` is told of earlier figures.
 */
export async function askCompared<N extends keyof Answers>(
  api: Api,
  report: N,
  { parameters, filters, signal }: { parameters: Parameters; filters: Filters; signal: AbortSignal },
  draft: Draft<Compared<Answers[N]>> = () => {},
): Promise<Compared<Answers[N]>> {
  const earlier = { ...parameters, ...periodBefore(filters) };
  const found: Partial<Compared<Answers[N]>> = {};
  const note = (part: keyof Compared<unknown>) => (answer: Answers[N]) => {
    found[part] = answer;
    const { now, before } = found;
    if (!now || (filters.compare && !before) || differing(now, before)) return answer;
    if (now.recounting || before?.recounting) draft({ now, before });
    return answer;
  };
  const ask = async (part: keyof Compared<unknown>, asked: Parameters): Promise<Answers[N]> =>
    note(part)(await api.report(report, asked, signal, note(part)));
  const [now, before] = await Promise.all([
    ask('now', parameters),
    filters.compare ? ask('before', earlier) : undefined,
  ]);
  const currency = differing(now, before);
  return { now, before: currency ? await api.report(report, { ...earlier, currency }, signal) : before };
}

/** The currency of now where that of before is another. */
function differing(now: object, before: object | undefined): string | undefined {
  const currency = currencyOf(now);
  return before && currency && (currencyOf(before) ?? currency) !== currency ? currency : undefined;
}

/** The rows of before by a name, for tables that show both. */
export function rowsBefore<T>(rows: readonly T[] | undefined, name: (row: T) => string): (row: T) => T | undefined {
  const known = new Map(rows?.map((row) => [name(row), row]));
  return (row) => known.get(name(row));
}
