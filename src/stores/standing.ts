import type { StandingMeta } from '../log/record.js';
import type { Standing } from './revision.js';

/** Takes a record of the log over into the standings; one that asks for nothing any more is forgotten. */
export function applyStanding(standings: Map<string, Standing>, meta: StandingMeta): void {
  for (const hash of meta.identifiers) {
    const before = standings.get(hash);
    const after: Standing = {
      at: meta.at,
      restricted: meta.restricted ?? before?.restricted ?? false,
      objected: meta.objected ?? before?.objected ?? [],
    };
    if (after.restricted || after.objected.length) standings.set(hash, after);
    else standings.delete(hash);
  }
}
