import { type Chain, statesByChannel } from './chain.js';
import type { Removals } from './eliminate.js';

/** How much of a removed flow may be left unfollowed, in all. */
const PRECISION = 1e-13;

/**
 * Solves the chain without each channel by following what its removal takes away, for chains with too many states for a
 * matrix. The visits of the whole chain are known (they are the counts), so only the flow that has met the channel must be
 * followed: from state to state, until less than 1e-13 of it is on its way. All terms are positive.
 */
export function removeByPushing(chain: Chain, channels: number): Removals {
  const graph = indexEdges(chain);
  const lost: Removals = { converted: new Float64Array(channels), value: new Float64Array(channels) };
  const waiting = new Float64Array(chain.states.length);
  const removed = new Uint8Array(chain.states.length);
  statesByChannel(chain, channels).forEach((states, channel) => {
    for (const state of states) removed[state] = 1;
    const gone = follow(chain, graph, { states, removed, waiting });
    for (const state of states) removed[state] = 0;
    lost.converted[channel] = gone.converted;
    lost.value[channel] = gone.value;
  });
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

interface Removal {
  states: readonly number[];
  /** 1 for each of these states. */
  removed: Uint8Array;
  /** Flow that arrived at a state and was not followed yet; all 0 before and after. */
  waiting: Float64Array;
}

function follow(chain: Chain, graph: Graph, { states, removed, waiting }: Removal) {
  const gone = { converted: 0, value: 0 };
  let next: number[] = [];
  const send = (state: number, share: number, least: number): void => {
    gone.converted += share * (chain.converted[state] ?? 0);
    gone.value += share * (chain.value[state] ?? 0);
    const end = graph.starts[state + 1] ?? 0;
    for (let e = graph.starts[state] ?? 0; e < end; e++) {
      const to = graph.to[e] ?? 0;
      if (removed[to]) continue;
      const before = waiting[to] ?? 0;
      const after = before + share * (graph.flow[e] ?? 0);
      waiting[to] = after;
      if (before <= least && after > least) next.push(to);
    }
  };
  // Everything in the removed states counts, however it came there.
  for (const state of states) send(state, 1, 0);
  const least = (PRECISION / chain.states.length) * next.reduce((flow, state) => flow + (waiting[state] ?? 0), 0);
  while (next.length) {
    const round = next;
    next = [];
    for (const state of round) {
      const arrived = waiting[state] ?? 0;
      if (arrived <= least) continue;
      waiting[state] = 0;
      send(state, arrived / (graph.out[state] ?? 1), least);
    }
  }
  waiting.fill(0);
  return gone;
}
