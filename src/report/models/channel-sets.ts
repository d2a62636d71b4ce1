import type { PathTable } from './path-table.js';

/** Paths by the set of channels on them: what happened to the people who met exactly these. */
export interface ChannelSets {
  size: number;
  /** Set `i` has the channels `members[offsets[i]]` to before `members[offsets[i + 1]]`, ascending. */
  offsets: readonly number[];
  members: readonly number[];
  conversions: readonly number[];
  values: readonly number[];
  nulls: readonly number[];
}

/** Adds up the paths with the same set of channels. */
export function channelSets(table: PathTable): ChannelSets {
  const numbers = new Map<string, number>();
  const offsets = [0];
  const members: number[] = [];
  const sums: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < table.size; i++) {
    const own = [...new Set(table.touches.subarray(table.offsets[i], table.offsets[i + 1]))].sort((a, b) => a - b);
    const name = own.join();
    let set = numbers.get(name);
    if (set === undefined) {
      numbers.set(name, (set = numbers.size));
      for (const member of own) members.push(member);
      offsets.push(members.length);
    }
    const row = [table.conversions[i], table.values[i], table.nulls[i]];
    for (const [column, sum] of sums.entries()) sum[set] = (sum[set] ?? 0) + (row[column] ?? 0);
  }
  const [conversions, values, nulls] = sums;
  return { size: numbers.size, offsets, members, conversions, values, nulls };
}

/** Calls back for each path with its distinct channels, in order of first touch; the list is reused. */
export function eachDistinct(table: PathTable, see: (path: number, channels: readonly number[]) => void): void {
  const seenOn = new Int32Array(table.channels.length).fill(-1);
  const distinct: number[] = [];
  for (let i = 0; i < table.size; i++) {
    distinct.length = 0;
    const end = table.offsets[i + 1] ?? 0;
    for (let t = table.offsets[i] ?? 0; t < end; t++) {
      const channel = table.touches[t] ?? 0;
      if (seenOn[channel] === i) continue;
      seenOn[channel] = i;
      distinct.push(channel);
    }
    see(i, distinct);
  }
}
