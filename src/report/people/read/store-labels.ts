import type { SourceFacts } from '../../../stores/contract.js';
import { type Dimension, labelSources, type TouchLabel, unknownLabel } from '../../labels.js';
import type { ReportContext } from '../../query.js';

/** Labels of sources; `learn` asks the store again, for sources that arrived since. */
export interface Labels {
  by: Dimension;
  of(sourceKey: string, by: Dimension): TouchLabel;
  facts(sourceKey: string): SourceFacts | undefined;
  /** Whether one of the sources is not known; `learn` will ask for it. */
  misses(sources: readonly string[]): boolean;
  learn(): Promise<void>;
}

/** The labels of a store's sources. */
export function createLabels(
  { store, channels }: Pick<ReportContext, 'store' | 'channels'>,
  query: Parameters<ReportContext['store']['sources']>[0],
  by: Dimension,
): Labels {
  const known = new Map<string, SourceFacts>();
  // Asked for in vain: a source that the store does not name is not asked for again.
  const missing = new Set<string>();
  const labels = new Map<Dimension, Map<string, TouchLabel>>();
  const of = (key: string, dimension: Dimension): TouchLabel => {
    let table = labels.get(dimension);
    if (!table) labels.set(dimension, (table = labelSources([...known.values()], channels, dimension)));
    return table.get(key) ?? { label: unknownLabel(dimension), direct: false, detour: false };
  };
  const isNew = (key: string): boolean => !known.has(key) && !missing.has(key);
  let wanted: string[] = [];
  return {
    by,
    of,
    facts: (key) => known.get(key),
    misses(sources) {
      const news = sources.filter(isNew);
      wanted.push(...news);
      return news.length > 0;
    },
    async learn() {
      const found = store.everySource ? store.everySource() : store.sources(query);
      for (const facts of await found) known.set(facts.key, facts);
      for (const key of wanted) if (!known.has(key)) missing.add(key);
      wanted = [];
      labels.clear();
    },
  };
}
