import type { KnownQuery } from '../../stores/contract.js';
import { checkTimezone, resolveEnd } from '../period.js';
import type { CommonQuery, ReportContext } from '../query.js';

/**
 * What a query with `asKnownAt` is answered from: the store as it was known then, and the clock stopped at that time, so
 * that who was still under way then is not counted as lost. The same context where nothing is asked. Throws `BadQuery`.
 */
export function asKnown(
  context: ReportContext,
  { asKnownAt, timezone = context.timezone }: Pick<CommonQuery, 'asKnownAt' | 'timezone'> = {},
): ReportContext {
  if (asKnownAt === undefined) return context;
  checkTimezone(timezone);
  const at = resolveEnd('as-known-at', asKnownAt, timezone);
  const known: Required<KnownQuery> = { knownAt: new Date(at).toISOString() };
  const { store, now } = context;
  const { threadColumns } = store;
  return {
    ...context,
    ...known,
    // The last instant that is known: of a day, the day itself is today.
    now: () => new Date(Math.min(now().getTime(), at - 1)),
    store: {
      ...store,
      sources: (query) => store.sources({ ...query, ...known }),
      kpis: (query) => store.kpis({ ...query, ...known }),
      journeys: (query) => store.journeys({ ...query, ...known }),
      threads: (query) => store.threads({ ...query, ...known }),
      ...(threadColumns && { threadColumns: (query) => threadColumns({ ...query, ...known }) }),
      person: (identifier) => store.person(identifier, known),
    },
  };
}
