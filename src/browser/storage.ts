import type { Consent, Touch } from '../protocol/index.js';
import { attempt } from './attempt.js';
import { strike } from './journal.js';
import { toJson } from './json.js';
import type { Session } from './session.js';

/** What this device remembers, in one localStorage entry so that a change of several fields is one write. */
export interface DeviceRecord {
  /** The cookie is the authority, this is its cache. */
  anonymousId?: string | undefined;
  userId?: string | undefined;
  groupId?: string | undefined;
  session?: Session | undefined;
  /** The latest touch of the running session. */
  touch?: Touch | undefined;
  /** All touches, oldest first. */
  touches?: Touch[] | undefined;
  /** The lane (page load) that numbered events last, and its last number. */
  lane?: { lane: string; n: number } | undefined;
  /** Remembered only when the page itself calls `consent()` and no platform is connected. */
  consent?: Consent | undefined;
}

const KEY = 'filrouge';
/** 13 months: the longest life the CNIL recommends for a tracer. Browsers may cut it to 400 days or less. */
const COOKIE_SECONDS = 395 * 86_400;

/** Reads the record; empty when there is none or storage is refused. */
export function readRecord(): DeviceRecord {
  // Null where there is none: the first exception of a page is slow, and this one would be in its start.
  return attempt(() => JSON.parse(localStorage[KEY] ?? null)) ?? {};
}

/** Writes the record. Throws where storage is refused. */
export function writeRecord(record: DeviceRecord): void {
  localStorage[KEY] = toJson(record);
}

/** Removes the record. Never throws. */
export function removeRecord(): void {
  strike(KEY);
}

/** Reads the id that the site's pages and subdomains share. */
export function readIdCookie(): string | undefined {
  return attempt(() => /(^|; )fr_id=([\w-]+)/.exec(document.cookie)?.[2]);
}

/**
 * Writes the id for 13 months, or without one removes it, on the widest domain the browser allows (or the configured one):
 * it refuses public suffixes, so the shortest suffix of the host that it takes is the registrable domain.
 */
export function writeIdCookie(id: string | undefined, cookieDomain: string | undefined): void {
  const labels = location.hostname.split('.');
  // None takes a whole top-level domain; each attempt costs a page milliseconds.
  let at = labels.length - 2;
  do {
    attempt(() => {
      document.cookie = `fr_id=${id};path=/;max-age=${id ? COOKIE_SECONDS : 0};samesite=lax;domain=${
        cookieDomain ?? labels.slice(at).join('.')
      }${location.protocol === 'https:' ? ';secure' : ''}`;
    });
    // A domain that is not this host's, or a browser without cookies, must come to an end, too.
  } while (at-- > 0 && readIdCookie() !== id);
}
