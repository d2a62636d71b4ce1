import { AFTER_CHANNEL } from '../labels.js';
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
  /** Three decimals: measures whose limits are hundredths, such as the shift of a layout. */
  fine(value: number): string;
  percent(value: number | null): string;
  /** In the currency of the report; a bare amount where none is known. */
  money(value: number | null): string;
  /** The same, with amounts in this currency (ISO code; null where none is known). */
  inCurrency(currency: string | null): Speech;
  /** `2 min 05 s`, `3 h 20 min`, `4 d 06 h`. */
  duration(seconds: number | null): string;
  /** In short with the year where it is not this one. */
  day(day: string, style?: 'short' | 'long'): string;
  time(instant: string): string;
  /** Day and time of an instant. Both are those of the reports' time zone, as are the days of all figures. */
  instant(instant: string): string;
  /** A month (`2026-11`) by its name. */
  month(month: string): string;
  /** A channel's name in this language, also that of a touchpoint, which begins with it; other labels as they are. */
  label(label: string, by?: string): string;
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

/**
 * Texts and formats of a language. Of the reader's locales the first one of this language says how numbers and dates are
 * written: `en-GB` has the day before the month.
 */
export function speak(language: Language, timeZone = 'UTC', locales: readonly string[] = []): Speech {
  const locale = locales.find((one) => one.toLowerCase().startsWith(language)) ?? language;
  const words = language === 'fr' ? fr : en;
  const integer = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const decimal = new Intl.NumberFormat(locale, one);
  const fine = new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', ...one });
  const inCurrency = (speech: Speech, currency: string | null): Speech => {
    const made = { ...speech, money: orDash(moneyFormat(locale, currency)) };
    return { ...made, inCurrency: (other) => inCurrency(made, other) };
  };
  const short = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  const dayShort = new Intl.DateTimeFormat(locale, short);
  const dayOfYear = new Intl.DateTimeFormat(locale, { ...short, year: 'numeric' });
  const thisYear = String(new Date().getUTCFullYear());
  const dayLong = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
  const monthName = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const both = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', timeZone });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', timeZone });
  const orDash = (format: Intl.NumberFormat) => (value: number | null) => (value === null ? '–' : format.format(value));
  const speech: Speech = {
    language,
    words,
    integer: (value) => integer.format(value),
    decimal: (value) => decimal.format(value),
    fine: (value) => fine.format(value),
    percent: orDash(percent),
    money: orDash(moneyFormat(locale, null)),
    inCurrency: (currency) => inCurrency(speech, currency),
    duration: (seconds) => (seconds === null ? '–' : duration(Math.round(seconds), words.dayUnit)),
    day: (day, style = 'short') => {
      const format = style === 'long' ? dayLong : day.startsWith(thisYear) ? dayShort : dayOfYear;
      return format.format(new Date(`${day}T12:00:00Z`));
    },
    time: (instant) => time.format(new Date(instant)),
    instant: (instant) => both.format(new Date(instant)),
    month: (month) => monthName.format(new Date(`${month}-15T12:00:00Z`)),
    label: (label, by) => {
      const end = by === 'touchpoint' ? label.indexOf(AFTER_CHANNEL) : -1;
      const channel = end < 0 ? label : label.slice(0, end);
      const own = (Object.hasOwn(words.channelNames, channel) ? words.channelNames[channel] : undefined) ?? channel;
      return end < 0
        ? own
        : `${own}${language === 'fr' ? '\u00a0: ' : AFTER_CHANNEL}${label.slice(end + AFTER_CHANNEL.length)}`;
    },
  };
  return speech;
}

function duration(seconds: number, dayUnit: string): string {
  const two = (rest: number) => String(rest).padStart(2, '0');
  const [minutes, hours, days] = [60, 3600, 86_400].map((unit) => Math.floor(seconds / unit)) as [
    number,
    number,
    number,
  ];
  if (minutes === 0) return `${seconds} s`;
  if (hours === 0) return `${minutes} min ${two(seconds % 60)} s`;
  return days === 0 ? `${hours} h ${two(minutes % 60)} min` : `${days} ${dayUnit} ${two(hours % 24)} h`;
}

function moneyFormat(locale: string, currency: string | null): Intl.NumberFormat {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  try {
    if (currency)
      return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  } catch {
    // Shops send what they like as a currency; an amount without a sign is still right.
  }
  return new Intl.NumberFormat(locale, digits);
}
