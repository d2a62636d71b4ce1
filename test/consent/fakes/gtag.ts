/** What a site with Consent Mode v2 has in its head, and a banner that updates it. After developers.google.com/tag-platform. */
export function fakeGtag(): void {
  const page = window as unknown as { dataLayer?: unknown[]; gtag?: unknown; decide?: unknown };
  const types = ['ad_storage', 'ad_user_data', 'ad_personalization', 'analytics_storage', 'personalization_storage'];
  page.dataLayer ??= [];
  function gtag(..._command: unknown[]): void {
    page.dataLayer?.push(arguments);
  }
  const all = (state: string) => Object.fromEntries(types.map((type) => [type, state]));
  page.gtag = gtag;
  page.decide = (state: string) => {
    localStorage.setItem('choice', state);
    gtag('consent', 'update', all(state));
  };
  gtag('consent', 'default', { ...all('denied'), wait_for_update: 500 });
  const stored = localStorage.getItem('choice');
  if (stored) gtag('consent', 'update', all(stored));
}
