/**
 * One page view of the exempt measurement (audience figures without consent), the whole of what a browser says. Nothing in
 * it can tell one visitor from another: two people on the same page, come from the same host, say the same bytes. Source:
 * CNIL, "Cookies : solutions pour les outils de mesure d'audience", 4 July 2025; consent.md 8.6.
 */
export interface AudienceView {
  v: 1;
  /** The public key of the site; the receiver counts each site by itself. */
  writeKey: string;
  /** What `audiencePath` leaves of the page's path. */
  path: string;
  /** Only where a visit begins: what `audienceHost` leaves of the referrer, '' for none. */
  from?: string;
  /** Only where a visit begins: its address had campaign parameters. Which ones is for visitors who consented. */
  campaign?: true;
}

const MAX_SEGMENTS = 8;
const MAX_SEGMENT = 80;
/** What stands for a part that could be about a person. */
const MASK = '*';

/**
 * What may be kept of a path: no query, fragment or `;parameters`, at most eight parts, and `*` for every part that looks as
 * if it were about one person or one order: an e-mail address, six digits in a row or nine in all, sixteen letters and
 * digits in one piece, a UUID. A heuristic: an address such as /members/ann-smith is for the site to map before. What it
 * gives stays as it is when it is asked again.
 */
export function audiencePath(path: string): string {
  const parts = path
    .replace(/[?#].*/s, '')
    .split('/')
    .map((part) => part.replace(/;.*/s, ''))
    .filter(Boolean)
    .slice(0, MAX_SEGMENTS)
    .map((part) => (isAnybody(part) ? part : MASK));
  return `/${parts.join('/')}`;
}

/**
 * What may be kept of a referrer: its host without `www.`, masked in the same way; '' for none, and for what has no name;
 * undefined for a page of the site itself, also on a subdomain.
 */
export function audienceHost(referrer: string, ownHost: string): string | undefined {
  const host = bare(/^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(referrer)?.[1] ?? '');
  const own = bare(ownHost.replace(/:\d*$/, ''));
  if (host && (host === own || host.endsWith(`.${own}`) || own.endsWith(`.${host}`))) return undefined;
  return maskHost(host);
}

/** True for a host as `audienceHost` gives it, '' included. */
export function isAudienceHost(host: string): boolean {
  return host === '' || (maskHost(host) === host && bare(host) === host);
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^(?:www\.)+/, '');
}

function maskHost(host: string): string {
  // An address instead of a name would be somebody's own machine, an unknown form anything.
  if (!/^[a-z0-9*](?:[a-z0-9.*-]*[a-z0-9*])?$/.test(host) || /^[\d.]+$/.test(host) || host.length > 100) return '';
  return host
    .split('.')
    .map((label) => (isAnybody(label) ? label : MASK))
    .join('.');
}

/** True for a part of a path or host that many people can have in common. */
function isAnybody(part: string): boolean {
  const text = decode(part);
  return !(
    text === undefined ||
    part.length > MAX_SEGMENT ||
    // Printable ASCII and percent signs only, as browsers write paths.
    /[^!-~]/.test(part) ||
    /@|\d{6}|[\da-f]{16}|[\da-f]{8}-[\da-f]{4}-/i.test(text) ||
    /(?:\d\D*){9}/.test(text) ||
    /(?=\w{16})\w*(?:\d\w*[a-z]|[a-z]\w*\d)/i.test(text)
  );
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
