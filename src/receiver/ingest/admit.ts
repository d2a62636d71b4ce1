import type { BatchMeta } from '../../log/record.js';
import { checkNesting } from '../check/nesting.js';
import { basicKey } from '../keys.js';
import type { RawRequest, Refusal } from '../request.js';
import { inflate, isGzip } from './inflate.js';
import { type ParsedBody, parseBody } from './parse.js';
import type { IngestParts } from './parts.js';
import type { IngestRoute } from './routes.js';

/** A request that may come in: its body, inflated and parsed, and what its key may do. */
export interface Sent {
  body: Uint8Array;
  parsed: ParsedBody;
  key: BatchMeta['key'];
}

/** From the bytes of a request to a parsed body with a known key, or why not. */
export async function admit(parts: IngestParts, request: RawRequest, route: IngestRoute): Promise<Sent | Refusal> {
  const { body: raw } = request;
  if (raw === 'too-large' || raw.length > parts.maxBodyBytes) return { code: 'too-large' };
  const encoding = request.header('content-encoding');
  const isCompressed = encoding !== undefined || isGzip(raw);
  if (!isCompressed && !isJsonType(request.header('content-type'))) return { code: 'bad-content-type' };
  const headerKey = basicKey(request.header('authorization'));
  const early = headerKey === undefined ? undefined : parts.keyKind(headerKey);
  if (headerKey !== undefined && !early) return { code: 'wrong-key' };
  const crowd = early === 'secret' ? undefined : await parts.limiter.byAddress(request);
  if (crowd) return { code: 'rate-limited', retryAfterSeconds: crowd };
  const plain = isCompressed ? await inflate(raw, encoding, parts.maxBodyBytes) : raw;
  if ('code' in plain) return plain;
  const body = toUtf8(plain, request.header('content-type'));
  if (!body) return { code: 'bad-content-type', message: 'This charset is not known here. Send UTF-8.' };
  const parsed = parseBody(body, route);
  if ('code' in parsed) return parsed;
  const given = headerKey ?? parsed.writeKey;
  const key = early ?? (given === undefined ? undefined : parts.keyKind(given));
  if (!key || given === undefined) return { code: given === undefined ? 'no-key' : 'wrong-key' };
  const flood = key === 'secret' ? undefined : await parts.limiter.byKey(given);
  if (flood) return { code: 'rate-limited', retryAfterSeconds: flood };
  const nesting = parsed.context && checkNesting(parsed.context);
  return nesting ? { code: nesting } : { body, parsed, key };
}

/**
 * The body in UTF-8, as the log keeps it; undefined where its charset is not known. A till or a shop system that says
 * `charset=iso-8859-1` means it: read as UTF-8, each of its accents would be lost.
 */
function toUtf8(body: Uint8Array, contentType: string | undefined): Uint8Array | undefined {
  const [, charset] = contentType ? (/;\s*charset\s*=\s*"?([\w.:-]+)/i.exec(contentType) ?? []) : [];
  if (charset === undefined || /^(?:utf-?8|us-ascii)$/i.test(charset)) return body;
  try {
    return Buffer.from(new TextDecoder(charset).decode(body));
  } catch {
    return undefined;
  }
}

/** Beacons and forms of axios say odd things; text/plain is how browsers avoid a preflight. */
function isJsonType(contentType: string | undefined): boolean {
  return (
    contentType === undefined || /^(?:application\/(?:[\w.+-]+\+)?json|text\/plain)\s*(?:;|$)/i.test(contentType.trim())
  );
}
