import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** ISO 3166 code of the country whose national numbers are understood, e.g. `FR`. */
export type Country = CountryCode;

/** The country, or an error that says what is expected. */
export function readCountry(code: string): Country {
  const upper = code.trim().toUpperCase();
  if (isSupportedCountry(upper)) return upper;
  throw new Error(`"${code}" is no country of phone numbers: write two letters of ISO 3166, e.g. FR or IN.`);
}

/**
 * A phone number as E.164 writes it (`+33612345678`), or undefined when it cannot be one. A number without a country code
 * is read as one of `country`; without that it cannot be told whose it is.
 */
export function normalisePhone(text: string, country: Country | undefined): string | undefined {
  const number = parsePhoneNumberFromString(text, country);
  return number?.isPossible() ? number.number : undefined;
}
