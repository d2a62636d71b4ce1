/**
 * A stand-in for osano.js, after developers.osano.com/cmp/javascript-api: takes over the queue of the pre-load interface;
 * `initialized` is answered at once also when it comes late, with nothing before a choice.
 */
export function fakeOsano(): void {
  type Listener = (consent: unknown) => void;
  interface Osano {
    (...call: unknown[]): void;
    data?: { [index: number]: unknown }[];
    cm?: unknown;
  }
  const page = window as unknown as { Osano?: Osano };
  const listeners: { [event: string]: Listener[] } = {};
  const stored = localStorage.getItem('osano_consentmanager');
  let consent: unknown = stored === null ? undefined : JSON.parse(stored);
  const cm = {
    addEventListener(event: string, listener: Listener) {
      (listeners[event] ??= []).push(listener);
      if (event === 'osano-cm-initialized') listener(consent);
    },
    toggle: () => listeners['osano-cm-consent-changed']?.forEach((listener) => listener({ ANALYTICS: 'ACCEPT' })),
    save(state: string, optOut = 'DENY') {
      consent = {
        ESSENTIAL: 'ACCEPT',
        STORAGE: state,
        MARKETING: state,
        PERSONALIZATION: state,
        ANALYTICS: state,
        OPT_OUT: optOut,
      };
      localStorage.setItem('osano_consentmanager', JSON.stringify(consent));
      listeners['osano-cm-consent-saved']?.forEach((listener) => listener(consent));
    },
  };
  const handle = (call: { [index: number]: unknown }) => {
    const name = `${call[0]}`.replace(/^on/, '').replace(/\B[A-Z]/g, (letter) => `-${letter}`);
    cm.addEventListener(`osano-cm-${name.toLowerCase()}`, call[1] as Listener);
  };
  const queued = page.Osano?.data ?? [];
  const osano: Osano = typeof page.Osano === 'function' ? page.Osano : (...call) => handle(call);
  osano.data = Object.assign([], { push: handle });
  osano.cm = cm;
  page.Osano = osano;
  for (const call of queued) handle(call);
}
