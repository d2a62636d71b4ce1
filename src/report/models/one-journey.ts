import { DAY_MS } from '../../protocol/time.js';
import { badQuery } from '../bad-query.js';

/** A touch as an attribution model sees it. */
export interface ModelTouch {
  /** When, in ms. */
  at: number;
  /** The visitor came by themselves, without campaign or referrer. */
  direct: boolean;
  /** With this touch the person became a lead; where none has it, `wShaped` takes the one in the middle. */
  lead?: boolean;
}

/**
 * Divides one conversion among the touches of its path (oldest first; of none, nothing). The credits stand in the order of
 * the touches, none is negative, and added up in that order they give exactly 1. `convertedAt`, in ms, is not before them.
 */
export type Model = (touches: readonly ModelTouch[], convertedAt: number) => number[];

/** The names of the built-in models, as the API takes them. */
export const MODEL_NAMES = ['first', 'last', 'last-non-direct', 'linear', 'position', 'time-decay'] as const;

/** A built-in model. */
export type ModelName = (typeof MODEL_NAMES)[number];

/** All credit to the first touch. */
export const first: Model = (touches) => allTo(touches, 0);

/** All credit to the last touch. */
export const last: Model = (touches) => allTo(touches, touches.length - 1);

/** All credit to the last touch that was not direct; to the last touch when all were. */
export const lastNonDirect: Model = (touches) => {
  const index = touches.map((touch) => touch.direct).lastIndexOf(false);
  return allTo(touches, index < 0 ? touches.length - 1 : index);
};

/** Equal credit to every touch, by occurrence: a channel that was touched twice gets two parts. */
export const linear: Model = (touches) => share(touches.map(() => 1));

/**
 * So much to the first, to those between (equally) and to the last; weights on any scale, 40 / 20 / 40 unless told (as in
 * Universal Analytics). What two touches get is the first and last weight scaled up (50 / 50 when both are 0); one touch
 * gets all. Throws `BadQuery` for weights below 0, or all 0.
 */
export function positionBased(weights: PositionWeights = [40, 20, 40]): Model {
  checkWeights(weights, 'first, between, last');
  const [start, middle, end] = weights;
  return (touches) => {
    const between = touches.length - 2;
    if (between < 0) return touches.map(() => 1);
    if (between === 0) return share(start + end > 0 ? [start, end] : [1, 1]);
    return share(touches.map((_, i) => (i === 0 ? start : i === between + 1 ? end : middle / between)));
  };
}

/** Weights of the first touch, of all between together, and of the last. */
export type PositionWeights = readonly [first: number, middle: number, last: number];

/** 40 % to the first, 40 % to the last, the rest equally between; 50 / 50 for two touches, 100 % for one. */
export const position: Model = positionBased();

/**
 * So much to the first touch, to the one that made a lead, to the last, and to all others (equally); 30 / 30 / 30 / 10
 * unless told. Without a known lead touch it is the one in the middle, of two in the middle the earlier: the 2nd of 3
 * and of 4, the 3rd of 5; of two touches none. A touch that is both first (or last) and lead gets both weights. Where
 * there are no others, their weight goes to the milestones in proportion: 3 touches get a third each, 2 a half. Marketo
 * Measure (Bizible), whose model this is, counts opportunities: there the last touch is the one that created the opportunity.
 * Throws `BadQuery` for weights below 0, or all 0.
 */
export function wShaped(weights: MilestoneWeights = [30, 30, 30, 10]): Model {
  checkWeights(weights, 'first, lead, last, all others');
  const [start, lead, end, rest] = weights;
  return (touches) => {
    const latest = touches.length - 1;
    const marked = touches.findIndex((touch) => touch.lead);
    const leading = marked >= 0 ? marked : latest >= 2 ? Math.floor(latest / 2) : -1;
    const milestones = new Set([0, latest, leading].filter((i) => i >= 0));
    const others = touches.length - milestones.size;
    const weights = touches.map((_, i) => {
      if (!milestones.has(i)) return rest / others;
      return (i === 0 ? start : 0) + (i === leading ? lead : 0) + (i === latest ? end : 0);
    });
    return share(weights.some((weight) => weight > 0) ? weights : touches.map(() => 1));
  };
}

/** Weights of the first touch, the lead touch, the last, and of all others together. */
export type MilestoneWeights = readonly [first: number, lead: number, last: number, rest: number];

/**
 * Credit halves with every half-life (days, default 7, as in Universal Analytics) between touch and conversion, continuously:
 * 3.5 days count 2^-0.5 (early versions of MAM halve once for each started period). Throws `BadQuery` for a half-life that is
 * not above 0, and for a touch without time.
 */
export function timeDecay(halfLifeDays = 7): Model {
  if (!(halfLifeDays > 0 && Number.isFinite(halfLifeDays))) throw badQuery('halfLifeDays', halfLifeDays, 'above 0');
  const halfLifeMs = halfLifeDays * DAY_MS;
  return (touches) => {
    // Relative to the latest touch, whose weight is then 1: however old the path, the weights cannot all underflow to 0.
    // The time from there to the conversion is a common factor and cancels out.
    const latest = touches.reduce((max, touch) => Math.max(max, touch.at), Number.NEGATIVE_INFINITY);
    if (Number.isNaN(latest)) throw badQuery('at', latest, 'a time in ms');
    return share(touches.map((touch) => 2 ** ((touch.at - latest) / halfLifeMs)));
  };
}

/** The built-in models with their default settings. */
export const MODELS: Readonly<Record<ModelName, Model>> = {
  first,
  last,
  'last-non-direct': lastNonDirect,
  linear,
  position,
  'time-decay': timeDecay(),
};

/** Throws `BadQuery` for weights that do not divide anything. */
export function checkWeights(weights: readonly number[], names: string): void {
  const isFine =
    Array.isArray(weights) &&
    weights.every((weight) => Number.isFinite(weight) && weight >= 0) &&
    weights.some((weight) => weight > 0);
  if (!isFine) throw badQuery('weights', weights, `numbers from 0, not all 0: ${names}`);
}

function allTo(touches: readonly ModelTouch[], index: number): number[] {
  return touches.map((_, i) => (i === index ? 1 : 0));
}

/**
 * Scales weights (none below 0, one above) to the sum 1. The last that is above 0 takes what rounding left over, so that
 * the sum is 1 to the last bit; a touch without weight gets nothing, and never less.
 */
function share(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const last = weights.map((weight) => weight > 0).lastIndexOf(true);
  let given = 0;
  return weights.map((weight, i) => {
    if (i === last) return Math.max(0, 1 - given);
    const credit = weight / total;
    given += credit;
    return credit;
  });
}
