import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Refusal } from '../request.js';

const inflateGzip = promisify(gunzip);

/** Tells gzip by its first bytes, for clients that compress without saying so. */
export function isGzip(body: Uint8Array): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}

/**
 * Takes off a gzip content-encoding. The limit is on the inflated size and is applied while inflating, so that a small
 * body that inflates to gigabytes costs no more than an honest one.
 */
export async function inflate(
  body: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array | Refusal> {
  const named = encoding?.trim().toLowerCase() ?? '';
  if (named !== '' && named !== 'identity' && named !== 'gzip' && named !== 'x-gzip') return { code: 'bad-encoding' };
  if (!isGzip(body)) return named.endsWith('gzip') ? { code: 'bad-encoding', status: 400 } : body;
  try {
    return await inflateGzip(body, { maxOutputLength: maxBytes });
  } catch (error) {
    const tooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return tooLarge ? { code: 'too-large' } : { code: 'bad-encoding', status: 400 };
  }
}
