import { eachDistinct } from './channel-sets.js';
import type { Credits, PathModel } from './credits.js';
import { type PathTable, sumOf } from './path-table.js';

/**
 * The probabilistic model of Shao and Li (KDD 2011), second order: from the chance to convert of people who met a channel,
 * p(i), and of those who met two, p(i,j), a channel contributes to a conversion
 *
 *     C(i) = p(i) + 1 / (2 (N - 1)) * sum over j of (p(i,j) - p(i) - p(j))
 *
 * where j are the other channels of that person, and N is their number with i. Each conversion is divided in proportion
 * to the contributions on its path (one below 0 counts as 0; their sum is a sum of chances, so it never is). The same
 * formula over all channels met together with i by anyone is the channel's `contribution`. (The package mta adds up
 * conversions times chances without dividing by their sum, so that its credits are less than the conversions.)
 */
export const shaoLi: PathModel = (table) => {
  const { length } = table.channels;
  const credits = { conversions: new Float64Array(length), values: new Float64Array(length) };
  const chances = countChances(table);
  eachDistinct(table, (path, channels) => {
    const converted = table.conversions[path] ?? 0;
    const value = table.values[path] ?? 0;
    if (converted === 0 && value === 0) return;
    const parts = channels.map((one) => Math.max(0, contributionOf(chances, one, channels)));
    const sum = parts.reduce((total, part) => total + part, 0);
    channels.forEach((channel, i) => {
      // Value without conversions: nobody converted, so chances say nothing.
      const share = sum > 0 ? (parts[i] ?? 0) / sum : 1 / channels.length;
      credits.conversions[channel] = (credits.conversions[channel] ?? 0) + converted * share;
      credits.values[channel] = (credits.values[channel] ?? 0) + value * share;
    });
  });
  const all = table.channels.map((_, channel) => channel);
  return {
    ...credits,
    perChannel: {
      probability: all.map((channel) => chances.single(channel)),
      contribution: all.map((one) =>
        chances.single(one) === null ? null : contributionOf(chances, one, [one, ...chances.partners(one)]),
      ),
    },
    details: { method: 'Shao and Li 2011, second-order probabilistic' },
    notices: sumOf(table.nulls) > 0 ? [] : [NO_NULLS],
  } satisfies Credits;
};

const NO_NULLS =
  'No path without conversion is known: all chances are 1, and each conversion is divided equally among its channels.';

interface Chances {
  /** The chance to convert of people who met a channel; null when nobody did. */
  single(channel: number): number | null;
  pair(one: number, other: number): number;
  /** The channels that somebody met together with this one. */
  partners(channel: number): number[];
}

function contributionOf(chances: Chances, one: number, channels: readonly number[]): number {
  const own = chances.single(one) ?? 0;
  if (channels.length < 2) return own;
  let second = 0;
  for (const other of channels) {
    if (other !== one) second += chances.pair(one, other) - own - (chances.single(other) ?? 0);
  }
  return own + second / (2 * (channels.length - 1));
}

function countChances(table: PathTable): Chances {
  const { length } = table.channels;
  const converted = new Float64Array(length);
  const people = new Float64Array(length);
  const pairs = pairNumbers(length);
  const pairConverted: number[] = [];
  const pairPeople: number[] = [];
  eachDistinct(table, (path, channels) => {
    const yes = table.conversions[path] ?? 0;
    const both = yes + (table.nulls[path] ?? 0);
    if (both === 0) return;
    for (let i = 0; i < channels.length; i++) {
      const one = channels[i] ?? 0;
      converted[one] = (converted[one] ?? 0) + yes;
      people[one] = (people[one] ?? 0) + both;
      for (let j = 0; j < i; j++) {
        const pair = pairs.number(one, channels[j] ?? 0);
        pairConverted[pair] = (pairConverted[pair] ?? 0) + yes;
        pairPeople[pair] = (pairPeople[pair] ?? 0) + both;
      }
    }
  });
  return {
    single: (channel) => (people[channel] ? (converted[channel] ?? 0) / (people[channel] ?? 1) : null),
    pair: (one, other) => {
      const pair = pairs.number(one, other);
      return pairPeople[pair] ? (pairConverted[pair] ?? 0) / (pairPeople[pair] ?? 1) : 0;
    },
    partners: (channel) => pairs.partners(channel).filter((other) => pairPeople[pairs.number(channel, other)]),
  };
}

/** Numbers pairs from 0 in the order in which they are asked for. A table where it stays small, else a map. */
function pairNumbers(length: number) {
  let known = 0;
  const partnersOf: number[][] = Array.from({ length }, () => []);
  const table = length <= 2000 ? new Int32Array(length * length) : undefined;
  const map = new Map<number, number>();
  return {
    partners: (channel: number): readonly number[] => partnersOf[channel] ?? [],
    number(one: number, other: number): number {
      const key = one < other ? one * length + other : other * length + one;
      const found = table ? (table[key] ?? 0) - 1 : (map.get(key) ?? -1);
      if (found >= 0) return found;
      partnersOf[one]?.push(other);
      partnersOf[other]?.push(one);
      known += 1;
      if (table) table[key] = known;
      else map.set(key, known - 1);
      return known - 1;
    },
  };
}
