import type { Journey, Person, SourceFacts, StoredEvent, TouchKind } from '../../stores/contract.js';
import { apportion } from '../apportion.js';
import type { Classification } from '../channels/channels.js';
import { MODEL_NAMES, MODELS, type ModelName, wShaped } from '../models/one-journey.js';
import { type CommonQuery, type ReportContext, readLookback } from '../query.js';
import type { Credit } from './attribution.js';
import { askedOf, isWithinLookback, type Lookbacks, readLookbacks } from './lookbacks.js';

/** Which conversion, and how far back. All of time is looked through. */
export interface ExplainQuery extends Pick<CommonQuery, 'goal' | 'bots' | 'asKnownAt' | 'timezone'> {
  /** Days before the conversion in which touches count; default 30. */
  lookbackDays?: number | undefined;
  /** Other days for single kinds, as in `AttributionQuery`. */
  lookbacks?: Lookbacks | undefined;
}

/** One touch, why it is what it is, and what each model gives it. */
export interface ExplainedTouch extends Classification {
  at: string;
  /** What kind of touch; each kind may have a lookback of its own. */
  kind: TouchKind;
  /** The visitor came back from a payment or login page, or the touch has no visit; gets no credit. */
  counts: boolean;
  /** No touch was found, so the conversion counts as a direct visit at its own time. */
  assumed?: true;
  /** What the rules saw; as received. */
  facts: Omit<SourceFacts, 'key'>;
  /** The visit: its device, the client's session id, and the first event that shows the touch; null for other touches. */
  visit: { anonymousId?: string; session?: string; messageId: string } | null;
  credits: { [model in ModelName | 'w-shaped']: Credit };
}

/** A conversion with the touches, identities and rules behind each credit. */
export interface Explanation {
  report: 'explain';
  goal: string;
  lookbackDays: number;
  lookbacks: Lookbacks;
  /** Only where it was asked for: events received from then on do not count. */
  asKnownAt?: string;
  order: string;
  messageId: string;
  at: string;
  value: number;
  /** As the event names it, else the owner's. */
  currency: string | null;
  /** Who converted: all identifiers that are taken for one person, and since when. */
  person: string;
  identifiers: Person['identifiers'];
  /** Why these are one person: which events were seen that tie them, and from when. */
  identityLinks: Person['edges'];
  /** The touches, oldest first. For each model the credits add up to 1 conversion and to `value`. */
  rows: ExplainedTouch[];
}

const EXPLAINED = { ...MODELS, 'w-shaped': wShaped() };

/** Explains the credits of one conversion, by its order id or message id; undefined when there is none. */
export async function explainOrder(
  context: ReportContext,
  order: string,
  query: ExplainQuery = {},
): Promise<Explanation | undefined> {
  const lookbackDays = readLookback(query.lookbackDays);
  const lookbacks = readLookbacks(lookbackDays, query.lookbacks);
  const { goal = context.goal, bots = false } = query;
  const journey = await findJourney(context, { goal, bots, ...askedOf(lookbacks) }, order);
  if (!journey) return undefined;
  const person = await context.store.person(journey.person);
  const sources = await context.store.sources({ goal, bots: true });
  const facts = new Map(sources.map((one) => [one.key, one]));
  return {
    report: 'explain',
    goal,
    lookbackDays,
    lookbacks,
    ...(context.knownAt !== undefined && { asKnownAt: context.knownAt }),
    order: journey.orderId ?? order,
    messageId: journey.messageId,
    at: journey.at,
    value: journey.value,
    currency: journey.currency ?? context.currency ?? null,
    person: journey.person,
    identifiers: person?.identifiers ?? [],
    identityLinks: person?.edges ?? [],
    rows: withCredits(journey, touchesOf(context, journey, { facts, lookbacks, timeline: person?.timeline ?? [] })),
  };
}

async function findJourney(
  context: ReportContext,
  query: Parameters<ReportContext['store']['journeys']>[0],
  order: string,
) {
  for await (const journey of context.store.journeys(query)) {
    if (journey.orderId === order || journey.messageId === order) return journey;
  }
  return undefined;
}

type Uncredited = Omit<ExplainedTouch, 'credits'>;

interface Known {
  lookbacks: Lookbacks;
  facts: ReadonlyMap<string, SourceFacts>;
  timeline: readonly StoredEvent[];
}

function touchesOf({ channels }: ReportContext, journey: Journey, { facts, lookbacks, timeline }: Known): Uncredited[] {
  const recent = journey.touches.filter((touch) => isWithinLookback(touch, journey, lookbacks));
  const touches = recent.map(({ at, sourceKey, kind }): Uncredited => {
    const { key: _, ...seen } = facts.get(sourceKey) ?? { key: sourceKey };
    const found = channels.classify({ key: sourceKey, ...seen });
    return {
      at,
      kind: kind ?? 'visit',
      ...found,
      counts: !found.detour,
      facts: seen,
      visit: kind ? null : visitAt(timeline, at),
    };
  });
  if (touches.some(({ counts }) => counts)) return touches;
  const direct = channels.classify({ key: '' });
  return [
    ...touches,
    { at: journey.at, kind: 'visit', ...direct, counts: true, assumed: true, facts: {}, visit: null },
  ];
}

/** The visit that a touch began: that of the first page or screen at or after it. */
function visitAt(timeline: readonly StoredEvent[], at: string): ExplainedTouch['visit'] {
  const from = Date.parse(at);
  const event = timeline.find(
    ({ type, timestamp, context }) =>
      (type === 'page' || type === 'screen' || context?.page?.url !== undefined) && Date.parse(timestamp) >= from,
  );
  if (!event) return null;
  const session = event.context?.filrouge?.session?.id;
  return {
    ...(event.anonymousId !== undefined && { anonymousId: event.anonymousId }),
    ...(session !== undefined && { session }),
    messageId: event.messageId,
  };
}

function withCredits(journey: Journey, touches: readonly Uncredited[]): ExplainedTouch[] {
  const counted = touches.filter(({ counts }) => counts);
  const models = [...MODEL_NAMES, 'w-shaped' as const];
  const shares = models.map((model) => {
    const seen = counted.map(({ at, channel }) => ({ at: Date.parse(at), direct: channel === 'Direct' }));
    const weights = EXPLAINED[model](seen, Date.parse(journey.at));
    const revenue = apportion(
      weights.map((weight) => weight * journey.value),
      2,
      journey.value,
    );
    const conversions = apportion(weights, 6, 1);
    return { conversions, revenue };
  });
  return touches.map((touch): ExplainedTouch => {
    const index = counted.indexOf(touch);
    const credits = models.map((model, m): [string, Credit] => [
      model,
      { conversions: shares[m]?.conversions[index] ?? 0, revenue: shares[m]?.revenue[index] ?? 0 },
    ]);
    return { ...touch, credits: Object.fromEntries(credits) as ExplainedTouch['credits'] };
  });
}
