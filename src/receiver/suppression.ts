import type { WireEvent } from '../protocol/index.js';
import type { Store } from '../stores/contract.js';
import { hashIdentifier } from '../stores/suppress.js';

/** Knows the erased persons, by the HMACs of their identifiers. */
export interface Suppression {
  /** True when the event belongs to an erased person and happened before the erasure. */
  blocks(event: WireEvent, skewMs: number): boolean;
  /** Closes the door for these identifiers at once; returns their HMACs. */
  close(identifiers: readonly string[], at: string): string[];
  /** Loads what the store remembers, beside what was closed since. */
  refresh(): Promise<void>;
}

const HASHES = 20_000;

/** Builds the check. `pepper` must be the store's. While nobody was erased, a check costs nothing. */
export function createSuppression(store: Store, pepper: string): Suppression {
  const erasedUntilMs = new Map<string, number>();
  // An HMAC takes some microseconds and the same identifiers come again and again.
  const hashes = new Map<string, string>();
  const hash = (identifier: string): string => {
    let value = hashes.get(identifier);
    if (value === undefined) {
      if (hashes.size >= HASHES) hashes.clear();
      hashes.set(identifier, (value = hashIdentifier(pepper, identifier)));
    }
    return value;
  };
  const remember = (hashed: string, at: string): void => {
    erasedUntilMs.set(hashed, Math.max(Date.parse(at), erasedUntilMs.get(hashed) ?? 0));
  };
  return {
    blocks(event, skewMs) {
      if (erasedUntilMs.size === 0) return false;
      const atMs = Date.parse(event.timestamp) + skewMs;
      for (const identifier of [event.anonymousId, event.userId, event.previousId]) {
        const untilMs = identifier === undefined ? undefined : erasedUntilMs.get(hash(identifier));
        if (untilMs !== undefined && atMs <= untilMs) return true;
      }
      return false;
    },
    close(identifiers, at) {
      const hashed = identifiers.map(hash);
      for (const value of hashed) remember(value, at);
      for (const identifier of identifiers) hashes.delete(identifier);
      return hashed;
    },
    async refresh() {
      for (const [hashed, at] of await store.suppressions()) remember(hashed, at);
    },
  };
}
