/**
 * A stand-in for Cookiebot's script, after cookiebot.com/en/developer: properties of one object, events on the window, a
 * cookie of its own.
 */
export function fakeCookiebot(): void {
  const page = window as unknown as { [name: string]: unknown };
  const stored = /(?:^|; )CookieConsent=(\w+)/.exec(document.cookie)?.[1];
  const setTo = (isAll: boolean, method: string | null) => ({
    necessary: true,
    preferences: isAll,
    statistics: isAll,
    marketing: isAll,
    method,
  });
  const cookiebot = {
    hasResponse: Boolean(stored),
    consent: setTo(stored === 'all', stored ? 'explicit' : null),
    submitCustomConsent(isAll: boolean) {
      document.cookie = `CookieConsent=${isAll ? 'all' : 'none'};path=/`;
      cookiebot.hasResponse = true;
      cookiebot.consent = setTo(isAll, 'explicit');
      dispatchEvent(new Event(isAll ? 'CookiebotOnAccept' : 'CookiebotOnDecline'));
      dispatchEvent(new Event('CookiebotOnConsentReady'));
    },
    renew() {
      document.cookie = 'CookieConsent=;path=/;max-age=0';
      cookiebot.hasResponse = false;
      cookiebot.consent = setTo(false, null);
      dispatchEvent(new Event('CookiebotOnDialogDisplay'));
    },
  };
  page.Cookiebot = cookiebot;
  dispatchEvent(new Event('CookiebotOnLoad'));
  dispatchEvent(new Event(stored ? 'CookiebotOnConsentReady' : 'CookiebotOnDialogDisplay'));
}
