import { roundTo } from './apportion.js';

/** A diagram of flows: the same label at another step is another node, so that there are no circles. */
export interface Sankey {
  nodes: { id: string; label: string /** 0 for the first touch. */; step: number }[];
  links: { source: string; target: string; conversions: number; revenue: number }[];
}

/** The label of the last node. */
export const CONVERSION = 'Conversion';

/** Stands for the middle of a path with more steps than are shown. */
export const SKIPPED = '…';

/** The most steps of a path that are shown; of longer ones the first two and the last two. */
const MAX_STEPS = 5;

/**
 * Lays paths out by position and adds up the flows between neighbours. Everything that flows in flows to the goal. With
 * `ends` only the first and the last step are drawn, which is what fits on a phone.
 */
export function createSankey(
  paths: readonly { path: readonly string[]; conversions: number; revenue: number }[],
  drawn: 'steps' | 'ends' = 'steps',
): Sankey {
  const nodes = new Map<string, Sankey['nodes'][number]>();
  const links = new Map<string, Sankey['links'][number]>();
  const shown = paths.map((row) => ({ ...row, path: drawn === 'ends' ? endsOf(row.path) : shorten(row.path) }));
  const goalStep = shown.reduce((most, { path }) => Math.max(most, path.length), 0);
  const node = (label: string, step: number) => {
    const id = `${step}:${label}`;
    if (!nodes.has(id)) nodes.set(id, { id, label, step });
    return id;
  };
  for (const { path, conversions, revenue } of shown) {
    const ids = [...path.map(node), node(CONVERSION, goalStep)];
    for (const [i, target] of ids.entries()) {
      const source = ids[i - 1];
      if (source === undefined) continue;
      const link = links.get(`${source}\n${target}`) ?? { source, target, conversions: 0, revenue: 0 };
      link.conversions += conversions;
      link.revenue = roundTo(link.revenue + revenue, 2);
      links.set(`${source}\n${target}`, link);
    }
  }
  const sorted = [...nodes.values()].sort((a, b) => a.step - b.step);
  return { nodes: sorted, links: [...links.values()].sort((a, b) => b.conversions - a.conversions) };
}

function endsOf(path: readonly string[]): string[] {
  return path.length <= 2 ? [...path] : [...path.slice(0, 1), ...path.slice(-1)];
}

function shorten(path: readonly string[]): string[] {
  return path.length <= MAX_STEPS ? [...path] : [...path.slice(0, 2), SKIPPED, ...path.slice(-2)];
}
