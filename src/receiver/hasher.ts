import { hashIdentifier } from '../stores/suppress.js';

/** Makes the HMAC under which an identifier is remembered by those who must not keep it. */
export interface Hasher {
  (identifier: string): string;
  /** Empties the memory of identifiers. */
  forget(): void;
}

const IDENTIFIERS = 20_000;

/** `pepper` must be the store's. An HMAC takes some microseconds and the same identifiers come again and again. */
export function createHasher(pepper: string): Hasher {
  const hashes = new Map<string, string>();
  const hash = (identifier: string): string => {
    const known = hashes.get(identifier);
    if (known !== undefined) return known;
    if (hashes.size >= IDENTIFIERS) hashes.clear();
    const made = hashIdentifier(pepper, identifier);
    hashes.set(identifier, made);
    return made;
  };
  return Object.assign(hash, { forget: () => hashes.clear() });
}
