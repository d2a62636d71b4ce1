import { buildChain, type Chain } from './chain.js';
import { type Credits, divide, type PathModel } from './credits.js';
import { type Removals, removeByElimination } from './eliminate.js';
import { type PathTable, sumOf } from './path-table.js';
import { removeByPushing } from './push.js';

/** Settings of `markov`. */
export interface MarkovOptions {
  /** How many channels back the next step depends on, 1 to 4; default 1. */
  order?: number | undefined;
  /** List the transitions; default true. */
  transitions?: boolean | undefined;
}

/** One step of the chain. */
export interface Transition {
  /** The last channels, oldest first; empty at the start. */
  from: string[];
  to: string[] | 'conversion' | 'null';
  /** Journeys that took the step, and their share of those that were at `from`. */
  journeys: number;
  probability: number;
}

/** What is known of the chain as a whole. */
export interface MarkovDetails {
  order: number;
  states: number;
  /** The chance to convert from the start: conversions / (conversions + nulls), at any order. */
  conversionProbability: number | null;
  transitions?: Transition[];
}

/**
 * Credits by removal effect (Anderl et al. 2016): how much of the chance to convert is lost when every step into a channel
 * ends the journey. Conversions are divided in proportion to the effects on conversions, value in proportion to those on
 * value (where values are negative, or come without conversions: in proportion to those on conversions). Solved exactly,
 * not simulated.
 */
export function markov({ order = 1, transitions = true }: MarkovOptions = {}): PathModel {
  return (table) => {
    const [conversions, nulls, value] = [table.conversions, table.nulls, table.values].map(sumOf) as [
      number,
      number,
      number,
    ];
    const chain = buildChain(table, order);
    const lost = remove(chain, table);
    const effects = lost.converted.map((part) => (conversions ? part / conversions : 0));
    const onValue = lost.value.map((part) => (value ? part / value : 0));
    const isSigned = table.values.some((one) => one < 0);
    const details: MarkovDetails = {
      order,
      states: chain.states.length - 1,
      conversionProbability: conversions + nulls > 0 ? conversions / (conversions + nulls) : null,
      ...(transitions && { transitions: listTransitions(chain, table.channels) }),
    };
    return {
      conversions: divide(conversions, effects),
      values: divide(value, isSigned || onValue.every((effect) => effect === 0) ? effects : onValue),
      perChannel: {
        removalEffect: Array.from(effects, (effect) => (conversions ? effect : null)),
        valueRemovalEffect: Array.from(onValue, (effect) => (value && !isSigned ? effect : null)),
      },
      details: { ...details },
      notices: nulls ? [] : [NO_NULLS],
    } satisfies Credits;
  };
}

const NO_NULLS =
  'No path without conversion is known, so every journey of the chain converts; shares differ from those with nulls.';

/** The most states for which a matrix is made: 3,000 are 72 MB. */
const MOST_DENSE = 3000;

function remove(chain: Chain, table: PathTable): Removals {
  const channels = table.channels.length;
  const states = chain.states.length;
  // Estimated steps. How long flow must be followed depends on how far a visitor in the middle of a path is from its end.
  const dense = states ** 3;
  const sparse = channels * chain.flow.length * 30 * (1 + ownLength(table));
  return states <= MOST_DENSE && dense <= sparse
    ? removeByElimination(chain, channels)
    : removeByPushing(chain, channels);
}

/** The length of the path that a touch is on, on average. */
function ownLength(table: PathTable): number {
  let touches = 0;
  let squares = 0;
  for (let i = 0; i < table.size; i++) {
    const journeys = (table.conversions[i] ?? 0) + (table.nulls[i] ?? 0);
    const length = (table.offsets[i + 1] ?? 0) - (table.offsets[i] ?? 0);
    touches += journeys * length;
    squares += journeys * length * length;
  }
  return touches ? squares / touches : 0;
}

function listTransitions(chain: Chain, channels: readonly string[]): Transition[] {
  const out = chain.states.map((_, state) => (chain.converted[state] ?? 0) + (chain.lost[state] ?? 0));
  chain.flow.forEach((flow, edge) => {
    const state = chain.from[edge] ?? 0;
    out[state] = (out[state] ?? 0) + flow;
  });
  const names = chain.states.map((tail) => tail.map((channel) => channels[channel] ?? ''));
  const step = (state: number, to: Transition['to'], journeys: number): Transition => ({
    from: names[state] ?? [],
    to,
    journeys,
    probability: journeys / (out[state] ?? 1),
  });
  return [
    ...chain.flow.map((flow, edge) => step(chain.from[edge] ?? 0, names[chain.to[edge] ?? 0] ?? [], flow)),
    ...chain.states.map((_, state) => step(state, 'conversion', chain.converted[state] ?? 0)),
    ...chain.states.map((_, state) => step(state, 'null', chain.lost[state] ?? 0)),
  ].filter(({ journeys }) => journeys > 0);
}
