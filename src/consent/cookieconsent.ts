import type { ConsentSource } from '../browser/contracts.js';
import { type CategoryMap, choice } from './choice.js';
import { jsonCookie } from './cookie.js';

const CATEGORIES: CategoryMap = {
  analytics: 'analytics',
  attribution: 'marketing',
  personalization: 'personalization',
  advertising: 'marketing',
};

/** How the banner's choice is read. */
export interface CookieconsentOptions {
  /** The `revision` of the banner's configuration, where the site has one: a choice under another one is none any more. */
  revision?: number;
}

/**
 * Orest Bida's CookieConsent v3 (npm `vanilla-cookieconsent`). Its events `cc:onConsent` (at every load once decided) and
 * `cc:onChange` carry the stored choice; a choice made before we load is read from its cookie. Undecided is not refused;
 * once decided, a category that the site does not have is denied. Source: cookieconsent.orestbida.com, "Callbacks and Events".
 */
export function cookieconsent(map: CategoryMap = CATEGORIES, { revision }: CookieconsentOptions = {}): ConsentSource {
  return {
    name: 'cookieconsent',
    watch(report) {
      const take = (cookie: unknown) => {
        const { categories, consentTimestamp, revision: own }: Stored = Object(cookie);
        // The time is absent until the visitor has decided.
        if (!Array.isArray(categories) || !consentTimestamp || (revision ?? own) !== own) return;
        report(
          choice(map, (category) => categories.includes(category), true),
          { version: `${own}` },
        );
      };
      const onEvent = (event: Event) => take(Object((event as CustomEvent).detail).cookie);
      take(jsonCookie('cc_cookie'));
      const stop = new AbortController();
      for (const type of ['cc:onConsent', 'cc:onChange']) addEventListener(type, onEvent, { signal: stop.signal });
      return () => stop.abort();
    },
  };
}

interface Stored {
  categories?: unknown;
  consentTimestamp?: unknown;
  revision?: unknown;
}
