import type { IdentityProblems, Store } from '../stores/contract.js';

const ASK_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * How many numbered events of the last 24 hours did not arrive, for a gauge. The store is asked at most once a minute,
 * and not at all while nobody reads the metrics; while it fails, the last answer stands.
 */
export function lostLately(store: Pick<Store, 'delivery'>, now: () => number): () => Promise<number> {
  const ask = async () => {
    const [row] = await store.delivery({ by: 'total', from: new Date(now() - DAY_MS).toISOString() });
    return row?.lost ?? 0;
  };
  return onceAMinute(ask, 0, now);
}

/** What the stitching rules keep apart, for gauges; asked as seldom as what was lost. */
export function problemsLately(
  store: Pick<Store, 'identityProblems'>,
  now: () => number,
): () => Promise<IdentityProblems> {
  return onceAMinute(() => store.identityProblems(), { blocked: [], conflicts: [], shared: [] }, now);
}

/** Several gauges ask at once: they wait for one answer. */
function onceAMinute<T>(ask: () => Promise<T>, first: T, now: () => number): () => Promise<T> {
  let asked = Number.NEGATIVE_INFINITY;
  let answer: Promise<T> = Promise.resolve(first);
  return () => {
    const at = now();
    if (at - asked < ASK_MS) return answer;
    asked = at;
    const before = answer;
    // The applier says it louder when the store is in trouble.
    answer = ask().catch(() => before);
    return answer;
  };
}
