import type { Journey } from '../../stores/contract.js';
import { isoMs } from '../../stores/iso-times.js';
import { goalEvents } from '../../stores/order.js';
import { type Dimension, directLabel, type TouchLabel } from '../labels.js';
import type { ModelTouch } from '../models/one-journey.js';
import { createPathBook } from '../people/books/path-book.js';
import { type PeoplePlan, readPeople } from '../people/read/scene.js';
import { createLabels } from '../people/read/store-labels.js';
import { type ReportContext, type readCommon, withLookback } from '../query.js';
import { askedOf, isNear, type Lookbacks, longestLookback } from './lookbacks.js';
import { type PathShape, shapeTouches } from './path-shape.js';

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
  /** The order number, else the message id of the conversion; absent where people are read without names. */
  id?: string;
}

/** Which journeys, labelled how. */
export interface PathQuery {
  head: ReturnType<typeof readCommon>;
  by: Dimension;
  lookbacks: Lookbacks;
  shape: PathShape;
  segment?: string | undefined;
}

/**
 * The store's journeys, labelled. Returns from payment and login pages are no touches. A conversion that no touch led to
 * gets one direct touch at its own time, so that its credit goes to `Direct` and is never dropped.
 */
export async function* labelledPaths(context: ReportContext, query: PathQuery): AsyncGenerator<Path> {
  // What came before a conversion only the whole person shows.
  if (query.segment || query.shape.cut) {
    yield* await pathsOfPeople(context, query);
    return;
  }
  const { rulesVersion: _, ...counted } = query.head;
  const { by, lookbacks } = query;
  const labels = createLabels(context, withLookback(counted, longestLookback(lookbacks)), by);
  await labels.learn();
  const direct = directLabel(context.channels, by);
  for await (const journey of context.store.journeys({ ...counted, ...askedOf(lookbacks) })) {
    const convertedAt = isoMs(journey.at);
    // A source that came after the first question.
    if (labels.misses(journey.touches.map(({ sourceKey }) => sourceKey))) await labels.learn();
    const touches = touchesOf(journey, { convertedAt, lookbacks }, (key) => labels.of(key, by));
    if (touches.length === 0) touches.push({ at: convertedAt, direct: true, label: direct });
    yield {
      convertedAt,
      value: journey.value,
      currency: journey.currency ?? context.currency,
      touches: shapeTouches(touches, query.shape),
      id: journey.orderId ?? journey.messageId,
    };
  }
}

/** The same paths, out of whole people: those of a segment, or cut at conversions, of which a store's journeys do not know. */
export async function pathsOfPeople(
  context: ReportContext,
  { head, by, lookbacks, shape, segment }: PathQuery,
): Promise<Path[]> {
  const plan: PeoplePlan = { events: goalEvents(head.goal), only: 'asked', by, days: longestLookback(lookbacks) };
  const paths = await readPeople(context, { head, query: { segment }, plan }, (scene) => {
    const book = createPathBook(scene, lookbacks, { cut: shape.cut });
    return { add: book.add, result: book.close };
  });
  return paths.map((path) => ({ ...path, touches: shapeTouches(path.touches, shape) }));
}

function touchesOf(
  journey: Journey,
  { convertedAt, lookbacks }: { convertedAt: number; lookbacks: Lookbacks },
  labelOf: (key: string) => TouchLabel,
): LabelledTouch[] {
  const touches: LabelledTouch[] = [];
  for (const { at: time, sourceKey, kind } of journey.touches) {
    const { label, direct, detour } = labelOf(sourceKey);
    const at = isoMs(time);
    if (!detour && isNear({ at, kind }, convertedAt, lookbacks)) touches.push({ at, direct, label });
  }
  return touches;
}
