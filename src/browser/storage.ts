import type { Consent, Touch } from '../protocol/index.js';

/** What this device remembers, in one localStorage entry so that a change of several fields is one write. */
export interface DeviceRecord {
  /** The anonymousId; the cookie is the authority, this is its cache. */
  id?: string | undefined;
  user?: string | undefined;
  group?: string | undefined;
  session?: { id: string; start: number; last: number } | undefined;
  /** Touches oldest first, each with the session it opened or joined. */
  touches?: { touch: Touch; session: string }[] | undefined;
  /** The lane (page load) that numbered events last, and its last number. */
  lane?: { lane: string; n: number } | undefined;
  /** Remembered only when the page itself calls `consent()` and no platform is connected. */
  consent?: Consent | undefined;
}

const KEY = 'filrouge';
const COOKIE = 'fr_id';
/** 13 months: the longest life the CNIL recommends for a tracer. Browsers may cut it to 400 days or less. */
const COOKIE_SECONDS = 395 * 86_400;

/** Runs a storage access that may be forbidden (private mode, sandboxed frame, blocked cookies). */
export function attempt<T>(access: () => T): T | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}

/** Reads the record; empty when there is none or storage is refused. */
export function readRecord(): DeviceRecord {
  return attempt(() => JSON.parse(localStorage.getItem(KEY) ?? '{}')) ?? {};
}

/** Writes the record. Returns false when storage refuses; the caller carries on in memory. */
export function writeRecord(record: DeviceRecord): boolean {
  return attempt(() => localStorage.setItem(KEY, JSON.stringify(record)) ?? true) ?? false;
}

/** Reads the id that the site's pages and subdomains share. */
export function readIdCookie(): string | undefined {
  return attempt(() => /(?:^|; )fr_id=([\w-]+)/.exec(document.cookie)?.[1]);
}

/** Writes the id on the widest domain the browser allows (or the configured one), for 13 months. */
export function writeIdCookie(id: string, cookieDomain: string | undefined): void {
  attempt(() => setCookie(COOKIE, id, cookieDomain ?? widestDomain(), COOKIE_SECONDS));
}

/** Removes record and cookie. */
export function wipeRecord(cookieDomain: string | undefined): void {
  attempt(() => localStorage.removeItem(KEY));
  attempt(() => readIdCookie() && setCookie(COOKIE, '', cookieDomain ?? widestDomain(), 0));
}

function setCookie(name: string, value: string, domain: string, seconds: number): void {
  document.cookie = `${name}=${value};path=/;max-age=${seconds};samesite=lax${domain && `;domain=${domain}`}${
    location.protocol === 'https:' ? ';secure' : ''
  }`;
}

/** The registrable domain: the shortest suffix of the host for which the browser takes a cookie ('' = the host alone). */
function widestDomain(): string {
  const labels = location.hostname.split('.');
  for (let i = labels.length - 2; i >= 0; i--) {
    const domain = labels.slice(i).join('.');
    setCookie('fr_try', '1', domain, 9);
    if (document.cookie.includes('fr_try=')) {
      setCookie('fr_try', '', domain, 0);
      return domain;
    }
  }
  return '';
}
