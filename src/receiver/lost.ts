import type { Store } from '../stores/contract.js';

const ASK_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * How many numbered events of the last 24 hours did not arrive, for a gauge. The store is asked at most once a minute,
 * and not at all while nobody reads the metrics; while it fails, the last answer stands.
 */
export function lostLately(store: Pick<Store, 'delivery'>, now: () => number): () => Promise<number> {
  let asked = Number.NEGATIVE_INFINITY;
  let lost = 0;
  return async () => {
    const at = now();
    if (at - asked < ASK_MS) return lost;
    asked = at;
    try {
      const [row] = await store.delivery({ by: 'total', from: new Date(at - DAY_MS).toISOString() });
      lost = row?.lost ?? 0;
    } catch {
      // The applier says it louder when the store is in trouble.
    }
    return lost;
  };
}
