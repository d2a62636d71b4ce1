import type { Country } from '../stores/persons/phone.js';
import type { WebhookSettings } from './services.js';

/** How links behave. */
export interface LinkSettings {
  /** Where visitors reach the receiver, e.g. `https://c.shop.example`; default: as the request names it. */
  publicUrl?: string | undefined;
  /** Where broken and expired links lead; default: an error. */
  fallback?: string | undefined;
  /** Whether a signed recipient is recorded with the click. A recipient is personal data. Default `signed`. */
  recipient?: 'signed' | 'never' | undefined;
}

/** Settings of all doors, as the file of `filrouge serve --intake` has them. */
export interface IntakeSettings {
  /** Where visitors and services reach the receiver, e.g. `https://c.shop.example`; default: as the request names it. */
  publicUrl?: string | undefined;
  /** The country of phone numbers without a country code. */
  country?: Country | undefined;
  links?: (Omit<LinkSettings, 'publicUrl'> & { secrets?: readonly string[] | undefined }) | undefined;
  /** By the last part of their path, `/v1/webhooks/{name}`. */
  webhooks?: { readonly [name: string]: WebhookSettings } | undefined;
}
