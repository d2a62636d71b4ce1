import { COUNTRY_ENDINGS, SHARED_DOMAINS } from './rules/hosts.js';

/** A referrer taken apart. */
export interface Referrer {
  /** Lower-cased host without port and last dot; `app:com.whatsapp` for `android-app://com.whatsapp`. */
  host: string;
  /** From the slash on, lower-cased; empty for a bare host. */
  path: string;
  query: string;
}

/** Takes a URL, a bare host or an app reference apart; undefined for what is no place (`about:blank`, `$direct`, `-`). */
export function parseReferrer(referrer: string | undefined): Referrer | undefined {
  const text = referrer?.trim() ?? '';
  const [, app] = /^(?:android|ios)-app:\/\/([^/?#]+)/i.exec(text) ?? [];
  if (app) return { host: `app:${app.toLowerCase()}`, path: '', query: '' };
  const [, scheme = 'https', authority = '', path = '', query = ''] =
    /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/)?(?:[^/?#@]*@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/i.exec(text) ?? [];
  const host = authority.toLowerCase().replace(/:\d*$|\.$/g, '');
  if (!/^https?$/i.test(scheme) || /[\s$()]/.test(host) || !/.[.:]./.test(host)) return undefined;
  return { host, path: path.toLowerCase(), query };
}

/** The country ending of a host, `co.uk` of `www.google.co.uk`; empty when it has none that is listed. */
export function countryEnding(host: string): string {
  for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) {
    const ending = host.slice(dot + 1);
    if (ENDINGS.has(ending)) return ending;
  }
  return '';
}

/** Whether two hosts belong to one site: the same but for `www.`, one below the other, or both below one domain. */
export function sameSite(a: string, b: string): boolean {
  return a === b || siteOf(a) === siteOf(b);
}

const ENDINGS: ReadonlySet<string> = new Set(COUNTRY_ENDINGS);
const SHARED: ReadonlySet<string> = new Set(SHARED_DOMAINS);

/** The domain that was registered, as far as can be told without a list of all; addresses and apps are their own. */
function siteOf(host: string): string {
  if (/^[\d.:[\]]+$|^app:/.test(host)) return host;
  const labels = host.split('.');
  const ending = labels.slice(-2).join('.');
  const shared = SHARED.has(ending) || /^(com?|org|net|gov|ac|edu)\.[a-z]{2}$/.test(ending);
  return labels.slice(shared ? -3 : -2).join('.');
}
