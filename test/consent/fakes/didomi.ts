/**
 * A stand-in for Didomi's web SDK, after developers.didomi.io/cmp/web-sdk/reference: two queues that run what was pushed
 * before and after, purposes that are listed as disabled before any choice.
 */
export function fakeDidomi(): void {
  interface Entry {
    event: string;
    listener(data: unknown): void;
  }
  const page = window as unknown as {
    Didomi: unknown;
    didomiOnReady?: ((didomi: unknown) => void)[];
    didomiEventListeners?: Entry[];
  };
  const ids = [
    'cookies',
    'select_basic_ads',
    'create_ads_profile',
    'select_personalized_ads',
    'create_content_profile',
    'select_personalized_content',
    'measure_ad_performance',
    'measure_content_performance',
    'market_research',
  ];
  let stored = localStorage.getItem('didomi_token');
  const listeners: Entry[] = [...(page.didomiEventListeners ?? [])];
  const emit = (event: string) => {
    for (const entry of listeners) if (entry.event === event) entry.listener({});
  };
  const save = (choice: string) => {
    localStorage.setItem('didomi_token', choice);
    stored = choice;
    emit('consent.changed');
  };
  const didomi = {
    getCurrentUserStatus: () => ({
      regulation: 'gdpr',
      purposes: Object.fromEntries(ids.map((id) => [id, { id, enabled: stored === 'all' }])),
      vendors: {},
    }),
    shouldUserStatusBeCollected: () => stored === null,
    setUserAgreeToAll: () => save('all'),
    setUserDisagreeToAll: () => save('none'),
    reset() {
      localStorage.removeItem('didomi_token');
      stored = null;
      emit('notice.shown');
    },
  };
  page.Didomi = didomi;
  for (const callback of page.didomiOnReady ?? []) callback(didomi);
  Object.assign((page.didomiOnReady ??= []), { push: (callback: (api: unknown) => void) => callback(didomi) });
  Object.assign((page.didomiEventListeners ??= []), { push: (entry: Entry) => listeners.push(entry) });
  if (stored === null) emit('notice.shown');
}
