import { describe, expect, it } from 'vitest';
import { attributePaths, shapleyValues } from '../../src/report/index.js';

/** The worth of a coalition from the players in it, by number. */
const game = (players: number, worth: (members: number[]) => number) =>
  shapleyValues(players, (coalition) =>
    worth(Array.from({ length: players }, (_, i) => i).filter((i) => coalition & (1 << i))),
  );

const votes = (quota: number, weights: number[]) =>
  game(weights.length, (members) => (members.reduce((sum, i) => sum + (weights[i] ?? 0), 0) >= quota ? 1 : 0));

describe('Shapley values of games in textbooks', () => {
  it.each([
    {
      // L. S. Shapley, "A value for n-person games" 1953, section 6: a carrier of n in unanimity shares equally, others get 0.
      of: 'unanimity of players 1, 2 and 4',
      found: () => game(5, (members) => ([0, 1, 3].every((i) => members.includes(i)) ? 6 : 0)),
      values: [2, 2, 0, 2, 0],
    },
    {
      // en.wikipedia.org/wiki/Shapley_value, "Glove game": two with a left glove, one with a right one.
      of: 'gloves',
      found: () => game(3, (members) => (members.includes(2) && members.length > 1 ? 1 : 0)),
      values: [1 / 6, 1 / 6, 2 / 3],
    },
    {
      // S. C. Littlechild and G. Owen 1973; figures of en.wikipedia.org/wiki/Airport_problem.
      of: 'the airport with runways of 8, 11, 13 and 18',
      found: () => game(4, (members) => Math.max(0, ...members.map((i) => [8, 11, 13, 18][i] ?? 0))),
      values: [2, 3, 4, 9],
    },
    {
      // B. O'Neill, "A problem of rights arbitration from the Talmud" 1982: claims of 100, 200, 300 on 200, recursive completion.
      of: 'a bankruptcy of 200',
      found: () => game(3, (members) => Math.max(0, 200 - 600 + members.reduce((sum, i) => sum + 100 * (i + 1), 0))),
      values: [100 / 3, 250 / 3, 250 / 3],
    },
    {
      // As above with 300: what is left for each in the 6 orders of a run to the bank, worked out by hand.
      of: 'a bankruptcy of 300',
      found: () => game(3, (members) => Math.max(0, 300 - 600 + members.reduce((sum, i) => sum + 100 * (i + 1), 0))),
      values: [50, 100, 150],
    },
    {
      // The usual example of power that is not in proportion to votes; 4 of 6 orders have 50 in the middle or behind, by hand.
      of: 'votes of 50, 49 and 1 with a quota of 51',
      found: () => votes(51, [50, 49, 1]),
      values: [2 / 3, 1 / 6, 1 / 6],
    },
    {
      // Shapley and Shubik’s index of the Council of the six (en.wikipedia.org/wiki/Shapley–Shubik_power_index): Luxembourg has none.
      of: 'the European Council of 1958',
      found: () => votes(12, [4, 4, 4, 2, 2, 1]),
      values: [14 / 60, 14 / 60, 14 / 60, 9 / 60, 9 / 60, 0],
    },
    {
      // L. S. Shapley and M. Shubik 1954, recomputed for the 15 members since 1965: 0.1963 and 0.001865.
      of: 'the Security Council of the United Nations',
      found: () => votes(39, [...Array<number>(5).fill(7), ...Array<number>(10).fill(1)]),
      values: [...Array<number>(5).fill(421 / 2145), ...Array<number>(10).fill(4 / 2145)],
    },
  ])('$of', ({ found, values }) => {
    const shares = found();
    expect(shares).toHaveLength(values.length);
    for (const [i, value] of values.entries()) expect(shares[i]).toBeCloseTo(value, 12);
  });

  it('are those of the same game told in rows', () => {
    const rows = [
      ['L1', 'R'],
      ['L2', 'R'],
      ['R', 'L2', 'L1'],
    ].map((path) => ({ path, conversions: 1 }));
    const { rows: found, totals } = attributePaths(rows, 'shapley', { game: 'coalitions' });
    expect(found.map(({ channel, conversions }) => [channel, conversions])).toEqual([
      ['R', expect.closeTo(2 / 3, 14)],
      ['L1', expect.closeTo(1 / 6, 14)],
      ['L2', expect.closeTo(1 / 6, 14)],
    ]);
    expect(totals.conversions).toBe(1);
  });

  it.each<[string, { [coalition: string]: number }, { [player: string]: number }]>([
    // J. Lemaire 1991, "Cooperative game theory and its insurance applications", the example of R's package GameTheory.
    [
      'three cooperating insurers',
      { '1': 46_125, '2': 17_437.5, '3': 5812.5, '1 2': 69_187.5, '1 3': 53_812.5, '2 3': 30_750, '1 2 3': 90_000 },
      { '1': 51_750, '2': 25_875, '3': 12_375 },
    ],
    // R. Berman 2018, "Beyond the last touch": of two publishers each has half of what it adds alone and to the other. Rates of
    // 10 % for nobody, 30, 20 and 50 %, by hand.
    ['two publishers and a baseline', { '': 0.1, a: 0.3, b: 0.2, 'a b': 0.5 }, { '(none)': 0.1, a: 0.25, b: 0.15 }],
  ])('of %s, told in rows', (_, worths, values) => {
    const rows = Object.entries(worths).map(([coalition, conversions]) => ({
      path: coalition.split(' ').filter(Boolean),
      conversions,
    }));
    const found = attributePaths(rows, 'shapley', { game: 'coalitions' }).rows;
    expect(Object.fromEntries(found.map(({ channel, conversions }) => [channel, conversions]))).toEqual(
      Object.fromEntries(Object.entries(values).map(([player, value]) => [player, expect.closeTo(value, 9)])),
    );
  });

  it('take a row for nobody, as tables of games begin with one', () => {
    const table = [[], ['L1'], ['L2'], ['R'], ['L1', 'L2'], ['L1', 'R'], ['L2', 'R'], ['L1', 'L2', 'R']];
    const rows = (nobody: number) =>
      table.map((path) => ({
        path,
        conversions: path.length ? Number(path.length > 1 && path.includes('R')) : nobody,
      }));
    const found = attributePaths(rows(0), 'shapley', { game: 'coalitions' });
    expect(found.rows.map(({ channel, conversions }) => [channel, Number(conversions.toFixed(12))])).toEqual([
      ['R', 0.666666666667],
      ['L1', 0.166666666667],
      ['L2', 0.166666666667],
      ['(none)', 0],
    ]);
    expect(found).toMatchObject({
      totals: { conversions: 1 },
      notices: expect.not.arrayContaining(['No row has all']),
    });
    // What there is without anybody is nobody's; the others share what they add.
    const base = attributePaths(rows(0.25), 'shapley', { game: 'coalitions' });
    expect(base.rows.find(({ channel }) => channel === '(none)')?.conversions).toBe(0.25);
    expect(base.rows.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(1);
    expect(attributePaths([{ path: [], conversions: 2 }], 'shapley', { game: 'coalitions' }).rows).toMatchObject([
      { channel: '(none)', conversions: 2 },
    ]);
  });

  it('say when nobody told what all are worth together', () => {
    const rows = [
      { path: ['a'], conversions: 2 },
      { path: ['b'], conversions: 1 },
    ];
    expect(attributePaths(rows, 'shapley', { game: 'coalitions' }).notices).toEqual([
      expect.stringContaining('No row has all channels'),
    ]);
  });

  it('of conversions and of coalitions are one where the worths are those of all paths inside', () => {
    // Additivity: each path is a unanimity game, which Harsanyi's dividends add up to (1963).
    const paths = [
      { path: ['a', 'b'], conversions: 6 },
      { path: ['b', 'c', 'a'], conversions: 3 },
      { path: ['c'], conversions: 2 },
    ];
    const worths = [{ path: ['a'] }, { path: ['b'] }, { path: ['c'] }, { path: ['a', 'b'] }, { path: ['a', 'c'] }];
    const told = [...worths, { path: ['b', 'c'] }, { path: ['a', 'b', 'c'] }].map(({ path }) => ({
      path,
      conversions: paths
        .filter((one) => one.path.every((channel) => path.includes(channel)))
        .reduce((sum, one) => sum + one.conversions, 0),
    }));
    const credits = (found: ReturnType<typeof attributePaths>) =>
      Object.fromEntries(found.rows.map(({ channel, conversions }) => [channel, Number(conversions.toFixed(12))]));
    expect(credits(attributePaths(told, 'shapley', { game: 'coalitions' }))).toEqual({ a: 4, b: 4, c: 3 });
    expect(credits(attributePaths(paths, 'shapley'))).toEqual({ a: 4, b: 4, c: 3 });
  });
});
