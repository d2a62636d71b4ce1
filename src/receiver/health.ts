import type { Store } from '../stores/contract.js';
import type { Applier } from './apply/apply.js';
import { jsonAnswer } from './request.js';

/** Why nothing can be taken at the moment, if so. */
export function obstacle(applier: Applier, maxLagRecords: number): 'overloaded' | 'storage-unavailable' | undefined {
  if (applier.isBlocked()) return 'storage-unavailable';
  return applier.lagRecords() > maxLagRecords ? 'overloaded' : undefined;
}

/**
 * The answer of `/healthz`: 503 when nothing can be taken, and when only a new start helps. A store that fails and is tried
 * again is told, but is no reason to turn events away: the log has them.
 */
export function health(applier: Applier, store: Store, maxLagRecords: number): Response {
  const isStopped = store.state?.() === 'stopped';
  const problem = obstacle(applier, maxLagRecords) ?? (isStopped ? 'store-stopped' : undefined);
  const status = problem ?? (applier.isFailing() ? 'store-failing' : 'ok');
  const body = { status, lagRecords: applier.lagRecords(), lagSeconds: applier.lagSeconds() };
  return jsonAnswer(body, problem ? 503 : 200);
}
