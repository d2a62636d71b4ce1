import type { ConsentSource } from '../browser/contracts.js';
import { type CategoryMap, choice, type ImpliedOptions } from './choice.js';
import { lookout } from './lookout.js';

const CATEGORIES: CategoryMap = {
  analytics: 'statistics',
  attribution: 'marketing',
  personalization: 'preferences',
  advertising: 'marketing',
};

/**
 * Cookiebot. Decided once the visitor has responded; consent that Cookiebot gave by itself (`method: 'implied'`) is no
 * response. Source: cookiebot.com/en/developer.
 */
export function cookiebot(map: CategoryMap = CATEGORIES, { implied }: ImpliedOptions = {}): ConsentSource {
  return {
    name: 'cookiebot',
    watch: (report) =>
      lookout(
        'CookiebotOnConsentReady CookiebotOnAccept CookiebotOnDecline CookiebotOnLoad CookiebotOnDialogDisplay',
        () => {
          const { consent, hasResponse } = (window as Window & { Cookiebot?: Cookiebot }).Cookiebot as Cookiebot;
          const isDecided = hasResponse && consent.method !== 'implied';
          report(choice(map, (category) => consent[category], isDecided, implied));
        },
      ),
  };
}

interface Cookiebot {
  hasResponse: boolean;
  consent: { [category: string]: unknown };
}
