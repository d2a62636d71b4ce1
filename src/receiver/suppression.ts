import type { WireEvent } from '../protocol/index.js';
import { isBlockedId } from '../stores/blocked.js';
import type { Store } from '../stores/contract.js';
import { hashIdentifier } from '../stores/suppress.js';

/** Knows the erased persons, by the HMACs of their identifiers. */
export interface Suppression {
  /** True when the event belongs to an erased person and happened before the erasure. */
  blocks(event: WireEvent, skewMs: number): boolean;
  /** Closes the door at once for these HMACs. */
  close(hashes: readonly string[], at: string): void;
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
    const known = hashes.get(identifier);
    if (known !== undefined) return known;
    if (hashes.size >= HASHES) hashes.clear();
    const made = hashIdentifier(pepper, identifier);
    hashes.set(identifier, made);
    return made;
  };
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
      hashes.clear();
    },
    async refresh() {
      for (const [one, at] of await store.suppressions()) close([one], at);
    },
  };
}

/** As the stores have it: the user, else the device; an id that stands for nobody ("null", "guest") is no user. */
function principalOf({ userId, anonymousId }: WireEvent): string {
  if (userId !== undefined && !isBlockedId(userId)) return userId;
  return anonymousId ?? userId ?? '';
}
