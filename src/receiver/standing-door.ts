import type { WireEvent } from '../protocol/index.js';
import type { Store } from '../stores/contract.js';
import type { Standing } from '../stores/revision.js';
import type { Hasher } from './hasher.js';
import { principalOf } from './suppression.js';

/** Knows who restricted or objected to the processing of their data, by HMACs, and says so at the door. */
export interface StandingDoor {
  /** What the person of an event asked for. While nobody did, a check costs nothing. */
  of(event: WireEvent): Standing | undefined;
  byHash(hash: string): Standing | undefined;
  set(hashes: readonly string[], standing: Standing): void;
  /** Loads what the store remembers; what was set since stays. */
  refresh(): Promise<void>;
}

/** Builds the check. */
export function createStandingDoor(store: Store, hash: Hasher): StandingDoor {
  const standings = new Map<string, Standing>();
  return {
    of: (event) => (standings.size === 0 ? undefined : standings.get(hash(principalOf(event)))),
    byHash: (one) => standings.get(one),
    set(hashes, standing) {
      for (const one of hashes) {
        if (standing.restricted || standing.objected.length) standings.set(one, standing);
        else standings.delete(one);
      }
    },
    async refresh() {
      for (const [one, standing] of await store.standings()) {
        const known = standings.get(one);
        if (!known || known.at < standing.at) standings.set(one, standing);
      }
    },
  };
}
