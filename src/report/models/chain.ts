import type { PathTable } from './path-table.js';

/**
 * The ways of all paths as a chain. A state is the last `order` channels, shorter at the beginning; state 0 is the start.
 * Flows are numbers of journeys, so they need no rounding until the first division.
 */
export interface Chain {
  /** The channels of each state, oldest first. */
  states: readonly (readonly number[])[];
  /** Journeys that went from one state to another; `from[e]`, `to[e]`, `flow[e]` are one edge. */
  from: readonly number[];
  to: readonly number[];
  flow: readonly number[];
  /** Journeys that ended in a state, with and without conversion, and the value they brought; by state. */
  converted: readonly number[];
  lost: readonly number[];
  value: readonly number[];
}

/** Counts the transitions of all paths. */
export function buildChain(table: PathTable, order: number): Chain {
  const width = table.channels.length;
  const states: number[][] = [[]];
  const named = new Map<string, number>([['', 0]]);
  const from: number[] = [];
  const to: number[] = [];
  const flow: number[] = [];
  const edges = edgeNumbers(width, order);
  const addEdge = (state: number, channel: number): number => {
    const tail = [...(states[state] ?? []), channel].slice(-order);
    const name = tail.join();
    let next = named.get(name);
    if (next === undefined) {
      named.set(name, (next = states.length));
      states.push(tail);
    }
    from.push(state);
    to.push(next);
    flow.push(0);
    edges.set(state, channel, flow.length - 1);
    return flow.length - 1;
  };

  const ends: { converted: number[]; lost: number[]; value: number[] } = { converted: [0], lost: [0], value: [0] };
  for (let i = 0; i < table.size; i++) {
    const converted = table.conversions[i] ?? 0;
    const lost = table.nulls[i] ?? 0;
    const value = table.values[i] ?? 0;
    if (converted + lost === 0) continue;
    let state = 0;
    const end = table.offsets[i + 1] ?? 0;
    for (let t = table.offsets[i] ?? 0; t < end; t++) {
      const channel = table.touches[t] ?? 0;
      const edge = edges.get(state, channel) ?? addEdge(state, channel);
      flow[edge] = (flow[edge] ?? 0) + converted + lost;
      state = to[edge] ?? 0;
    }
    ends.converted[state] = (ends.converted[state] ?? 0) + converted;
    ends.lost[state] = (ends.lost[state] ?? 0) + lost;
    ends.value[state] = (ends.value[state] ?? 0) + value;
  }
  const full = (column: number[]) => states.map((_, state) => column[state] ?? 0);
  return { states, from, to, flow, converted: full(ends.converted), lost: full(ends.lost), value: full(ends.value) };
}

/** The channels' states: for each channel the states that contain it. */
export function statesByChannel(chain: Chain, channels: number): number[][] {
  const found: number[][] = Array.from({ length: channels }, () => []);
  chain.states.forEach((tail, state) => {
    for (const channel of new Set(tail)) found[channel]?.push(state);
  });
  return found;
}

/** Edge numbers by state and channel: an array where it stays small, which is several times faster than a map. */
function edgeNumbers(width: number, order: number) {
  if (order === 1 && width <= 2000) {
    const numbers = new Int32Array((width + 1) * width).fill(-1);
    return {
      get(state: number, channel: number): number | undefined {
        const edge = numbers[state * width + channel] ?? -1;
        return edge < 0 ? undefined : edge;
      },
      set(state: number, channel: number, edge: number): void {
        numbers[state * width + channel] = edge;
      },
    };
  }
  const numbers = new Map<number, number>();
  return {
    get: (state: number, channel: number): number | undefined => numbers.get(state * width + channel),
    set: (state: number, channel: number, edge: number): void => void numbers.set(state * width + channel, edge),
  };
}
