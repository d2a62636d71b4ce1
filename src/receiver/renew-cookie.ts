import { CHOICE_EVENTS, type WireEvent } from '../protocol/index.js';
import type { Store } from '../stores/contract.js';
import { type Origins, originHosts } from './origins.js';
import type { RawRequest } from './request.js';

/** Renews id cookies in answers. */
export interface CookieRenewal {
  /** The `Set-Cookie` that an answer may carry after these events were taken, or undefined. */
  cookieFor(request: RawRequest, events: readonly WireEvent[]): string | undefined;
  /**
   * Reads who withdrew out of the store's consent ledger; until it has resolved nothing is renewed. For the start, once the
   * store has all that the log has.
   */
  recover(store: Pick<Store, 'events'>): Promise<void>;
}

/** 13 months after the id was made, as the browser writes it (browser/storage.ts); renewing prolongs nothing. */
const LIFE_SECONDS = 395 * 86_400;
/** A clock may be a little ahead; an id from further in the future would outlive its 13 months. */
const MAX_AHEAD_SECONDS = 86_400;
const UUIDV7 = /^([\da-f]{8})-([\da-f]{4})-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
/** The latest of them; in memory, some 5 MB. */
const REMEMBERED = 50_000;

/**
 * Writes the visitor's own id cookie again, because Safari ends cookies that a script wrote after 7 days. It never makes an
 * identifier: the request must carry the cookie already, from a listed https or http origin below the cookie's domain, and
 * the events must be of that id and say that `analytics` is granted. An id that has ever been seen to withdraw, or whose owner
 * was erased, is not written again, so that an answer that crosses a withdrawal on its way does not bring the cookie back.
 * Throws when the domain is none.
 */
export function cookieRenewal({ cookieDomain, origins, isErased, now }: RenewalOptions): CookieRenewal | undefined {
  if (cookieDomain === undefined) return undefined;
  const domain = cookieDomainOf(cookieDomain);
  const listed = originHosts(origins);
  const withdrawn = new Set<string>();
  let isRecovered = false;
  return {
    cookieFor(request, events) {
      noteWithdrawals(events, withdrawn);
      const origin = request.header('origin')?.toLowerCase() ?? '';
      const host = listed.get(origin);
      if (!isRecovered || host === undefined || !`.${host}`.endsWith(`.${domain}`)) return undefined;
      const id = idCookie(request.header('cookie'));
      if (id === undefined || withdrawn.has(id) || isErased(id) || !isGranted(id, events)) return undefined;
      const seconds = lifeLeft(id, now());
      if (seconds === undefined) return undefined;
      // Not HttpOnly: the SDK reads it. The same attributes as the browser's own writing, or there would be two.
      const secure = origin.startsWith('https:') ? '; Secure' : '';
      return `fr_id=${id}; Domain=${domain}; Path=/; Max-Age=${seconds}; SameSite=Lax${secure}`;
    },
    async recover(store) {
      const sinceTheStart = [...withdrawn];
      // A cookie older than its 13 months is not renewed anyway.
      const from = new Date(now() - LIFE_SECONDS * 1000).toISOString();
      for (const event of CHOICE_EVENTS) {
        for await (const choice of store.events({ event, from })) noteWithdrawals([choice], withdrawn);
      }
      for (const id of sinceTheStart) remember(id, withdrawn);
      isRecovered = true;
    },
  };
}

/** What renewing depends on. */
interface RenewalOptions {
  cookieDomain: string | undefined;
  origins: Origins | undefined;
  /** True for the id of somebody who was erased. */
  isErased(id: string): boolean;
  now(): number;
}

/** A cookie's domain without the dot in front of it. Throws when it is none that a cookie can have. */
export function cookieDomainOf(domain: string): string {
  const bare = domain.trim().toLowerCase().replace(/^\./, '');
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(bare) || /^[\d.]+$/.test(bare)) {
    throw new Error(`The cookie domain "${domain}" must be a host name such as shop.example.`);
  }
  return bare;
}

function noteWithdrawals(events: readonly WireEvent[], withdrawn: Set<string>): void {
  for (const { anonymousId, context } of events) {
    if (anonymousId === undefined || context?.consent?.categoryPreferences?.analytics !== false) continue;
    remember(anonymousId, withdrawn);
  }
}

/** As the latest; the oldest makes room. */
function remember(id: string, withdrawn: Set<string>): void {
  withdrawn.delete(id);
  withdrawn.add(id);
  const [oldest] = withdrawn;
  if (withdrawn.size > REMEMBERED && oldest !== undefined) withdrawn.delete(oldest);
}

/** The id in the cookie; undefined where there is none, or several that differ. */
function idCookie(header: string | undefined): string | undefined {
  const ids = new Set([...(header ?? '').matchAll(/(?:^|; ?)fr_id=([^;]*)/g)].map(([, id]) => id));
  const [id] = ids;
  return ids.size === 1 ? id : undefined;
}

/** Events of somebody else in the batch, from before a logout, say nothing about the visitor of now. */
function isGranted(id: string, events: readonly WireEvent[]): boolean {
  const own = events.filter(({ anonymousId }) => anonymousId === id);
  return own.length > 0 && own.every(({ context }) => context?.consent?.categoryPreferences?.analytics === true);
}

/** Seconds until 13 months after the id was made, which a UUIDv7 tells; undefined for any other id, and when they are over. */
function lifeLeft(id: string, nowMs: number): number | undefined {
  const [, high, low] = UUIDV7.exec(id) ?? [];
  if (high === undefined || low === undefined) return undefined;
  const age = Math.floor((nowMs - Number.parseInt(high + low, 16)) / 1000);
  return age < -MAX_AHEAD_SECONDS || age >= LIFE_SECONDS ? undefined : LIFE_SECONDS - Math.max(age, 0);
}
