import { badQuery } from './bad-query.js';

/** Whose amounts a report is in. */
export interface CurrencyChoice {
  /** The currency that was asked for, in upper case. */
  asked?: string | undefined;
  /** The owner's: that of amounts which name none, and of reports that were not asked for another. */
  home?: string | undefined;
}

/** The one currency of a report: amounts in others are never added to it. */
export interface ReportCurrency {
  /** As amounts name it, mostly an ISO code; null where none names one. */
  currency: string | null;
  /** All that amounts name, most conversions first. */
  currencies: string[];
  /** Whether an amount is in it, by what the amount itself names; '' and undefined where it names none. */
  counts(named: string | undefined): boolean;
  /** How much there is in others, in a sentence; none where there is nothing. */
  notices: string[];
}

/**
 * Reads the currency that a query asks for, as amounts name it: by an ISO code, or as some shops do by `€` or `EURO`. `home` is
 * the owner's. Throws `BadQuery`.
 */
export function readCurrency(asked: string | undefined, home: string | undefined): CurrencyChoice {
  if (asked !== undefined && !/^\S(?:.{0,10}\S)?$/.test(asked))
    throw badQuery('currency', asked, 'what amounts name as their currency, such as EUR');
  return { asked: asked?.toUpperCase(), home: home?.toUpperCase() };
}

/** What is not said. */
const NONE = '';

/**
 * Chooses the one currency of a report: that asked for, else the owner's, else that of most conversions (of equals the
 * first by name). `seen` has how many there are of each named currency; '' stands for those that name none. These are in
 * the owner's; where that is not known in the only one that is seen; else in none that is known.
 */
export function chooseCurrency(seen: ReadonlyMap<string, number>, { asked, home }: CurrencyChoice): ReportCurrency {
  const named = [...seen].filter(([currency, count]) => currency !== NONE && count > 0);
  const [most] = named.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const unnamed = home ?? (named.length === 1 ? most?.[0] : undefined) ?? NONE;
  const chosen = asked ?? home ?? most?.[0] ?? NONE;
  const counts = (currency = NONE): boolean => (currency || unnamed) === chosen;
  const others = [...seen].filter(([currency, count]) => count > 0 && !counts(currency));
  return {
    currency: chosen || null,
    currencies: named.map(([currency]) => currency),
    counts,
    notices: others.length > 0 ? [otherCurrencies(chosen, others)] : [],
  };
}

/** Counts what is seen of each currency, for `chooseCurrency`. */
export function countCurrencies(): {
  add(currency: string | undefined, count?: number): void;
  seen: Map<string, number>;
} {
  const seen = new Map<string, number>();
  return {
    seen,
    add: (currency = NONE, count = 1) => void seen.set(currency, (seen.get(currency) ?? 0) + count),
  };
}

function otherCurrencies(chosen: string, others: readonly (readonly [currency: string, count: number])[]): string {
  const list = [...others]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([currency, count]) => `${currency || '(none)'} ${count}`)
    .join(', ');
  return `Amounts are in ${chosen} only. In other currencies, counted but not added up: ${list}. Ask for one with the parameter "currency".`;
}
