import { type BatchAnswer, REASONS, type ReasonCode } from '../protocol/index.js';
import type { Store } from '../stores/contract.js';
import { unavailableCode } from '../stores/unavailable.js';

/**
 * A request as the ingest path wants it: no streams, no objects of a platform, so that node:http and the web standard
 * pay the same. `header` takes lower-case names.
 */
export interface RawRequest {
  method: string;
  /** Path and query, as in the request line. */
  target: string;
  header(name: string): string | undefined;
  /** Where the connection comes from; for rate limits alone, never stored. */
  address?: string | undefined;
  /** The whole body, still compressed where it was; or why it could not be read. */
  body: Uint8Array | 'too-large';
}

/** The answer to a `RawRequest`; header names are lower-case. */
export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Why a request as a whole is refused; `message` where a route can say more than the sentence of the code. */
export type Refusal = { code: ReasonCode; status?: number; retryAfterSeconds?: number; message?: string };

/** Of the routes about one person. */
export const UNKNOWN_PERSON: Refusal = { code: 'not-found', message: 'Nobody is known by this identifier.' };

const STATUS: { [code in ReasonCode]?: number } = {
  'too-large': 413,
  'bad-encoding': 415,
  'bad-content-type': 415,
  'no-key': 401,
  'wrong-key': 401,
  'bad-signature': 401,
  'bad-link': 404,
  'expired-link': 410,
  'wrong-origin': 403,
  'not-found': 404,
  'wrong-method': 405,
  'storage-unavailable': 503,
  'store-unavailable': 503,
  'store-stopped': 503,
  overloaded: 503,
  'rate-limited': 429,
  'internal-error': 500,
};

/** Seconds a client should wait after a 503; short, because the client's own queue holds the events meanwhile. */
const RETRY_AFTER_SECONDS = 5;

/** Headers of every JSON answer. */
export const JSON_HEADERS: Record<string, string> = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
};

/** The answer for a request that is refused as a whole. The status follows from the code (400 where nothing else fits). */
export function refuse(refusal: Refusal, headers: Record<string, string> = JSON_HEADERS): RawAnswer {
  const { code } = refusal;
  const status = refusal.status ?? STATUS[code] ?? 400;
  const answer: BatchAnswer = { success: false, error: { code, message: refusal.message ?? REASONS[code] } };
  const seconds = refusal.retryAfterSeconds ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined);
  return {
    status,
    headers: { ...headers, ...(seconds && { 'retry-after': `${seconds}` }) },
    body: JSON.stringify(answer),
  };
}

/**
 * The answer of a route that asks the store, `work`; 503 with a code of its own where the store cannot be asked, now or in the
 * middle of it.
 */
export async function askingStore<T>(
  store: Pick<Store, 'state'>,
  work: () => Promise<T | Response>,
): Promise<T | Response> {
  const state = store.state?.() ?? 'ready';
  if (state !== 'ready') return unavailableAnswer(state === 'stopped');
  try {
    return await work();
  } catch (error) {
    const code = unavailableCode(error);
    if (!code) throw error;
    return unavailableAnswer(code === 'store-stopped');
  }
}

function unavailableAnswer(isStopped: boolean): Response {
  return toResponse(refuse({ code: isStopped ? 'store-stopped' : 'store-unavailable' }));
}

/** A value as JSON, which no cache keeps. */
export function jsonAnswer(value: object, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: JSON_HEADERS });
}

/** The answer to a method that a route does not take; `allow` lists those that it takes, e.g. `GET, HEAD`. */
export function wrongMethod(allow: string): Response {
  return toResponse(refuse({ code: 'wrong-method' }, { ...JSON_HEADERS, allow }));
}

/** A `RawAnswer` as a web-standard Response. */
export function toResponse(answer: RawAnswer): Response {
  return new Response(answer.status === 204 ? null : answer.body, { status: answer.status, headers: answer.headers });
}
