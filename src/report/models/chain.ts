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
  const named = new Map<number | string, number>();
  const from: number[] = [];
  const to: number[] = [];
  const flow: number[] = [];
  const edges = edgeNumbers(width);
  const nameOf = (tail: readonly number[]): number | string =>
    width ** order <= Number.MAX_SAFE_INTEGER ? tail.reduce((name, channel) => name * width + channel, 0) : tail.join();
  const addEdge = (state: number, channel: number): number => {
    const tail = [...(states[state] ?? []), channel].slice(-order);
    // A shorter state has one way to it, the whole path so far; a full one has many.
    const name = tail.length === order ? nameOf(tail) : undefined;
    let next = name === undefined ? undefined : named.get(name);
    if (next === undefined) {
      next = states.length;
      states.push(tail);
      if (name !== undefined) named.set(name, next);
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

/** The same chain with its states in the order of their channels: what one state leads to then lies together in memory. */
export function sortStates(chain: Chain): Chain {
  const order = chain.states.map((_, state) => state).sort((a, b) => compare(chain.states[a], chain.states[b]));
  const rank = new Uint32Array(order.length);
  order.forEach((state, i) => {
    rank[state] = i;
  });
  const move = <T>(column: readonly T[]): T[] => order.flatMap((state) => column.slice(state, state + 1));
  const rename = (state: number): number => rank[state] ?? 0;
  return {
    states: move(chain.states),
    from: chain.from.map(rename),
    to: chain.to.map(rename),
    flow: chain.flow,
    converted: move(chain.converted),
    lost: move(chain.lost),
    value: move(chain.value),
  };
}

/** Shorter states first, so that the start stays state 0. */
function compare(a: readonly number[] = [], b: readonly number[] = []): number {
  if (a.length !== b.length) return a.length - b.length;
  const i = a.findIndex((channel, at) => channel !== b[at]);
  return i < 0 ? 0 : (a[i] ?? 0) - (b[i] ?? 0);
}

/** The channels' states: for each channel the states that contain it. */
export function statesByChannel(chain: Chain, channels: number): number[][] {
  const found: number[][] = Array.from({ length: channels }, () => []);
  chain.states.forEach((tail, state) => {
    for (const channel of new Set(tail)) found[channel]?.push(state);
  });
  return found;
}

/** The most entries of a table of edge numbers: 32 million are 128 MB. */
const MOST_ENTRIES = 2 ** 25;

/** Edge numbers by state and channel: in an array while it stays small, which is several times faster than a map. */
function edgeNumbers(width: number) {
  let array = new Int32Array(Math.min(MOST_ENTRIES, 64 * (width + 1)));
  const map = new Map<number, number>();
  return {
    get(state: number, channel: number): number | undefined {
      const key = state * width + channel;
      if (key >= MOST_ENTRIES) return map.get(key);
      // Entries are one more than the number, as 0 stands for none.
      const entry = array[key];
      return entry ? entry - 1 : undefined;
    },
    set(state: number, channel: number, edge: number): void {
      const key = state * width + channel;
      if (key >= MOST_ENTRIES) {
        map.set(key, edge);
        return;
      }
      if (key >= array.length) {
        const larger = new Int32Array(Math.min(MOST_ENTRIES, Math.max(key + 1, array.length * 2)));
        larger.set(array);
        array = larger;
      }
      array[key] = edge + 1;
    },
  };
}
