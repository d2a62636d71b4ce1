import type { Journey } from '../stores/contract.js';
import { type Dimension, directLabel, labelSources, type TouchLabel, unknownLabel } from './labels.js';
import type { ModelTouch } from './models.js';
import { type ReportContext, type readCommon, withLookback } from './query.js';

/** A touch with its label. */
export interface LabelledTouch extends ModelTouch {
  label: string;
}

/** One conversion and its labelled touches; never without a touch. */
export interface Path {
  /** When the conversion happened, ms. */
  convertedAt: number;
  value: number;
  currency: string | undefined;
  touches: LabelledTouch[];
}

/** Which journeys, labelled how. */
export interface PathQuery {
  head: ReturnType<typeof readCommon>;
  by: Dimension;
  lookbackDays: number;
  /** Take consecutive touches with the same label as one, at the time of the first. */
  collapse: boolean;
}

/**
 * The store's journeys, labelled. Returns from payment and login pages are no touches. A conversion that no touch led to
 * gets one direct touch at its own time, so that its credit goes to `Direct` and is never dropped.
 */
export async function* labelledPaths(context: ReportContext, query: PathQuery): AsyncGenerator<Path> {
  const { rulesVersion: _, ...counted } = query.head;
  const { by, lookbackDays } = query;
  const sources = await context.store.sources(withLookback(counted, lookbackDays));
  const labels = labelSources(sources, context.channels, by);
  const unknown = { label: unknownLabel(by), direct: false, detour: false };
  const direct = directLabel(context.channels, by);
  for await (const journey of context.store.journeys({ ...counted, lookbackDays })) {
    const convertedAt = Date.parse(journey.at);
    const touches = touchesOf(journey, labels, unknown);
    if (touches.length === 0) touches.push({ at: convertedAt, direct: true, label: direct });
    yield {
      convertedAt,
      value: journey.value,
      currency: journey.currency,
      touches: query.collapse ? collapse(touches) : touches,
    };
  }
}

/** The currency of all paths; null when there are several, or none is known. Sums over several mean nothing. */
export function oneCurrency(seen: ReadonlySet<string>): string | null {
  const [currency] = seen;
  return seen.size === 1 && currency !== undefined ? currency : null;
}

function touchesOf(journey: Journey, labels: ReadonlyMap<string, TouchLabel>, unknown: TouchLabel): LabelledTouch[] {
  const touches: LabelledTouch[] = [];
  for (const { at, sourceKey } of journey.touches) {
    const { label, direct, detour } = labels.get(sourceKey) ?? unknown;
    if (!detour) touches.push({ at: Date.parse(at), direct, label });
  }
  return touches;
}

/** Takes consecutive touches with the same label as one, at the time of the first. */
export function collapse(touches: readonly LabelledTouch[]): LabelledTouch[] {
  return touches.filter((touch, i) => touch.label !== touches[i - 1]?.label);
}
