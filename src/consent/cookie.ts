/** The value of a cookie as it stands, empty if there is none. Throws where the page may not read cookies. */
export function cookie(name: string): string {
  return `; ${document.cookie}`.split(`; ${name}=`)[1]?.split(';')[0] ?? '';
}

/** What a cookie holds as JSON, percent-encoded or not; undefined if there is none or it is something else. */
export function jsonCookie(name: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(cookie(name)));
  } catch {
    return undefined;
  }
}
