import type { SourceFacts } from '../stores/contract.js';
import type { Channels, Classification } from './channels/channels.js';

/**
 * What a visit can be labelled by. `medium` is shown as Google Analytics does, `source / medium`; `touchpoint` is channel,
 * source and campaign, as far as they are known: `Email: letter / weekly`.
 */
export const DIMENSIONS = ['channel', 'source', 'medium', 'campaign', 'touchpoint'] as const;

/** One way of labelling visits. */
export type Dimension = (typeof DIMENSIONS)[number];

/** A touch's label and what the models must know of it. */
export interface TouchLabel {
  label: string;
  direct: boolean;
  /** Not a touch: the visitor came back from a payment or login page. */
  detour: boolean;
}

/** The label for each `SourceFacts.key`. */
export function labelSources(
  sources: readonly SourceFacts[],
  channels: Channels,
  by: Dimension,
): Map<string, TouchLabel> {
  return new Map(
    sources.map((facts) => {
      const found = channels.classify(facts);
      return [
        facts.key,
        { label: labelOf(found, by), direct: found.channel === 'Direct', detour: found.detour ?? false },
      ];
    }),
  );
}

/** The label of a conversion that no touch led to: `Direct` (as a touchpoint, too), `(direct)`, `(direct) / (none)`, `(not set)`. */
export function directLabel(channels: Channels, by: Dimension): string {
  return labelOf(channels.classify({ key: '' }), by);
}

/** The label of a source that came while the answer was made: its facts are not known yet, so it is not called direct. */
export function unknownLabel(by: Dimension): string {
  return by === 'channel' || by === 'touchpoint' ? 'Unassigned' : '(not set)';
}

/** Between the channel of a touchpoint and the rest of its name. */
export const AFTER_CHANNEL = ': ';

const UNKNOWN: ReadonlySet<string | undefined> = new Set([undefined, '(direct)', '(not set)']);

function labelOf(found: Classification, by: Dimension): string {
  if (by === 'medium') return `${found.source} / ${found.medium}`;
  if (by === 'touchpoint') {
    const known = [found.source, found.campaign].filter((one) => !UNKNOWN.has(one));
    return known.length > 0 ? `${found.channel}${AFTER_CHANNEL}${known.join(' / ')}` : found.channel;
  }
  return found[by] ?? '(not set)';
}
