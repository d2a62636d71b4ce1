import type { WireEvent } from '../../protocol/index.js';
import type { Store } from '../../stores/contract.js';
import type { Standing } from '../../stores/revision.js';
import type { Hasher } from './hasher.js';
import type { Principals } from './principals.js';

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
export function createStandingDoor(store: Store, hash: Hasher, principals: Principals): StandingDoor {
  const standings = new Map<string, Standing>();
  return {
    of(event) {
      if (standings.size === 0) return undefined;
      const { own, others } = principals.of(event);
      const found = [...own, ...others].flatMap((one) => standings.get(hash(one)) ?? []);
      return found.length > 1 ? found.reduce(both) : found[0];
    },
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

function both(one: Standing, other: Standing): Standing {
  return {
    ...one,
    restricted: one.restricted || other.restricted,
    objected: [...new Set([...one.objected, ...other.objected])],
  };
}
