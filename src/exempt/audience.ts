import { type AudienceView, audienceHost, audiencePath, readLanding } from '../protocol/index.js';
import { hasOptedOut, setOptOut } from './opt-out.js';

declare global {
  interface Document {
    /** The browser loads the page in advance; nobody may ever see it. Missing in TypeScript's library. */
    prerendering?: boolean;
  }
}

/** Tells when a page was viewed; of what it tells only that is heard. `pages()` of `filrouge/capture/pages` is one. */
export interface ViewSource {
  start(emit: (draft: { type: string }) => void, signal: AbortSignal): void;
}

/** What `createAudience` takes. There is no way to say who the visitor is. */
export interface AudienceOptions {
  /** Origin of the receiver, e.g. `https://c.shop.example`; a path prefix is kept. */
  url: string;
  /** The public key of this site. */
  writeKey: string;
  /** What counts views without a call, e.g. `[pages()]`. */
  capture?: readonly ViewSource[];
  /** The path under which a page is counted, e.g. the route (`/members/:name`). It is masked all the same. */
  path?: (url: URL) => string;
  /** Asked before each view; true leaves it to the tracker, e.g. `() => tracker.consent().analytics === 'granted'`. */
  unless?: () => boolean;
  /** Domain of the opt-out cookie; default the widest one that the browser allows. */
  cookieDomain?: string;
}

/** Counts page views without knowing anybody. No method throws into the page. */
export interface Audience {
  /** Counts a view of the page that is shown now. */
  view(): void;
  /** The visitor objects: nothing is sent any more, on this and all later pages. */
  optOut(): void;
  /** The visitor takes that back. */
  optIn(): void;
  hasOptedOut(): boolean;
  stop(): void;
}

/**
 * The exempt measurement: one request a page view, that says the masked path, and where a visit begins, the referrer's host
 * and whether there was a campaign. No id, no cookie, nothing stored or read but the visitor's own opt-out, nothing sent
 * twice. It knows nothing of the tracker, and no key leads from its figures to anybody's events.
 */
export function createAudience({ url, writeKey, capture = [], path, unless, cookieDomain }: AudienceOptions): Audience {
  const endpoint = `${url.replace(/\/+$/, '')}/v1/audience`;
  const stopped = new AbortController();
  // For a page that may not have cookies.
  let isOut = false;
  let isFirst = true;

  const send = (): void => {
    const landing = isFirst && isLoaded() ? { href: location.href, referrer: document.referrer } : undefined;
    isFirst = false;
    if (stopped.signal.aborted || isOut || hasOptedOut() || unless?.()) return;
    const shown = path?.(new URL(location.href)) ?? location.pathname;
    post(endpoint, JSON.stringify(describeView(writeKey, shown, landing)));
  };
  const view = (): void => {
    // A page that is only prerendered may never be seen.
    if (document.prerendering) document.addEventListener('prerenderingchange', () => quietly(send), { once: true });
    else quietly(send);
  };
  for (const source of capture) quietly(() => source.start(({ type }) => type === 'page' && view(), stopped.signal));

  return {
    view,
    optOut() {
      isOut = true;
      setOptOut(true, cookieDomain);
    },
    optIn() {
      isOut = false;
      setOptOut(false, cookieDomain);
    },
    hasOptedOut: () => isOut || hasOptedOut(),
    stop: () => stopped.abort(),
  };
}

/**
 * The whole of what is said about a view: a pure function of what many people have in common. `landing` is the page load
 * that the view came with; it begins a visit unless a page of the site led to it.
 */
export function describeView(
  writeKey: string,
  path: string,
  landing: { href: string; referrer: string } | undefined,
): AudienceView {
  // As the browser would write it: letters outside ASCII as percent signs.
  const view: AudienceView = { v: 1, writeKey, path: audiencePath(new URL(`https://x/${path}`).pathname) };
  const from = landing && audienceHost(landing.referrer, new URL(landing.href).host);
  if (!landing || from === undefined) return view;
  const { campaign, clickIds } = readLanding(landing.href);
  return campaign || clickIds ? { ...view, from, campaign: true } : { ...view, from };
}

/** A reload or a return is no new visit. */
function isLoaded(): boolean {
  const [loading] = performance.getEntriesByType('navigation');
  return !loading || !('type' in loading) || loading.type === 'navigate';
}

/** Simple in the sense of CORS, outlives the page, carries no cookie; nobody waits for the answer and nothing repeats it. */
function post(endpoint: string, body: string): void {
  const request = { method: 'POST', body, keepalive: true, credentials: 'omit', referrerPolicy: 'origin' } as const;
  fetch(endpoint, request).catch(() => {});
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
