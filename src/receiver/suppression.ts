import type { WireEvent } from '../protocol/index.js';
import { isBlockedId } from '../stores/blocked.js';
import type { Store } from '../stores/contract.js';
import type { Hasher } from './hasher.js';

/** Knows the erased persons, by the HMACs of their identifiers. */
export interface Suppression {
  /** True when the event belongs to an erased person and happened before the erasure. */
  blocks(event: WireEvent, skewMs: number): boolean;
  /** Closes the door at once for these HMACs. */
  close(hashes: readonly string[], at: string): void;
  /** Loads what the store remembers, beside what was closed since. */
  refresh(): Promise<void>;
}

/** Builds the check. While nobody was erased, a check costs nothing. */
export function createSuppression(store: Store, hash: Hasher): Suppression {
  const erasedUntilMs = new Map<string, number>();
  const close = (closed: Iterable<string>, at: string): void => {
    for (const one of closed) erasedUntilMs.set(one, Math.max(Date.parse(at), erasedUntilMs.get(one) ?? 0));
  };
  return {
    blocks(event, skewMs) {
      if (erasedUntilMs.size === 0) return false;
      const untilMs = erasedUntilMs.get(hash(principalOf(event)));
      return untilMs !== undefined && Date.parse(event.timestamp) + skewMs <= untilMs;
    },
    close(closed, at) {
      close(closed, at);
      hash.forget();
    },
    async refresh() {
      for (const [one, at] of await store.suppressions()) close([one], at);
    },
  };
}

/** Under whom an event is refused, as the stores have it: the user, else the device; an id that stands for nobody ("null", "guest") is no user. */
export function principalOf({ userId, anonymousId }: WireEvent): string {
  if (userId !== undefined && !isBlockedId(userId)) return userId;
  return anonymousId ?? userId ?? '';
}
