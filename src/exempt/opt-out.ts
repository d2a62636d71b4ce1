/** The same for everybody, so that it tells nobody from another. */
const MARK = 'fr_no_audience=1';
/** 13 months; browsers may cut it to 400 days or less. The visitor is asked nothing meanwhile. */
const SECONDS = 395 * 86_400;

/** Whether the visitor objected. The one thing that the exempt measurement reads: to honour the objection. */
export function hasOptedOut(): boolean {
  try {
    return `; ${document.cookie};`.includes(`; ${MARK};`);
  } catch {
    return false;
  }
}

/**
 * Remembers an objection, or forgets it, for the site and its subdomains: the shortest suffix of the host that the browser
 * takes is the registrable domain, unless the owner names one.
 */
export function setOptOut(isOut: boolean, cookieDomain: string | undefined): void {
  const { hostname, protocol } = location;
  const labels = hostname.split('.');
  const secure = protocol === 'https:' ? ';secure' : '';
  for (let at = labels.length; at-- && hasOptedOut() !== isOut; ) {
    const domain = cookieDomain ?? labels.slice(at).join('.');
    try {
      document.cookie = `${MARK};path=/;max-age=${isOut ? SECONDS : 0};samesite=lax;domain=${domain}${secure}`;
    } catch {
      // A sandboxed page may not have cookies: it cannot remember an objection either.
    }
  }
}
