/**
 * A stand-in for Axeptio's SDK, after support.axeptio.eu ("Axeptio Javascript SDK", "Registering User choices"): a queue of
 * callbacks, `cookies:complete` with the vendors, also for a stored choice, and a JSON cookie.
 */
export function fakeAxeptio(): void {
  type Listener = (choices: unknown) => void;
  const page = window as unknown as { _axcb?: ((sdk: unknown) => void)[]; axeptioSDK?: unknown };
  const vendors = ['filrouge', 'filrougepersonalization', 'filrougeads'];
  const listeners: Listener[] = [];
  const stored = /(?:^|; )axeptio_cookies=([^;]+)/.exec(document.cookie)?.[1];
  let last: unknown = stored && JSON.parse(decodeURIComponent(stored));
  const sdk = {
    on(event: string, listener: Listener, options?: { replay?: boolean }) {
      if (event !== 'cookies:complete') return;
      listeners.push(listener);
      if (last && options?.replay) listener(last);
    },
    complete(isAll: boolean) {
      last = {
        ...Object.fromEntries(vendors.map((one) => [one, isAll])),
        $$token: 't',
        $$date: 'now',
        $$completed: true,
      };
      document.cookie = `axeptio_cookies=${encodeURIComponent(JSON.stringify(last))};path=/`;
      for (const listener of listeners) listener(last);
    },
  };
  page.axeptioSDK = sdk;
  const queued = page._axcb ?? [];
  page._axcb = Object.assign([], { push: (callback: (api: unknown) => void) => callback(sdk) });
  if (last) for (const listener of listeners) listener(last);
  for (const callback of queued) callback(sdk);
}
