import { uuidv7 } from '../../dist/protocol/index.js';

/** @typedef {ReturnType<typeof createRandom>} Random */

/**
 * Chance that comes out the same for the same seed (mulberry32), so that the simulated history does too.
 * @param {number} seed
 */
export function createRandom(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const words = () => Uint32Array.from({ length: 3 }, () => Math.floor(next() * 2 ** 32));
  return {
    /** Between 0 and 1. */
    next,
    /** @param {number} share */
    chance: (share) => next() < share,
    /**
     * A whole number, both ends included.
     * @param {number} from
     * @param {number} to
     */
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    /**
     * Waiting time: short ones often, long ones seldom.
     * @param {number} mean
     */
    wait: (mean) => -Math.log(1 - next()) * mean,
    /**
     * One of a list, in proportion to its weight.
     * @template T
     * @param {readonly T[]} list
     * @param {(item: T) => number} [weigh]
     * @returns {T}
     */
    pick: (list, weigh = () => 1) => {
      let left = next() * list.reduce((sum, item) => sum + weigh(item), 0);
      const found = list.find((item) => (left -= weigh(item)) < 0) ?? list.at(-1);
      if (found === undefined) throw new RangeError('Nothing to pick from');
      return found;
    },
    /**
     * A UUIDv7 of a moment.
     * @param {number} ms
     */
    id: (ms) => uuidv7(ms, words()),
  };
}
