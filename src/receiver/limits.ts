import { createHash, randomBytes } from 'node:crypto';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { RawRequest } from './request.js';

/** So many requests in so many seconds, counted in fixed windows that begin with the first request. */
export interface RateLimit {
  requests: number;
  seconds: number;
}

/** How much one sender may send. The SDK waits as long as the answer says and loses nothing. */
export interface RateLimits {
  /** Per write key; default 300,000 a minute. Secret keys are not limited. */
  perKey?: RateLimit | false;
  /** Per address (IPv6: per /64); default 3,000 a minute, which an office behind one address does not reach. */
  perAddress?: RateLimit | false;
  /**
   * How many proxies of yours stand before the receiver: the address is then read from `X-Forwarded-For`. Default 0: a
   * request that names a forwarder, or comes from a private address, is not limited by address.
   */
  trustedProxies?: number;
}

/** Counts requests. Both resolve with the seconds to wait, or undefined when the request may pass. */
export interface Limiter {
  byAddress(request: RawRequest): Promise<number | undefined>;
  byKey(key: string): Promise<number | undefined>;
}

const DEFAULTS = { perKey: { requests: 300_000, seconds: 60 }, perAddress: { requests: 3000, seconds: 60 } };

/** Builds the counters; `false` switches all off. Addresses are held as salted hashes, in memory, for one window. */
export function createLimiter(limits: RateLimits | false = {}): Limiter {
  const { perKey = DEFAULTS.perKey, perAddress = DEFAULTS.perAddress, trustedProxies = 0 } = limits || {};
  const keys = limits && perKey ? counter(perKey) : undefined;
  const addresses = limits && perAddress ? counter(perAddress) : undefined;
  const salt = randomBytes(16);
  return {
    async byAddress(request) {
      const address = addresses && senderOf(request, trustedProxies);
      if (!addresses || address === undefined) return undefined;
      return consume(addresses, createHash('sha256').update(salt).update(networkOf(address)).digest('base64'));
    },
    byKey: async (key) => (keys ? consume(keys, key) : undefined),
  };
}

function counter({ requests, seconds }: RateLimit): RateLimiterMemory {
  if (!(requests >= 1) || !(seconds >= 1))
    throw new Error('A rate limit needs "requests" and "seconds" of at least 1.');
  return new RateLimiterMemory({ points: requests, duration: seconds });
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<number | undefined> {
  try {
    await limiter.consume(key);
    return undefined;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw refusal;
  }
}

/** The sender's address; undefined where it is not known for certain, or not the sender's own. */
function senderOf({ address, header }: RawRequest, trustedProxies: number): string | undefined {
  const forwarded = header('x-forwarded-for');
  if (trustedProxies > 0) return withoutPort(forwarded?.split(',').at(-trustedProxies)?.trim() ?? '') || undefined;
  const isForwarded = forwarded !== undefined || header('forwarded') !== undefined || header('via') !== undefined;
  return isForwarded || address === undefined || isPrivate(address) ? undefined : address;
}

/** Some proxies add the port, which differs with each connection: `203.0.113.9:4711`, `[2001:db8::1]:4711`. */
function withoutPort(address: string): string {
  return /^\[([^\]]*)\](?::\d*)?$/.exec(address)?.[1] ?? address.replace(/^([\d.]+):\d*$/, '$1');
}

/** Loopback, private and link-local addresses (RFC 1918, 4193, 6598): what stands there is a proxy. */
function isPrivate(address: string): boolean {
  return /^(?:::ffff:)?(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.|^(?:::1$|f[cd]|fe80:)/i.test(
    address,
  );
}

/** One household has a /64 of IPv6 addresses and could send from each of them. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = '', tail] = address.split('::');
  const parts = head.split(':');
  const missing = tail === undefined ? 0 : 8 - parts.length - tail.split(':').length;
  return [...parts, ...Array<string>(Math.max(missing, 0)).fill('0'), ...(tail?.split(':') ?? [])]
    .slice(0, 4)
    .join(':');
}
