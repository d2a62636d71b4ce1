import { TextDecoder } from 'node:util';
import { type AudienceView, audiencePath, isAudienceHost, isObject } from '../protocol/index.js';

const FIELDS = new Set(['v', 'writeKey', 'path', 'from', 'campaign']);
const MAX_KEY = 256;
const decoder = new TextDecoder();

/**
 * Reads the body of an exempt page view; undefined for anything that is not exactly one. Strict, because it is what keeps
 * identifiers out: a field that is not known is not ignored but refused, a path that the masks would change is refused, and
 * so is a referrer with more than its host.
 */
export function readAudienceView(body: Uint8Array): AudienceView | undefined {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(body));
  } catch {
    return undefined;
  }
  if (!isObject(value) || Object.keys(value).some((key) => !FIELDS.has(key))) return undefined;
  const { v, writeKey, path, from, campaign } = value;
  if (v !== 1 || typeof writeKey !== 'string' || writeKey.length > MAX_KEY) return undefined;
  if (typeof path !== 'string' || audiencePath(path) !== path) return undefined;
  if (from === undefined) return campaign === undefined ? { v, writeKey, path } : undefined;
  if (typeof from !== 'string' || !isAudienceHost(from)) return undefined;
  if (campaign === undefined) return { v, writeKey, path, from };
  return campaign === true ? { v, writeKey, path, from, campaign } : undefined;
}
