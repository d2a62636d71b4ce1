import { badQuery } from '../bad-query.js';
import { channelSets, eachDistinct } from './channel-sets.js';
import type { Credits, PathModel } from './credits.js';
import { type PathTable, sumOf } from './path-table.js';
import { createRandom } from './random.js';
import { NO_CHANNEL } from './rows.js';
import { MOST_PLAYERS, sampleShapley, shapleyValues } from './shapley.js';

/** What a coalition of channels is worth. */
export const GAMES = ['conversions', 'rate', 'coalitions'] as const;

/** One of them. */
export type Game = (typeof GAMES)[number];

/** Settings of `shapley`. */
export interface ShapleyOptions {
  /**
   * `conversions` (default): the conversions of paths that lie within the coalition. `rate`: the share of people who
   * converted, of those whose path lies within it. `coalitions`: the rows *are* the game: a row's conversions (and value)
   * are the worth of the coalition of its channels, in any order; rows of one coalition add up, coalitions without a row are
   * worth 0. A row with an empty path is the worth of nobody, which stays with `(none)`.
   */
  game?: Game | undefined;
  /**
   * How many orders of joining to draw in the rate game with more than 15 channels; default: as many as take about a
   * second, at most 40,000.
   */
  samples?: number | undefined;
  /** Same seed, same draws; default 1. */
  seed?: number | undefined;
}

/** The most channels for which the rate game is solved exactly. */
const MOST_EXACT = 15;

/** Credits by Shapley value of a game between the channels. */
export function shapley({ game = 'conversions', samples, seed = 1 }: ShapleyOptions = {}): PathModel {
  if (game === 'conversions') return conversionsGame;
  if (game === 'coalitions') return coalitionsGame;
  return (table) => (table.channels.length <= MOST_EXACT ? exactRate(table) : sampledRate(table, { samples, seed }));
}

/**
 * The conversions game in closed form: a path within a coalition is one when all its channels are, so each conversion is
 * a game of its own, in which the distinct channels of its path are equals (Zhao et al. 2018).
 */
function conversionsGame(table: PathTable): Credits {
  const credits = emptyCredits(table);
  eachDistinct(table, (path, channels) => {
    const converted = (table.conversions[path] ?? 0) / channels.length;
    const value = (table.values[path] ?? 0) / channels.length;
    for (const channel of channels) {
      credits.conversions[channel] = (credits.conversions[channel] ?? 0) + converted;
      credits.values[channel] = (credits.values[channel] ?? 0) + value;
    }
  });
  return { ...credits, details: { game: 'conversions', exact: true } };
}

function coalitionsGame(table: PathTable): Credits {
  const players = table.channels.length;
  if (players > MOST_PLAYERS) throw badQuery('game', 'coalitions', `played by at most ${MOST_PLAYERS} channels`);
  const worths = worthsOf(table);
  // The worth of the empty coalition came as that of a channel of its own, which is in no other coalition.
  const nobody = 1 << table.channels.indexOf(NO_CHANNEL);
  const isAlone = worths.rows.every((count, coalition) => !count || coalition === nobody || !(coalition & nobody));
  const empty = table.channels.includes(NO_CHANNEL) && isAlone ? nobody : 0;
  const all = (2 ** players - 1) & ~empty || empty;
  const solve = (column: Float64Array) =>
    Float64Array.from(
      shapleyValues(players, (set) => column[set & ~empty || empty] ?? 0),
      (value, i) => (1 << i === empty ? (column[empty] ?? 0) : value),
    );
  return {
    conversions: solve(worths.conversions),
    values: solve(worths.values),
    totals: { conversions: worths.conversions[all] ?? 0, value: worths.values[all] ?? 0 },
    details: { game: 'coalitions', exact: true },
    notices: worths.rows[all] || players === 0 ? [] : [NO_GRAND],
  };
}

const NO_GRAND = 'No row has all channels, so all together are worth 0, and credits add up to that.';

/** In both rate games the values add up to the rate of all people; times people they are conversions. */
function exactRate(table: PathTable): Credits {
  const players = table.channels.length;
  const { conversions, values, people } = worthsOf(table);
  for (const worths of [conversions, values, people]) sumSubsets(worths, players);
  const all = people.at(-1) ?? 0;
  const perPerson = (worths: Float64Array) => (coalition: number) =>
    (people[coalition] ?? 0) > 0 ? (worths[coalition] ?? 0) / (people[coalition] ?? 1) : 0;
  return {
    conversions: Float64Array.from(shapleyValues(players, perPerson(conversions)), (value) => value * all),
    values: Float64Array.from(shapleyValues(players, perPerson(values)), (value) => value * all),
    details: { game: 'rate', exact: true },
    notices: rateNotices(table),
  };
}

function sampledRate(table: PathTable, { samples, seed }: { samples: number | undefined; seed: number }): Credits {
  const players = table.channels.length;
  const sets = channelSets(table);
  const affordable = Math.floor(5e7 / (sets.members.length + players));
  const pairs =
    samples === undefined ? Math.min(20_000, Math.max(50, affordable)) : Math.max(1, Math.round(samples / 2));
  const all = sumOf(table.conversions) + sumOf(table.nulls);
  const rank = new Uint32Array(players);
  const steps = [new Float64Array(players), new Float64Array(players), new Float64Array(players)] as const;
  const added = [new Float64Array(players), new Float64Array(players)] as const;
  const walk = (order: Uint32Array): readonly Float64Array[] => {
    for (let i = 0; i < players; i++) rank[order[i] ?? 0] = i;
    for (const step of steps) step.fill(0);
    for (let set = 0; set < sets.size; set++) {
      // A set lies within the coalition from the moment its last member joins.
      let last = 0;
      for (let m = sets.offsets[set] ?? 0; m < (sets.offsets[set + 1] ?? 0); m++) {
        last = Math.max(last, rank[sets.members[m] ?? 0] ?? 0);
      }
      steps[0][last] = (steps[0][last] ?? 0) + (sets.conversions[set] ?? 0);
      steps[1][last] = (steps[1][last] ?? 0) + (sets.values[set] ?? 0);
      steps[2][last] = (steps[2][last] ?? 0) + (sets.conversions[set] ?? 0) + (sets.nulls[set] ?? 0);
    }
    let [conversions, values, people, rate, worth] = [0, 0, 0, 0, 0];
    for (let i = 0; i < players; i++) {
      conversions += steps[0][i] ?? 0;
      values += steps[1][i] ?? 0;
      people += steps[2][i] ?? 0;
      const [newRate, newWorth] = people > 0 ? [conversions / people, values / people] : [0, 0];
      added[0][order[i] ?? 0] = newRate - rate;
      added[1][order[i] ?? 0] = newWorth - worth;
      [rate, worth] = [newRate, newWorth];
    }
    return added;
  };
  const [byRate, byWorth] = sampleShapley(players, pairs, createRandom(seed), { games: 2, walk });
  const scale = (column: Float64Array | undefined) => (column ?? new Float64Array(players)).map((value) => value * all);
  return {
    conversions: scale(byRate?.values),
    values: scale(byWorth?.values),
    perChannel: { standardError: scale(byRate?.standardErrors), valueStandardError: scale(byWorth?.standardErrors) },
    details: { game: 'rate', exact: false, samples: pairs * 2, seed },
    notices: rateNotices(table),
  };
}

function rateNotices(table: PathTable): string[] {
  return sumOf(table.nulls) > 0
    ? []
    : ['No path without conversion is known: every coalition that reached anyone has the rate 1.'];
}

/** Conversions, values, people and rows of each exact set of channels, by bit mask. */
function worthsOf(table: PathTable) {
  const size = 2 ** table.channels.length;
  const [conversions, values, people] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  const rows = new Uint32Array(size);
  eachDistinct(table, (path, channels) => {
    let mask = 0;
    for (const channel of channels) mask |= 1 << channel;
    const converted = table.conversions[path] ?? 0;
    conversions[mask] = (conversions[mask] ?? 0) + converted;
    values[mask] = (values[mask] ?? 0) + (table.values[path] ?? 0);
    people[mask] = (people[mask] ?? 0) + converted + (table.nulls[path] ?? 0);
    rows[mask] = (rows[mask] ?? 0) + 1;
  });
  return { conversions, values, people, rows };
}

/** Replaces what belongs to each set by the sum over all its subsets. */
function sumSubsets(worths: Float64Array, players: number): void {
  for (let i = 0; i < players; i++) {
    const bit = 1 << i;
    for (let set = 0; set < worths.length; set++) {
      if (set & bit) worths[set] = (worths[set] ?? 0) + (worths[set ^ bit] ?? 0);
    }
  }
}

function emptyCredits({ channels }: PathTable): Credits {
  return { conversions: new Float64Array(channels.length), values: new Float64Array(channels.length) };
}
