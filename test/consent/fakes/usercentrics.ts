/**
 * A stand-in for the Usercentrics browser UI v2, after usercentrics.com/docs/web ("Browser UI API", "Events"): services with a
 * history of how their status came about.
 */
export function fakeUsercentricsV2(): void {
  const page = window as unknown as { UC_UI: unknown };
  const slugs = ['essential', 'functional', 'marketing'];
  const stored = localStorage.getItem('uc_settings');
  const serviceOf = (slug: string, isAll: boolean, type: string) => {
    const status = isAll || slug === 'essential';
    return { id: `id-${slug}`, name: slug, categorySlug: slug, consent: { status, history: [{ status, type }] } };
  };
  const all = (isAll: boolean, type: string) => slugs.map((slug) => serviceOf(slug, isAll, type));
  let services = all(stored === 'all', stored ? 'explicit' : 'implicit');
  let isRequired = !stored;
  const save = (isAll: boolean) => {
    localStorage.setItem('uc_settings', isAll ? 'all' : 'none');
    services = all(isAll, 'explicit');
    isRequired = false;
    dispatchEvent(new CustomEvent('UC_UI_CMP_EVENT', { detail: { type: isAll ? 'ACCEPT_ALL' : 'DENY_ALL' } }));
  };
  page.UC_UI = {
    isInitialized: () => true,
    isConsentRequired: () => isRequired,
    getServicesBaseInfo: () => services,
    acceptAllConsents: async () => save(true),
    denyAllConsents: async () => save(false),
    async clearStorage() {
      localStorage.removeItem('uc_settings');
      services = all(false, 'implicit');
      isRequired = true;
      dispatchEvent(new Event('UC_UI_INITIALIZED'));
    },
  };
  dispatchEvent(new Event('UC_UI_INITIALIZED'));
}

/** The same for the web CMP v3: categories with a state, one type for the whole choice, answers by promise. */
export function fakeUsercentricsV3(): void {
  const page = window as unknown as { __ucCmp: unknown };
  let choice = localStorage.getItem('ucData');
  const save = (next: string | null, type: string) => {
    if (next) localStorage.setItem('ucData', next);
    else localStorage.removeItem('ucData');
    choice = next;
    dispatchEvent(new CustomEvent('UC_UI_CMP_EVENT', { detail: { type } }));
    dispatchEvent(new CustomEvent('UC_CONSENT', { detail: {} }));
  };
  page.__ucCmp = {
    isInitialized: async () => true,
    async getConsentDetails() {
      // What is asked for now is answered later, as of now.
      const isAll = choice === 'all';
      const type = choice ? 'EXPLICIT' : 'IMPLICIT';
      await new Promise((resolve) => setTimeout(resolve, isAll ? 0 : 5));
      const state = isAll ? 'ALL_ACCEPTED' : 'ALL_DENIED';
      return {
        consent: { status: state, type, required: true },
        categories: { essential: { state: 'ALL_ACCEPTED' }, functional: { state }, marketing: { state } },
        services: {},
      };
    },
    acceptAllConsents: async () => save('all', 'ACCEPT_ALL'),
    denyAllConsents: async () => save('none', 'DENY_ALL'),
    clearUserSession: async () => save(null, 'CMP_SHOWN'),
  };
  dispatchEvent(new Event('UC_UI_INITIALIZED'));
}
