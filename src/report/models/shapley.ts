import type { Random } from './random.js';

/** The most players whose coalitions are all looked at by `shapleyValues`. */
export const MOST_PLAYERS = 20;

/**
 * Shapley values of a game, exactly: each player's contribution to a coalition, averaged over all orders of joining. `worth`
 * is asked once for each coalition, a bit mask (bit i = player i is in), the empty one included: the values add up to what
 * all are worth beyond nobody (L. S. Shapley 1953). Up to 20 players, which take a second. Throws `RangeError` for more, and
 * for a worth that is no number.
 */
export function shapleyValues(players: number, worth: (coalition: number) => number): number[] {
  if (!Number.isInteger(players) || players < 0 || players > MOST_PLAYERS)
    throw new RangeError(`shapleyValues takes 0 to ${MOST_PLAYERS} players, not ${players}.`);
  const worths = Float64Array.from({ length: 2 ** players }, (_, coalition) => worth(coalition));
  const odd = worths.findIndex((one) => !Number.isFinite(one));
  if (odd >= 0) throw new RangeError(`shapleyValues: the worth of coalition ${odd} is ${worths[odd]}, not a number.`);
  const weights = coalitionWeights(players);
  const values = new Array<number>(players).fill(0);
  for (let coalition = 0; coalition < worths.length; coalition++) {
    const weight = weights[countBits(coalition)] ?? 0;
    const before = worths[coalition] ?? 0;
    for (let i = 0; i < players; i++) {
      const joined = coalition | (1 << i);
      if (joined !== coalition) values[i] = (values[i] ?? 0) + weight * ((worths[joined] ?? 0) - before);
    }
  }
  return values;
}

/** |S|! (n - |S| - 1)! / n! for each size of S: one in n times the number of S of this size. */
function coalitionWeights(players: number): number[] {
  const weights: number[] = [];
  let weight = 1 / players;
  for (let size = 0; size < players; size++) {
    weights.push(weight);
    weight *= (size + 1) / (players - 1 - size);
  }
  return weights;
}

function countBits(mask: number): number {
  let count = 0;
  for (let rest = mask; rest; rest &= rest - 1) count += 1;
  return count;
}

/** Shapley values of one game by sampling. */
export interface Sampled {
  values: Float64Array;
  standardErrors: Float64Array;
}

/**
 * Shapley values by random orders of joining. Orders come in pairs, one the reverse of the other: where players share a
 * worth, one is early when the other is late, which cancels much of the chance. `walk` gives, for an order, what each
 * player adds on joining (by player), for each of `games` games at once.
 */
export function sampleShapley(
  players: number,
  pairs: number,
  random: Random,
  { games, walk }: { games: number; walk: (order: Uint32Array) => readonly Float64Array[] },
): Sampled[] {
  const sums = Array.from({ length: games }, () => new Float64Array(players));
  const squares = Array.from({ length: games }, () => new Float64Array(players));
  // Counted from the first draw: squares of large worths would drown small differences between them.
  const origins = Array.from({ length: games }, () => new Float64Array(players));
  const order = Uint32Array.from({ length: players }, (_, i) => i);
  for (let pair = 0; pair < pairs; pair++) {
    shuffle(order, random);
    const there = walk(order).map((added) => added.slice());
    const back = walk(order.slice().reverse());
    there.forEach((added, game) => {
      const [sum, square] = [sums[game] ?? new Float64Array(), squares[game] ?? new Float64Array()];
      const origin = origins[game] ?? new Float64Array();
      for (let i = 0; i < players; i++) {
        const both = ((added[i] ?? 0) + (back[game]?.[i] ?? 0)) / 2;
        if (pair === 0) origin[i] = both;
        const mean = both - (origin[i] ?? 0);
        sum[i] = (sum[i] ?? 0) + mean;
        square[i] = (square[i] ?? 0) + mean * mean;
      }
    });
  }
  return sums.map((sum, game) => {
    const offsets = sum.map((total) => total / pairs);
    const values = offsets.map((offset, i) => offset + (origins[game]?.[i] ?? 0));
    const spread = (squares[game] ?? new Float64Array()).map((square, i) =>
      Math.max(0, square / pairs - (offsets[i] ?? 0) ** 2),
    );
    return {
      values,
      standardErrors: spread.map((variance) => (pairs > 1 ? Math.sqrt(variance / (pairs - 1)) : Number.NaN)),
    };
  });
}

function shuffle(order: Uint32Array, random: Random): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    const held = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = held;
  }
}
