import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/** Hash functions that services sign with. */
export type HmacAlgorithm = 'sha1' | 'sha256' | 'sha512';

/** Text equality that takes the same time wherever the texts differ. */
export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(hash('sha256', a, 'buffer'), hash('sha256', b, 'buffer'));
}

/** An HMAC over text. */
export function hmac(algorithm: HmacAlgorithm, secret: string, text: string, encoding: 'hex' | 'base64'): string {
  return createHmac(algorithm, secret).update(text).digest(encoding);
}

/** What is wrong with a header that must be `expected`; undefined when nothing is. */
export function checkHeader(headers: Headers, name: string, expected: string): string | undefined {
  const given = headers.get(name);
  if (given === null) return `the header ${name} is missing`;
  return isSame(given.trim(), expected) ? undefined : `the header ${name} does not match`;
}

/** How services that do not sign show who they are. */
export type Password = { user: string; password: string } | { token: string };

/** Checks HTTP Basic or a Bearer token. */
export function checkPassword(headers: Headers, expected: Password): string | undefined {
  const credentials =
    'token' in expected
      ? `Bearer ${expected.token}`
      : `Basic ${Buffer.from(`${expected.user}:${expected.password}`).toString('base64')}`;
  const given = headers.get('authorization');
  if (given === null) return 'the header Authorization is missing';
  const normal = given.trim().replace(/^(bearer|basic) +/i, (_, scheme: string) => {
    return `${scheme.charAt(0).toUpperCase()}${scheme.slice(1).toLowerCase()} `;
  });
  return isSame(normal, credentials) ? undefined : 'the header Authorization does not match';
}
