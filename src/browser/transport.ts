/** Keepalive bodies of all scripts of a page share 64 KiB (Fetch spec, "keepalive"); we stay under it by arithmetic. */
const KEEPALIVE_BYTES = 60_000;

/** How many bytes a keepalive request may still carry now. */
export let keepaliveRoom = KEEPALIVE_BYTES;

/**
 * Posts one request. It stays "simple" in the sense of CORS (text/plain, which a text body is by itself; no own header),
 * so that no preflight can die with the page. `keepaliveBytes` is the size of
 * a body that is to outlive the page, within `keepaliveRoom`, else 0; `more` is for collectors that need another kind of
 * fetch. Never rejects; undefined when no collector answered.
 */
export async function post(
  url: string,
  body: string,
  keepaliveBytes: number,
  signal: AbortSignal,
  more?: RequestInit,
): Promise<Response | undefined> {
  keepaliveRoom -= keepaliveBytes;
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      signal,
      keepalive: !!keepaliveBytes,
      ...more,
    });
    // A redirected POST may have become a GET without the events (Fetch, "HTTP-redirect fetch"): only a collector's answer tells.
    if (response.redirected && !(await response.clone().json()).success) return undefined;
    // A login page or captive portal answers 200 with HTML: no collector does, so nothing was accepted.
    return response.ok && response.headers.get('content-type')?.includes('html') ? undefined : response;
  } catch {
    return undefined;
  } finally {
    keepaliveRoom += keepaliveBytes;
  }
}

/** UTF-8 bytes of a text. ASCII, as most of JSON is, need not be encoded for that. */
export function byteLength(text: string): number {
  return /[^ -~]/.test(text) ? new TextEncoder().encode(text).length : text.length;
}
