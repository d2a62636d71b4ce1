import { listen } from '../browser/lifecycle.js';
import type { Tracker } from '../browser/options.js';
import { SYNC_TAG } from './tag.js';

/** What TypeScript's page library does not know: only Chromium has it. */
interface SyncingRegistration extends ServiceWorkerRegistration {
  sync: { register(tag: string): Promise<void> };
}

/** Options of `deliverInBackground`. */
export interface BackgroundOptions {
  /**
   * Address of a worker script on the page's own origin that calls `flushOnSync`; it is registered after consent and
   * unregistered after a withdrawal. Left out where the site registers a worker of its own that calls it.
   */
  workerUrl?: string;
}

/**
 * Lets a service worker deliver what a page leaves behind, where the browser has Background Sync; elsewhere it does
 * nothing, and events wait for the next visit as ever. Asks for the sync when the page is hidden or loses its network. Nothing
 * is registered before `analytics` is granted. Returns the function that ends it.
 */
export function deliverInBackground(
  tracker: Pick<Tracker, 'consent'>,
  { workerUrl }: BackgroundOptions = {},
): () => void {
  // On a server there is no such thing, either.
  if (typeof document === 'undefined') return () => {};
  const stop = new AbortController();
  const { serviceWorker } = navigator;
  if (!serviceWorker || !('SyncManager' in window)) return () => {};
  let known: ServiceWorkerRegistration | undefined;

  /** Registers once consent is there. Storage may be forbidden; then there is no queue either. */
  const prepare = async () => {
    const { analytics } = tracker.consent();
    if (analytics === 'denied' && workerUrl) {
      known = undefined;
      await (await ownRegistration(workerUrl))?.unregister();
    }
    if (analytics !== 'granted' || known) return;
    if (workerUrl) await serviceWorker.register(workerUrl);
    known = await serviceWorker.ready;
  };
  const consented = () => (tracker.consent().analytics === 'granted' ? known : undefined);
  const ask = () => {
    // At once where the worker is known: a page that is being left runs no later code.
    const registration = consented();
    if (registration) void requestSync(registration);
    return prepare().catch(() => {});
  };

  // A click may have been the one on the consent banner; there is no other sign of it.
  listen('load click', () => void prepare().catch(() => {}), stop.signal);
  listen('offline pagehide', ask, stop.signal);
  // Chromium refuses a sync to a page that is gone by then; a message outlives it.
  listen('pagehide', () => consented()?.active?.postMessage(SYNC_TAG), stop.signal);
  listen('visibilitychange', () => document.hidden && ask(), stop.signal);
  void prepare().catch(() => {});
  return () => stop.abort();
}

/** The worker of this address, not another one that happens to control the page. */
async function ownRegistration(workerUrl: string): Promise<ServiceWorkerRegistration | undefined> {
  const { href } = new URL(workerUrl, location.href);
  const all = await navigator.serviceWorker.getRegistrations();
  return all.find(({ active, waiting, installing }) => (active ?? waiting ?? installing)?.scriptURL === href);
}

/** The visitor may have forbidden it. */
function requestSync(registration: ServiceWorkerRegistration): Promise<void> {
  const isSyncing = (one: ServiceWorkerRegistration): one is SyncingRegistration => 'sync' in one;
  return isSyncing(registration) ? registration.sync.register(SYNC_TAG).catch(() => {}) : Promise.resolve();
}
