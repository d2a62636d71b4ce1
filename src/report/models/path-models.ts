import { badQuery } from '../bad-query.js';
import type { PathModel } from './credits.js';
import { GAMES, type Game, shapley } from './games.js';
import { decaying, eachPath } from './heuristics.js';
import { markov } from './markov.js';
import { checkWeights, MODEL_NAMES, MODELS, positionBased, timeDecay, wShaped } from './one-journey.js';
import { orderedShapley } from './ordered-shapley.js';
import { shaoLi } from './shao-li.js';

/** Every model, by name: those of `MODEL_NAMES`, which look at one path at a time, and those that need many. */
export const PATH_MODEL_NAMES = [
  ...MODEL_NAMES,
  'w-shaped',
  'markov',
  'shapley',
  'ordered-shapley',
  'data-driven',
] as const;

/** One of them. */
export type PathModelName = (typeof PATH_MODEL_NAMES)[number];

/** Settings of the models; one that the model does not use is ignored, but checked. A wrong one is a `BadQuery`. */
export interface ModelSettings {
  /** `markov`: how many channels back the next step depends on, 1 to 4; default 1 (Anderl et al. 2016). */
  order?: number | undefined;
  /** `markov`: list the transitions in `details`; default true. */
  transitions?: boolean | undefined;
  /**
   * From 0, on any scale. `position`: first, all between, last (40, 20, 40, as in Universal Analytics); or first and last as
   * parts of 1, the rest is between. `w-shaped`: first, lead, last, all others (30, 30, 30, 10, as in Marketo Measure).
   */
  weights?: readonly number[] | undefined;
  /** `time-decay`: days after which a touch counts half, above 0, parts of days too; default 7, as in Universal Analytics. */
  halfLifeDays?: number | undefined;
  /** `shapley`: what a coalition is worth, see `ShapleyOptions`; default `conversions` (Zhao et al. 2018). */
  game?: Game | undefined;
  /**
   * `shapley` in the rate game with more than 15 channels: orders of joining to draw, from 2; default as many as take about a
   * second, at most 40,000.
   */
  samples?: number | undefined;
  /** Same seed, same draws, for sampling and intervals; default 1. */
  seed?: number | undefined;
  /**
   * `last-non-direct`: the channel names that are direct visits, to the letter; default `Direct`, `(direct)`, Google's
   * `(direct) / (none)` and HubSpot's `Direct traffic`, in any case.
   */
  direct?: readonly string[] | undefined;
}

/** The settings that a report over a store takes. */
export type StoreModelSettings = Pick<ModelSettings, 'order' | 'weights' | 'halfLifeDays' | 'seed' | 'samples'> & {
  /** As in `ModelSettings`; coalitions are no journeys. */
  game?: Exclude<Game, 'coalitions'> | undefined;
};

/** True for models that look at the paths without conversion, too. */
export function usesNulls(model: PathModelName, { game }: StoreModelSettings): boolean {
  return model === 'markov' || model === 'data-driven' || (model === 'shapley' && game === 'rate');
}

/** The model with its settings. Throws `BadQuery` for a value that has no meaning. */
export function pathModel(model: PathModelName, settings: ModelSettings): PathModel {
  const { order: back = 1, halfLifeDays = 7, game, samples, seed = 1, weights, transitions, direct } = settings;
  checkWhole('order', back, 1, 4);
  checkWhole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
  if (samples !== undefined) checkWhole('samples', samples, 2, 10_000_000);
  const decay = timeDecay(halfLifeDays);
  if (game !== undefined && !GAMES.includes(game)) throw badQuery('game', game, GAMES);
  switch (model) {
    case 'first':
    case 'last':
    case 'linear':
      return eachPath(MODELS[model], { onlyLength: true });
    case 'last-non-direct':
      return eachPath(MODELS[model], { isDirect: directTest(direct) });
    case 'position':
      return eachPath(positionBased(positionWeights(weights)), { onlyLength: true });
    case 'w-shaped':
      return eachPath(wShaped(milestoneWeights(weights)), { onlyLength: true });
    case 'time-decay':
      return decaying(decay);
    case 'markov':
      return markov({ order: back, transitions });
    case 'shapley':
      return shapley({ game, samples, seed });
    case 'ordered-shapley':
      return orderedShapley;
    case 'data-driven':
      return shaoLi;
    default:
      throw badQuery('model', model, PATH_MODEL_NAMES);
  }
}

/** Throws `BadQuery` unless it is a whole number in the range. */
export function checkWhole(parameter: string, value: unknown, least: number, most: number): void {
  if (!Number.isInteger(value) || Number(value) < least || Number(value) > most)
    throw badQuery(parameter, value, `a whole number from ${least} to ${most}`);
}

const DIRECT = ['direct', '(direct)', '(direct) / (none)', 'direct traffic'];

function directTest(names: readonly string[] | undefined): (channel: string) => boolean {
  if (names && !Array.isArray(names)) throw badQuery('direct', names, 'a list of channel names');
  if (names) return (channel) => names.includes(channel);
  return (channel) => DIRECT.includes(channel.toLowerCase());
}

function positionWeights(weights: readonly number[] | undefined): readonly [number, number, number] {
  if (!weights) return [40, 20, 40];
  checkWeights(weights, 'first, between, last; or first and last as parts of 1');
  const [first = 0, second = 0, third] = weights;
  if (weights.length === 2 && first + second <= 1) return [first, 1 - first - second, second];
  if (weights.length !== 3 || third === undefined)
    throw badQuery('weights', weights, 'three numbers (first, between, last), or first and last as parts of 1');
  return [first, second, third];
}

function milestoneWeights(weights: readonly number[] | undefined): readonly [number, number, number, number] {
  if (!weights) return [30, 30, 30, 10];
  checkWeights(weights, 'first, lead, last, all others');
  const [first = 0, lead = 0, last = 0, rest = 0] = weights;
  if (weights.length !== 4) throw badQuery('weights', weights, 'four numbers: first, lead, last, all others');
  return [first, lead, last, rest];
}
