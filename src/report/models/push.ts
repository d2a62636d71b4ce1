import { type Chain, sortStates, statesByChannel } from './chain.js';
import type { Removals } from './eliminate.js';

/** How much of a removed flow may be left unfollowed, in all. */
const PRECISION = 1e-12;

/** Channels that are removed in one go, each in its own column: the edges are read once for all of them. */
const COLUMNS = 32;

/**
 * Solves the chain without each channel by following what its removal takes away, for chains with too many states for a
 * matrix. The visits of the whole chain are known (they are the counts), so only the flow that has met the channel must be
 * followed: from state to state, until less than 1e-12 of it is on its way. All terms are positive.
 */
export function removeByPushing(found: Chain, channels: number): Removals {
  const chain = sortStates(found);
  const graph = indexEdges(chain);
  const lost: Removals = { converted: new Float64Array(channels), value: new Float64Array(channels) };
  const statesOf = statesByChannel(chain, channels);
  for (let first = 0; first < channels; first += COLUMNS) {
    const block = statesOf.slice(first, first + COLUMNS);
    const { converted, value } = follow(chain, graph, block);
    lost.converted.set(converted, first);
    lost.value.set(value, first);
  }
  return lost;
}

/** Outgoing edges of each state without those to itself, and the sum of everything that leaves it. */
interface Graph {
  starts: Uint32Array;
  to: Uint32Array;
  flow: Float64Array;
  out: Float64Array;
}

function indexEdges({ states, from, to, flow, converted, lost }: Chain): Graph {
  const starts = new Uint32Array(states.length + 1);
  const real = flow.map((_, edge) => edge).filter((edge) => from[edge] !== to[edge]);
  for (const edge of real) starts[(from[edge] ?? 0) + 1] = (starts[(from[edge] ?? 0) + 1] ?? 0) + 1;
  for (let i = 0; i < states.length; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
  const graph = { starts, to: new Uint32Array(real.length), flow: new Float64Array(real.length) };
  const out = Float64Array.from(states, (_, state) => (converted[state] ?? 0) + (lost[state] ?? 0));
  const free = starts.slice();
  for (const edge of real) {
    const state = from[edge] ?? 0;
    const at = free[state] ?? 0;
    free[state] = at + 1;
    graph.to[at] = to[edge] ?? 0;
    graph.flow[at] = flow[edge] ?? 0;
    out[state] = (out[state] ?? 0) + (flow[edge] ?? 0);
  }
  return { ...graph, out };
}

/** Follows the flows of some removals at once; `block` has the removed states of each. */
function follow(chain: Chain, graph: Graph, block: readonly (readonly number[])[]): Removals {
  const width = block.length;
  const gone: Removals = { converted: new Float64Array(width), value: new Float64Array(width) };
  // Flow that arrived at a state and was not followed yet, by state and column.
  const waiting = new Float64Array(chain.states.length * width);
  const isDue = new Uint8Array(chain.states.length);
  const share = new Float64Array(width);
  const removed = removedBits(chain, block);

  const send = (state: number): void => {
    const [converted, value] = [chain.converted[state] ?? 0, chain.value[state] ?? 0];
    for (let c = 0; c < width; c++) {
      gone.converted[c] = (gone.converted[c] ?? 0) + (share[c] ?? 0) * converted;
      gone.value[c] = (gone.value[c] ?? 0) + (share[c] ?? 0) * value;
    }
    const end = graph.starts[state + 1] ?? 0;
    for (let e = graph.starts[state] ?? 0; e < end; e++) {
      const to = graph.to[e] ?? 0;
      const flow = graph.flow[e] ?? 0;
      const at = to * width;
      for (let c = 0; c < width; c++) waiting[at + c] = (waiting[at + c] ?? 0) + (share[c] ?? 0) * flow;
      isDue[to] = 1;
    }
  };
  // What comes to a removed state needs no following: all its visits were sent on at the beginning.
  const forget = (state: number): void => {
    for (let c = 0, bits = removed[state] ?? 0; bits; c++, bits >>>= 1) if (bits & 1) waiting[state * width + c] = 0;
  };

  block.forEach((states, column) => {
    share.fill(0);
    share[column] = 1;
    for (const state of states) send(state);
  });
  for (let state = 0; state < chain.states.length; state++) forget(state);
  const most = columnSums(waiting, width).map((sum) => sum * PRECISION);
  const least = most.map((sum) => sum / chain.states.length);
  for (let followed = -1; followed !== 0; ) {
    followed = 0;
    for (let state = 0; state < chain.states.length; state++) {
      if (!isDue[state]) continue;
      isDue[state] = 0;
      forget(state);
      if (!take(waiting, share, { least, at: state * width, out: graph.out[state] ?? 1 })) continue;
      followed += 1;
      send(state);
    }
    // Looking at everything that waits is worth it only when much was followed.
    if (followed * 8 > chain.states.length && columnSums(waiting, width).every((sum, c) => sum <= (most[c] ?? 0)))
      break;
  }
  return gone;
}

/** Moves what waits at a state into `share`, as parts of what leaves the state; false when it is too little to matter. */
function take(
  waiting: Float64Array,
  share: Float64Array,
  { least, at, out }: { least: Float64Array; at: number; out: number },
): boolean {
  let matters = false;
  for (let c = 0; c < share.length; c++) if ((waiting[at + c] ?? 0) > (least[c] ?? 0)) matters = true;
  if (!matters) return false;
  for (let c = 0; c < share.length; c++) {
    share[c] = (waiting[at + c] ?? 0) / out;
    waiting[at + c] = 0;
  }
  return true;
}

/** For each state, which columns it is removed in. */
function removedBits(chain: Chain, block: readonly (readonly number[])[]): Uint32Array {
  const bits = new Uint32Array(chain.states.length);
  block.forEach((states, column) => {
    for (const state of states) bits[state] = (bits[state] ?? 0) | (1 << column);
  });
  return bits;
}

function columnSums(table: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(width);
  for (let row = 0; row < table.length; row += width) {
    for (let c = 0; c < width; c++) sums[c] = (sums[c] ?? 0) + (table[row + c] ?? 0);
  }
  return sums;
}
