import type { BatchAnswer } from '../protocol/index.js';
import type { CollectorRequest } from './contracts.js';

/** What became of a request. Only `accepted` and `refused` allow the events to be removed. */
export type Outcome =
  | { kind: 'accepted'; rejected: NonNullable<BatchAnswer['rejected']> }
  | { kind: 'refused'; status: number }
  | { kind: 'misconfigured'; status: number }
  | { kind: 'retry'; afterMs: number };

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
): Promise<Outcome> {
  const bytes = keepalive ? byteLength(body) : 0;
  keepaliveBytesInFlight += bytes;
  try {
    const headers = { 'Content-Type': 'text/plain;charset=UTF-8' };
    const signal = AbortSignal.any([cancel, AbortSignal.timeout(TIMEOUT_MS)]);
    return await readOutcome(await fetch(url, { method: 'POST', body, headers, keepalive, signal }));
  } catch {
    return { kind: 'retry', afterMs: 0 };
  } finally {
    keepaliveBytesInFlight -= bytes;
  }
}

/** UTF-8 bytes of a text. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

async function readOutcome(response: Response): Promise<Outcome> {
  const { status, headers } = response;
  // A login page or captive portal answers 200 with HTML: no collector does, so nothing was accepted.
  if (response.ok && !/html/.test(headers.get('content-type') ?? '')) {
    // The status came, hence the events were taken; a body that breaks off or is no JSON only hides rejections.
    const answer: BatchAnswer = await response.json().catch(() => ({}));
    return { kind: 'accepted', rejected: answer?.rejected ?? [] };
  }
  if (/^(400|413|415|422)$/.test(`${status}`)) return { kind: 'refused', status };
  if (/^(401|403|404|410)$/.test(`${status}`)) return { kind: 'misconfigured', status };
  const after = headers.get('retry-after') ?? '';
  // Retry-After is seconds or an HTTP date (RFC 9110, 10.2.3).
  return { kind: 'retry', afterMs: (+after ? +after * 1000 : Date.parse(after) - Date.now()) || 0 };
}
