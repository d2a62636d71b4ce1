import { DAY_MS } from '../protocol/time.js';
import type { IdentityProblems, Store } from '../stores/contract.js';

const ASK_MS = 60_000;

/** What gauges ask the store for: at most once a minute, and not at all while nobody reads the metrics. */
export interface LevelsLately {
  /** How many numbered events of the last 24 hours did not arrive. */
  lost(): Promise<number>;
  /** What the stitching rules keep apart. */
  identityProblems(): Promise<IdentityProblems>;
}

/** While the store fails, the last answers stand. */
export function levelsLately(store: Pick<Store, 'delivery' | 'identityProblems'>, now: () => number): LevelsLately {
  const lost = async () => {
    const [row] = await store.delivery({ by: 'total', from: new Date(now() - DAY_MS).toISOString() });
    return row?.lost ?? 0;
  };
  const none: IdentityProblems = { blocked: [], conflicts: [], shared: [] };
  return {
    lost: onceAMinute(lost, 0, now),
    identityProblems: onceAMinute(() => store.identityProblems(), none, now),
  };
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
