/** A stand-in for CookieFirst's script, after support.cookiefirst.com ("Cookie Banner Public API documentation"). */
export function fakeCookiefirst(): void {
  const page = window as unknown as { CookieFirst: { consent: unknown; [method: string]: unknown } };
  const stored = /(?:^|; )cookiefirst-consent=([^;]+)/.exec(document.cookie)?.[1];
  const save = (isAll: boolean) => {
    const consent = { necessary: true, performance: isAll, functional: isAll, advertising: isAll };
    page.CookieFirst.consent = consent;
    document.cookie = `cookiefirst-consent=${encodeURIComponent(JSON.stringify(consent))};path=/`;
    dispatchEvent(new CustomEvent('cf_consent', { detail: consent }));
  };
  page.CookieFirst = {
    consent: stored ? JSON.parse(decodeURIComponent(stored)) : null,
    acceptAllCategories: () => save(true),
    declineAllCategories: () => save(false),
    withdrawConsent() {
      document.cookie = 'cookiefirst-consent=;path=/;max-age=0';
      page.CookieFirst.consent = null;
      dispatchEvent(new Event('cf_init'));
    },
  };
  dispatchEvent(new Event('cf_init'));
}
