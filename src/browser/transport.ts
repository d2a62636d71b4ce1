import type { BatchAnswer } from '../protocol/index.js';
import type { CollectorRequest } from './contracts.js';

/** What came back. */
export interface Answer {
  /** HTTP status; 0 when there was no answer of a collector. */
  status: number;
  /** How long the collector asks us to wait, milliseconds. */
  afterMs: number;
  rejected?: BatchAnswer['rejected'] | undefined;
}

/** Keepalive bodies of all scripts of a page share 64 KiB (Fetch spec, "keepalive"); we stay under it by arithmetic. */
const KEEPALIVE_BYTES = 60_000;
/** A request without an answer for so long is given up and repeated. */
const TIMEOUT_MS = 30_000;

let keepaliveBytesInFlight = 0;

/** How many bytes a keepalive request may still carry now. */
export function keepaliveRoom(): number {
  return KEEPALIVE_BYTES - keepaliveBytesInFlight;
}

/**
 * Posts one request. It stays "simple" in the sense of CORS (text/plain, no own header), so that no preflight can die
 * with the page. `keepalive` lets it outlive the page; the caller has asked `keepaliveRoom()`. Never rejects.
 */
export async function sendRequest(
  { url, body }: CollectorRequest,
  keepalive: boolean,
  cancel: AbortSignal,
): Promise<Answer> {
  const bytes = keepalive ? byteLength(body) : 0;
  keepaliveBytesInFlight += bytes;
  try {
    const signal = AbortSignal.any([cancel, AbortSignal.timeout(TIMEOUT_MS)]);
    // A text body is sent as text/plain by itself.
    const response = await fetch(url, { method: 'POST', body, keepalive, signal });
    const { status, headers } = response;
    // A login page or captive portal answers 200 with HTML: no collector does, so nothing was accepted.
    if (/html/.test(headers.get('content-type') ?? '')) throw status;
    // Retry-After is seconds or an HTTP date (RFC 9110, 10.2.3).
    const after = headers.get('retry-after') ?? '';
    const afterMs = (+after ? +after * 1000 : Date.parse(after) - Date.now()) || 0;
    // Once a good status came the events were taken; a body that breaks off or is no JSON only hides rejections.
    const answer: BatchAnswer | undefined = await response.json().catch(() => {});
    return { status, afterMs, rejected: answer?.rejected };
  } catch {
    return { status: 0, afterMs: 0 };
  } finally {
    keepaliveBytesInFlight -= bytes;
  }
}

/** UTF-8 bytes of a text. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
