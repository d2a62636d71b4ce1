import { en, type Words } from './words/en.js';
import { fr } from './words/fr.js';

/** The languages of the page. */
export type Language = 'en' | 'fr';

/** Texts and number formats of the language in use. */
export interface Speech {
  language: Language;
  words: Words;
  integer(value: number): string;
  /** One decimal: shares of conversions. */
  decimal(value: number): string;
  percent(value: number | null): string;
  /** In the currency set last; a bare amount when it is null. */
  money(value: number | null): string;
  /** An ISO code, or null where amounts have several currencies or none that is known. */
  setCurrency(currency: string | null): void;
  /** `2 min 05 s`. */
  duration(seconds: number | null): string;
  day(day: string, style?: 'short' | 'long'): string;
  time(instant: string): string;
  /** A channel's name in this language; other labels as they are. */
  label(label: string): string;
}

const STORED = 'filrouge.language';

/** The language chosen before, else the browser's, else English. */
export function preferredLanguage(): Language {
  const chosen = sessionStorage.getItem(STORED) ?? navigator.languages[0] ?? 'en';
  return chosen.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

/** Remembers the choice for this tab. */
export function rememberLanguage(language: Language): void {
  sessionStorage.setItem(STORED, language);
}

/** Texts and formats of a language. */
export function speak(language: Language): Speech {
  const words = language === 'fr' ? fr : en;
  const integer = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const decimal = new Intl.NumberFormat(language, one);
  const percent = new Intl.NumberFormat(language, { style: 'percent', ...one });
  let money = moneyFormat(language, null);
  const dayShort = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const dayLong = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' });
  const orDash = (format: Intl.NumberFormat) => (value: number | null) => (value === null ? '–' : format.format(value));
  return {
    language,
    words,
    integer: (value) => integer.format(value),
    decimal: (value) => decimal.format(value),
    percent: orDash(percent),
    money: (value) => orDash(money)(value),
    setCurrency: (currency) => {
      money = moneyFormat(language, currency);
    },
    duration: (seconds) => (seconds === null ? '–' : duration(Math.round(seconds))),
    day: (day, style = 'short') => (style === 'long' ? dayLong : dayShort).format(new Date(`${day}T12:00:00Z`)),
    time: (instant) => time.format(new Date(instant)),
    label: (label) => (Object.hasOwn(words.channelNames, label) ? words.channelNames[label] : undefined) ?? label,
  };
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return `${rest} s`;
  return minutes < 60
    ? `${minutes} min ${String(rest).padStart(2, '0')} s`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

function moneyFormat(language: Language, currency: string | null): Intl.NumberFormat {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  try {
    if (currency)
      return new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  } catch {
    // Shops send what they like as a currency; an amount without a sign is still right.
  }
  return new Intl.NumberFormat(language, digits);
}
