import type { WireEvent } from '../../protocol/index.js';
import type { Store } from '../../stores/contract.js';
import type { Hasher } from './hasher.js';
import type { Principals } from './principals.js';

/** Knows the erased persons, by the HMACs of their identifiers. */
export interface Suppression {
  /** True when the event belongs to an erased person and happened before the erasure. */
  blocks(event: WireEvent, skewMs: number): boolean;
  /** True when whoever has this identifier was ever erased. */
  knows(identifier: string): boolean;
  /** Closes the door at once for these HMACs. */
  close(hashes: readonly string[], at: string): void;
  /** Loads what the store remembers, beside what was closed since. */
  refresh(): Promise<void>;
}

/** Builds the check. While nobody was erased, a check costs nothing. */
export function createSuppression(store: Store, hash: Hasher, principals: Principals): Suppression {
  const erasedUntilMs = new Map<string, number>();
  const close = (closed: Iterable<string>, at: string): void => {
    for (const one of closed) erasedUntilMs.set(one, Math.max(Date.parse(at), erasedUntilMs.get(one) ?? 0));
  };
  return {
    blocks(event, skewMs) {
      if (erasedUntilMs.size === 0) return false;
      const at = Date.parse(event.timestamp) + skewMs;
      return principals.of(event).own.some((one) => at <= (erasedUntilMs.get(hash(one)) ?? Number.NEGATIVE_INFINITY));
    },
    knows: (identifier) => erasedUntilMs.size > 0 && erasedUntilMs.has(hash(identifier)),
    close(closed, at) {
      close(closed, at);
      hash.forget();
      principals.forget();
    },
    async refresh() {
      for (const [one, at] of await store.suppressions()) close([one], at);
    },
  };
}
