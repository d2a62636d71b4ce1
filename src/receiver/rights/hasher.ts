import type { Store } from '../../stores/contract.js';
import { hashIdentifier, pepperCheck } from '../../stores/suppress.js';

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

/** Throws when the receiver has another pepper than its store. */
export function refuseOtherPepper({ store, pepper = '' }: { store: Store; pepper?: string }): void {
  if (store.pepperCheck === undefined || store.pepperCheck === pepperCheck(pepper)) return;
  throw new Error(
    "The receiver's pepper is not the store's: people would be split in two, and erased ones could come back. Give createReceiver the pepper that the store was opened with.",
  );
}
