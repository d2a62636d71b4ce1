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

/** Says what a key may do; undefined for an unknown one. */
export type KeyRing<Kind extends string> = (key: string) => Kind | undefined;

/**
 * Builds the check of keys by kind. It compares digests in constant time, so that answers do not tell how much of a key is
 * right. Empty keys are an error (they would let everybody in), and so is one key in two kinds.
 */
export function keyRing<Kind extends string>(kinds: { [kind in Kind]?: readonly string[] }): KeyRing<Kind> {
  const known: { kind: Kind; digest: Buffer }[] = [];
  for (const kind of Object.keys(kinds) as Kind[]) {
    for (const key of kinds[kind] ?? []) {
      if (key.trim() === '') throw new Error('A key must not be empty.');
      const twin = known.find((other) => other.digest.equals(digest(key)));
      if (twin && twin.kind !== kind) throw new Error(`One key cannot be both ${twin.kind} key and ${kind} key.`);
      known.push({ kind, digest: digest(key) });
    }
  }
  return (key) => {
    const given = digest(key);
    let found: Kind | undefined;
    for (const { kind, digest: right } of known) if (timingSafeEqual(right, given)) found = kind;
    return found;
  };
}

/**
 * The ring of a receiver. The write key of the last request is known at sight: it is public (every page shows it), and its
 * digest would be a tenth of the work of a request.
 */
export function ingestKeys({ write, secret = [] }: Keys): KeyRing<'write' | 'secret'> {
  const kindOf = keyRing({ write, secret });
  let lastPublic: string | undefined;
  return (key) => {
    if (key === lastPublic) return 'write';
    const kind = kindOf(key);
    if (kind === 'write') lastPublic = key;
    return kind;
  };
}

/**
 * Throws where a key is empty or stands in two lists. An admin key that is a write key, too, would be in every page, and
 * whoever reads the page could read everybody's data and erase it.
 */
export function checkKeys({ write, secret = [], admin = [] }: Keys): void {
  keyRing({ write, secret, admin });
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

/** Whether an authorization header carries a secret key, as Basic user name or Bearer token. */
export function hasSecretKey(keyKind: KeyRing<'write' | 'secret'>, authorization: string | undefined): boolean {
  const key = basicKey(authorization) ?? bearerKey(authorization);
  return key !== undefined && keyKind(key) === 'secret';
}

function digest(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}
