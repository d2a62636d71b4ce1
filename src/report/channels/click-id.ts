import { CLICK_IDS, type ClickIdRule } from './rules/click-ids.js';
import type { Network } from './rules/networks.js';

/** A click id that decides, and what it says. */
export interface ClickEvidence {
  name: string;
  source: string;
  medium: string;
}

/** The strongest of the click ids that are present, leaving out those that say nothing here. */
export function pickClickId(
  names: readonly string[] | undefined,
  network: Network | undefined,
  refused: (rule: ClickIdRule) => boolean,
): ClickEvidence | undefined {
  let best: { name: string; rule: ClickIdRule; rank: number } | undefined;
  for (const raw of names ?? []) {
    const name = raw.toLowerCase();
    const rule = CLICK_IDS.get(name);
    const rank = RANKS.get(name) ?? 0;
    if (rule && rule.kind !== 'tool' && (!best || rank < best.rank) && !refused(rule)) best = { name, rule, rank };
  }
  return best && { name: best.name, ...refine(best.rule, network) };
}

const RANKS: ReadonlyMap<string, number> = new Map([...CLICK_IDS.keys()].map((name, rank) => [name, rank]));

/** Ids that several networks share do not say where the link was shown; the referrer sometimes does. */
function refine({ source, medium, networks }: ClickIdRule, network: Network | undefined) {
  if (!network) return { source, medium };
  if (source === 'google' && medium === 'cpc') {
    if (network.name === 'youtube') return { source: 'youtube', medium };
    return { source, medium: network.kind === 'ads' ? 'display' : medium };
  }
  const isShared = ['facebook', 'instagram', 'yandex', 'vk'].includes(source) && networks.includes(network.name);
  if (isShared) return { source: network.name, medium };
  // Adobe buys on many networks.
  const isBought = source === 'adobe' && ['search', 'social', 'video', 'shopping'].includes(network.kind);
  return isBought ? { source: network.name, medium: 'cpc' } : { source, medium };
}
