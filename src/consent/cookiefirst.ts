import type { ConsentSource } from '../browser/contracts.js';
import { type CategoryMap, choice } from './choice.js';
import { jsonCookie } from './cookie.js';
import { lookout } from './lookout.js';

const CATEGORIES: CategoryMap = {
  analytics: 'performance',
  attribution: 'advertising',
  personalization: 'functional',
  advertising: 'advertising',
};

/**
 * CookieFirst. `CookieFirst.consent` is null until the visitor has decided; before its script is there, its cookie says the
 * same. Source: support.cookiefirst.com, "Cookie Banner Public API documentation".
 */
export function cookiefirst(map: CategoryMap = CATEGORIES): ConsentSource {
  return {
    name: 'cookiefirst',
    watch: (report) =>
      lookout('cf_init cf_consent_loaded cf_consent', () => {
        const { CookieFirst } = window as Window & { CookieFirst?: { consent?: unknown } };
        const consent = Object(CookieFirst ? CookieFirst.consent : jsonCookie('cookiefirst-consent'));
        report(choice(map, (category) => consent[category], 'necessary' in consent));
      }),
  };
}
