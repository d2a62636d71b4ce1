import type { ConsentSource } from '../browser/contracts.js';
import type { Consent, Purpose } from '../protocol/index.js';

/** Which category of the banner grants a purpose. */
export type CategoryMap = { [purpose in Purpose]?: string };

const DEFAULT_MAP: CategoryMap = {
  analytics: 'analytics',
  attribution: 'marketing',
  personalization: 'personalization',
  advertising: 'marketing',
};

/**
 * Orest Bida's CookieConsent v3 (npm `vanilla-cookieconsent`). Its events `cc:onConsent` (at every load once decided) and
 * `cc:onChange` carry the stored choice; a choice made before we load is read from its cookie. Undecided is not refused;
 * once decided, a category that the site does not have is denied. Source: cookieconsent.orestbida.com, "Callbacks and Events".
 */
export function cookieconsent(map: CategoryMap = DEFAULT_MAP): ConsentSource {
  return {
    name: 'cookieconsent',
    watch(report) {
      const take = (cookie: unknown) => {
        if (!isChoice(cookie)) return;
        const consent: Partial<Consent> = {};
        for (const [purpose, category] of Object.entries(map)) {
          consent[purpose as Purpose] = cookie.categories.includes(category) ? 'granted' : 'denied';
        }
        report(consent, { version: `${cookie.revision}` });
      };
      const onEvent = (event: Event) => take('detail' in event && (event.detail as { cookie?: unknown })?.cookie);
      take(readCookie());
      const stop = new AbortController();
      for (const type of ['cc:onConsent', 'cc:onChange']) addEventListener(type, onEvent, { signal: stop.signal });
      return () => stop.abort();
    },
  };
}

function isChoice(cookie: unknown): cookie is { categories: string[]; revision: number } {
  return Array.isArray((cookie as { categories?: unknown } | undefined)?.categories);
}

/** The banner's own cookie; `consentTimestamp` is absent until the visitor has decided. */
function readCookie(): unknown {
  try {
    const choice = JSON.parse(decodeURIComponent(/(?:^|; )cc_cookie=([^;]+)/.exec(document.cookie)?.[1] ?? 'null'));
    return choice?.consentTimestamp && choice;
  } catch {
    return undefined;
  }
}
