import { hash, timingSafeEqual } from 'node:crypto';

/** The keys of a receiver, by what they may do. */
export interface Keys {
  /** Public keys that browsers carry. */
  write: readonly string[];
  /** Keys of servers, tills and imports: trusted, may alias. */
  secret?: readonly string[];
  /** Keys for reading and erasing. Without one, those routes do not exist. */
  admin?: readonly string[];
}

/** Tells whether a key is one of a list, in a time that does not depend on how much of it is right. */
export type KeyCheck = (key: string) => boolean;

/** Builds the check for a list of keys. Empty keys are an error: they would let everybody in. */
export function keyCheck(keys: readonly string[]): KeyCheck {
  if (keys.some((key) => key.trim() === '')) throw new Error('A key must not be empty.');
  const digests = keys.map(digest);
  return (key) => {
    const given = digest(key);
    let found = false;
    for (const known of digests) if (timingSafeEqual(known, given)) found = true;
    return found;
  };
}

/** The user name of a Basic authorization header (Segment's clients put the key there), or undefined. */
export function basicKey(authorization: string | undefined): string | undefined {
  const encoded = /^basic +([a-z0-9+/_=-]+) *$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const end = text.indexOf(':');
  return end < 0 ? text : text.slice(0, end);
}

/** The token of a Bearer authorization header, or undefined. */
export function bearerKey(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
}

function digest(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}
