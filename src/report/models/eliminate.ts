import { sum } from '../apportion.js';
import { type Chain, statesByChannel } from './chain.js';

/** What is lost of the conversions, and of their value, when one channel is removed; by channel. */
export interface Removals {
  converted: Float64Array;
  value: Float64Array;
}

/** The columns of a matrix after those of the states: journeys converted, journeys lost, value. */
const ENDS = 3;

/** A part of the chain as a dense matrix of flows, row by row; row and column 0 are the start. */
interface Block {
  states: readonly number[];
  flows: Float64Array;
}

/**
 * Solves the chain without each channel by elimination of states (Grassmann, Taksar and Heyman 1985): it adds, multiplies
 * and divides positive numbers only, so nothing cancels out, however long visitors go round in circles.
 *
 * To be left with the states of one channel, all others must be eliminated. Halving the set of channels again and again
 * shares that work: all channels together cost about as much as one matrix inversion.
 */
export function removeByElimination(chain: Chain, channels: number): Removals {
  const lost: Removals = { converted: new Float64Array(channels), value: new Float64Array(channels) };
  const total = { converted: sum(chain.converted), value: sum(chain.value) };
  const statesOf = statesByChannel(chain, channels);
  const halve = (block: Block, set: readonly number[]): void => {
    const [channel] = set;
    const rest = keepOnly(block, new Set(set.flatMap((one) => statesOf[one] ?? [])));
    if (set.length === 1 && channel !== undefined) {
      // What flows on into a state of this channel is lost; what converts has not met it.
      const size = rest.states.length;
      lost.converted[channel] = Math.max(0, total.converted - (rest.flows[size] ?? 0));
      lost.value[channel] = total.value - (rest.flows[size + 2] ?? 0);
      return;
    }
    const middle = set.length >> 1;
    halve(rest, set.slice(0, middle));
    halve(rest, set.slice(middle));
  };
  if (channels > 0)
    halve(
      matrixOf(chain),
      Array.from({ length: channels }, (_, i) => i),
    );
  return lost;
}

function matrixOf(chain: Chain): Block {
  const size = chain.states.length;
  const width = size + ENDS;
  const flows = new Float64Array(size * width);
  chain.flow.forEach((flow, edge) => {
    const at = (chain.from[edge] ?? 0) * width + (chain.to[edge] ?? 0);
    flows[at] = (flows[at] ?? 0) + flow;
  });
  for (let state = 0; state < size; state++) {
    flows[state * width + size] = chain.converted[state] ?? 0;
    flows[state * width + size + 1] = chain.lost[state] ?? 0;
    flows[state * width + size + 2] = chain.value[state] ?? 0;
  }
  return { states: chain.states.map((_, state) => state), flows };
}

/** Eliminates all states but the start and those to keep; journeys through them become direct. */
function keepOnly({ states, flows }: Block, keep: ReadonlySet<number>): Block {
  const positions = states.map((_, i) => i);
  const isKept = (i: number): boolean => i === 0 || keep.has(states[i] ?? 0);
  const order = [...positions.filter(isKept), ...positions.filter((i) => !isKept(i))];
  const kept = positions.filter(isKept).length;
  const matrix = reorder(flows, states.length, order);
  for (let k = states.length - 1; k >= kept; k--) eliminate(matrix, states.length, k);
  return {
    states: order.slice(0, kept).map((i) => states[i] ?? 0),
    flows: kept === states.length ? matrix : shrink(matrix, states.length, kept),
  };
}

function reorder(flows: Float64Array, size: number, order: readonly number[]): Float64Array {
  const width = size + ENDS;
  const moved = new Float64Array(size * width);
  order.forEach((old, row) => {
    order.forEach((column, j) => {
      moved[row * width + j] = flows[old * width + column] ?? 0;
    });
    for (let j = size; j < width; j++) moved[row * width + j] = flows[old * width + j] ?? 0;
  });
  return moved;
}

/** Sends what flows into the last state `k` on to where that state sends it. Flows from a state to itself do not matter. */
function eliminate(matrix: Float64Array, size: number, k: number): void {
  const width = size + ENDS;
  const row = k * width;
  let out = (matrix[row + size] ?? 0) + (matrix[row + size + 1] ?? 0);
  for (let j = 0; j < k; j++) out += matrix[row + j] ?? 0;
  if (out === 0) return;
  for (let i = 0; i < k; i++) {
    const at = i * width;
    const factor = (matrix[at + k] ?? 0) / out;
    if (factor === 0) continue;
    for (let j = 0; j < k; j++) matrix[at + j] = (matrix[at + j] ?? 0) + factor * (matrix[row + j] ?? 0);
    for (let j = size; j < width; j++) matrix[at + j] = (matrix[at + j] ?? 0) + factor * (matrix[row + j] ?? 0);
  }
}

function shrink(matrix: Float64Array, size: number, kept: number): Float64Array {
  const [width, narrow] = [size + ENDS, kept + ENDS];
  const small = new Float64Array(kept * narrow);
  for (let i = 0; i < kept; i++) {
    small.set(matrix.subarray(i * width, i * width + kept), i * narrow);
    small.set(matrix.subarray(i * width + size, (i + 1) * width), i * narrow + kept);
  }
  return small;
}
