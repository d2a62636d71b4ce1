import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributePaths, PATH_MODEL_NAMES, type PathRow } from '../../src/report/index.js';
import { buildChain } from '../../src/report/models/chain.js';
import { removeByElimination } from '../../src/report/models/eliminate.js';
import { createPacker, packPaths } from '../../src/report/models/path-table.js';
import { removeByPushing } from '../../src/report/models/push.js';
import { createRandom } from '../../src/report/models/random.js';
import { sampleShapley, shapleyValues } from '../../src/report/models/shapley.js';

/** Rows over few channels, so that paths meet; some without conversions, some without nulls. */
const rowsOf = (channels: number): fc.Arbitrary<PathRow[]> =>
  fc.array(
    fc.record({
      path: fc.array(
        fc.nat(channels - 1).map((n) => String.fromCharCode(97 + n)),
        { minLength: 1, maxLength: 7 },
      ),
      conversions: fc.nat(5),
      nulls: fc.nat(5),
      value: fc.nat(1000).map((cents) => cents / 100),
    }),
    { minLength: 1, maxLength: 12 },
  );

const total = (rows: readonly PathRow[], field: 'conversions' | 'nulls' | 'value') =>
  rows.reduce((sum, row) => sum + (row[field] ?? 0), 0);

const byChannel = (found: ReturnType<typeof attributePaths>) => new Map(found.rows.map((row) => [row.channel, row]));

const namesOf = (rows: readonly PathRow[]) => [...new Set(rows.flatMap(({ path }) => path))].sort();

describe('every model', () => {
  it.each(PATH_MODEL_NAMES)('%s gives away all conversions and all value, to the last bit', (model) => {
    fc.assert(
      fc.property(rowsOf(5), fc.integer({ min: 1, max: 4 }), (rows, order) => {
        const found = attributePaths(rows, model, { order });
        const sum = found.rows.reduce((all, one) => all + one.conversions, 0);
        expect(sum).toBe(total(rows, 'conversions'));
        expect(found.totals).toMatchObject({ conversions: sum, paths: rows.length, nulls: total(rows, 'nulls') });
        const value = found.rows.reduce((all, one) => all + one.value, 0);
        expect(value).toBeCloseTo(total(rows, 'conversions') ? total(rows, 'value') : value, 9);
        for (const { conversions } of found.rows) expect(conversions).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it.each(PATH_MODEL_NAMES)('%s does not care about the order of rows, their splitting, or the names', (model) => {
    fc.assert(
      fc.property(rowsOf(4), (rows) => {
        const halves = rows.flatMap(({ conversions, nulls, value, path }) => {
          const half = { path, conversions: conversions / 2, nulls: (nulls ?? 0) / 2, value: (value ?? 0) / 2 };
          return [half, half];
        });
        const renamed = [...halves].reverse().map((row) => ({ ...row, path: row.path.map((name) => `${name}>`) }));
        const [one, other] = [byChannel(attributePaths(rows, model)), byChannel(attributePaths(renamed, model))];
        for (const [channel, { conversions, value }] of one) {
          expect(other.get(`${channel}>`)?.conversions).toBeCloseTo(conversions, 9);
          expect(other.get(`${channel}>`)?.value).toBeCloseTo(value, 9);
        }
      }),
    );
  });
});

/** The removal effects by brute force: the matrix of the chain, squared until all journeys have ended. */
function markovOracle(rows: readonly PathRow[], order: number, removed?: string) {
  const edges = new Map<string, Map<string, number>>();
  const add = (from: string, to: string, journeys: number) => {
    const out = edges.get(from) ?? new Map<string, number>();
    edges.set(from, out.set(to, (out.get(to) ?? 0) + journeys));
  };
  for (const { path, conversions, nulls = 0 } of rows) {
    if (conversions + nulls === 0) continue;
    const states = ['', ...path.map((_, i) => path.slice(Math.max(0, i + 1 - order), i + 1).join())];
    for (let i = 1; i < states.length; i++) add(states[i - 1] ?? '', states[i] ?? '', conversions + nulls);
    add(states.at(-1) ?? '', 'CONVERSION', conversions);
    add(states.at(-1) ?? '', 'NULL', nulls);
  }
  const names = [...new Set(['', 'CONVERSION', 'NULL', ...edges.keys()])];
  let matrix = names.map((from) => {
    const out = edges.get(from) ?? new Map([[from, 1]]);
    const sum = [...out.values()].reduce((a, b) => a + b, 0);
    const row = names.map(() => 0);
    for (const [to, journeys] of out) {
      const goal = removed !== undefined && to.split(',').includes(removed) ? 'NULL' : to;
      row[names.indexOf(goal)] = (row[names.indexOf(goal)] ?? 0) + journeys / sum;
    }
    return row;
  });
  for (let i = 0; i < 12; i++) {
    matrix = matrix.map((row) => names.map((_, j) => row.reduce((sum, p, k) => sum + p * (matrix[k]?.[j] ?? 0), 0)));
  }
  return matrix[names.indexOf('')]?.[names.indexOf('CONVERSION')] ?? 0;
}

describe('markov', () => {
  it('has the removal effects of the matrix, squared until everyone has arrived', () => {
    fc.assert(
      fc.property(rowsOf(4), fc.integer({ min: 1, max: 4 }), (rows, order) => {
        fc.pre(total(rows, 'conversions') > 0);
        const p = markovOracle(rows, order);
        const effects = namesOf(rows).map((channel) => [channel, 1 - markovOracle(rows, order, channel) / p] as const);
        const sum = effects.reduce((all, [, effect]) => all + effect, 0);
        const found = byChannel(attributePaths(rows, 'markov', { order }));
        for (const [channel, effect] of effects) {
          expect(found.get(channel)?.removalEffect).toBeCloseTo(effect, 9);
          expect(found.get(channel)?.share).toBeCloseTo(effect / sum, 9);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('converts with conversions / (conversions + nulls) from the start, at any order', () => {
    fc.assert(
      fc.property(rowsOf(4), fc.integer({ min: 1, max: 4 }), (rows, order) => {
        const all = total(rows, 'conversions') + total(rows, 'nulls');
        fc.pre(all > 0);
        const { conversionProbability } = attributePaths(rows, 'markov', { order }).details;
        expect(conversionProbability).toBe(total(rows, 'conversions') / all);
        expect(markovOracle(rows, order)).toBeCloseTo(total(rows, 'conversions') / all, 10);
      }),
      { numRuns: 100 },
    );
  });

  it('solves alike by elimination and by following the lost flow', () => {
    fc.assert(
      fc.property(rowsOf(6), fc.integer({ min: 1, max: 4 }), (rows, order) => {
        const table = packPaths(rows);
        const chain = buildChain(table, order);
        const [dense, sparse] = [
          removeByElimination(chain, table.channels.length),
          removeByPushing(chain, table.channels.length),
        ];
        table.channels.forEach((_, i) => {
          expect(sparse.converted[i]).toBeCloseTo(dense.converted[i] ?? 0, 9);
          expect(sparse.value[i]).toBeCloseTo(dense.value[i] ?? 0, 9);
        });
      }),
    );
  });

  it('at order 1 does not change when consecutive repeats are taken as one', () => {
    fc.assert(
      fc.property(rowsOf(4), (rows) => {
        // Value alone is divided as by linear, which counts repeats.
        fc.pre(total(rows, 'conversions') > 0);
        const [all, once] = [attributePaths(rows, 'markov'), attributePaths(rows, 'markov', { collapse: true })];
        for (const { channel, conversions, value } of all.rows) {
          expect(byChannel(once).get(channel)?.conversions).toBeCloseTo(conversions, 9);
          expect(byChannel(once).get(channel)?.value).toBeCloseTo(value, 9);
        }
      }),
    );
  });

  it('has transitions that leave every state with certainty', () => {
    fc.assert(
      fc.property(rowsOf(4), fc.integer({ min: 1, max: 4 }), (rows, order) => {
        const { transitions } = attributePaths(rows, 'markov', { order }).details as {
          transitions: { from: string[]; probability: number }[];
        };
        const sums = new Map<string, number>();
        for (const { from, probability } of transitions) sums.set(`${from}`, (sums.get(`${from}`) ?? 0) + probability);
        for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 12);
      }),
    );
  });
});

/** The definition: what a player adds on joining, averaged over all orders. */
function shapleyOracle(players: readonly string[], worth: (set: ReadonlySet<string>) => number): Map<string, number> {
  const orders = (rest: readonly string[]): string[][] =>
    rest.length
      ? rest.flatMap((one) => orders(rest.filter((other) => other !== one)).map((order) => [one, ...order]))
      : [[]];
  const sums = new Map(players.map((one) => [one, 0]));
  const all = orders(players);
  for (const order of all) {
    order.forEach((one, i) => {
      const added = worth(new Set(order.slice(0, i + 1))) - worth(new Set(order.slice(0, i)));
      sums.set(one, (sums.get(one) ?? 0) + added / all.length);
    });
  }
  return sums;
}

const within = (rows: readonly PathRow[], set: ReadonlySet<string>) =>
  rows.filter(({ path }) => path.every((channel) => set.has(channel)));

describe('shapley', () => {
  it('conversions game: the closed form is the average over all orders', () => {
    fc.assert(
      fc.property(rowsOf(5), (rows) => {
        const oracle = shapleyOracle(namesOf(rows), (set) => total(within(rows, set), 'conversions'));
        for (const { channel, conversions } of attributePaths(rows, 'shapley').rows)
          expect(conversions).toBeCloseTo(oracle.get(channel) ?? Number.NaN, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('rate game: bit masks give the average over all orders', () => {
    fc.assert(
      fc.property(rowsOf(5), (rows) => {
        const people = total(rows, 'conversions') + total(rows, 'nulls');
        const oracle = shapleyOracle(namesOf(rows), (set) => {
          const own = within(rows, set);
          return total(own, 'conversions') / (total(own, 'conversions') + total(own, 'nulls') || 1);
        });
        for (const { channel, conversions } of attributePaths(rows, 'shapley', { game: 'rate' }).rows)
          expect(conversions).toBeCloseTo((oracle.get(channel) ?? Number.NaN) * people, 8);
      }),
      { numRuns: 40 },
    );
  });

  const games = fc.integer({ min: 1, max: 6 }).chain((players) =>
    fc.record({
      players: fc.constant(players),
      worths: fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
        minLength: 2 ** players,
        maxLength: 2 ** players,
      }),
      others: fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
        minLength: 2 ** players,
        maxLength: 2 ** players,
      }),
    }),
  );
  const solve = (players: number, worths: readonly number[]) =>
    shapleyValues(players, (set) => (set ? (worths[set] ?? 0) : 0));

  it('is efficient, additive, and gives a null player nothing', () => {
    fc.assert(
      fc.property(games, ({ players, worths, others }) => {
        const values = solve(players, worths);
        expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(worths.at(-1) ?? 0, 9);
        const both = solve(
          players,
          worths.map((worth, i) => worth + (others[i] ?? 0)),
        );
        solve(players, others).forEach((value, i) => void expect(both[i]).toBeCloseTo(value + (values[i] ?? 0), 9));
        // One more player whom no coalition needs.
        const wider = shapleyValues(players + 1, (set) =>
          set & (2 ** players - 1) ? (worths[set & (2 ** players - 1)] ?? 0) : 0,
        );
        expect(wider.at(-1)).toBe(0);
        values.forEach((value, i) => void expect(wider[i]).toBeCloseTo(value, 9));
      }),
    );
  });

  it('is symmetric: exchanged players exchange their values', () => {
    fc.assert(
      fc.property(games, ({ players, worths }) => {
        const swap = (set: number) => (set & ~3) | ((set & 1) << 1) | ((set & 2) >> 1);
        fc.pre(players >= 2);
        const values = solve(players, worths);
        const swapped = shapleyValues(players, (set) => (set ? (worths[swap(set)] ?? 0) : 0));
        expect(swapped[0]).toBeCloseTo(values[1] ?? Number.NaN, 9);
        expect(swapped[1]).toBeCloseTo(values[0] ?? Number.NaN, 9);
      }),
    );
  });

  it('sampled: efficient in every draw, exact where order does not matter, else near the exact values', () => {
    fc.assert(
      fc.property(games, fc.nat(1e9), ({ players, worths }, seed) => {
        const worth = (set: number) => (set ? (worths[set] ?? 0) : 0);
        const walk = (order: Uint32Array) => {
          const added = new Float64Array(players);
          let set = 0;
          for (const one of order) {
            added[one] = worth(set | (1 << one)) - worth(set);
            set |= 1 << one;
          }
          return [added];
        };
        const [sampled] = sampleShapley(players, 800, createRandom(seed), { games: 1, walk });
        const exact = shapleyValues(players, worth);
        expect(sampled?.values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(worth(2 ** players - 1), 8);
        exact.forEach((value, i) => {
          // Six standard errors: one in 500 million by chance.
          const error = 6 * (sampled?.standardErrors[i] ?? 0) + 1e-9;
          expect(Math.abs((sampled?.values[i] ?? 0) - value)).toBeLessThan(error);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('rate game with 16 channels, sampled, is near what 2^16 coalitions give', () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({
      path: [`c${i % 16}`, `c${(i * 5 + 1) % 16}`, `c${(i * 11 + 3) % 16}`].slice(0, 1 + (i % 3)),
      conversions: 1 + (i % 4),
      nulls: (i * 7) % 9,
    }));
    const names = namesOf(rows);
    expect(names).toHaveLength(16);
    const people = total(rows, 'conversions') + total(rows, 'nulls');
    const exact = shapleyValues(16, (set) => {
      const own = within(rows, new Set(names.filter((_, i) => set & (1 << i))));
      return total(own, 'conversions') / (total(own, 'conversions') + total(own, 'nulls') || 1);
    });
    for (const { channel, conversions, standardError = 0 } of attributePaths(rows, 'shapley', { game: 'rate' }).rows) {
      const value = (exact[names.indexOf(channel)] ?? 0) * people;
      expect(Math.abs(conversions - value)).toBeLessThan(5 * standardError);
      expect(standardError).toBeLessThan(1);
    }
  });

  it('ordered: positions add up to the unordered value, and each is the sum over paths by definition', () => {
    fc.assert(
      fc.property(rowsOf(4), (rows) => {
        const unordered = byChannel(attributePaths(rows, 'shapley'));
        for (const { channel, conversions, positions = [] } of attributePaths(rows, 'ordered-shapley').rows) {
          expect(conversions).toBeCloseTo(unordered.get(channel)?.conversions ?? Number.NaN, 9);
          expect(positions.reduce((sum, part) => sum + part, 0)).toBeCloseTo(conversions, 9);
          // Zhao et al., eq. 12: sum over sets S with the channel of R_i(S) / |S|.
          for (let i = 0; i < 7; i++) {
            const by = rows
              .filter(({ path }) => path[i] === channel)
              .map(({ path, conversions: n }) => n / path.filter((one) => one === channel).length / new Set(path).size);
            expect(positions[i] ?? 0).toBeCloseTo(
              by.reduce((sum, part) => sum + part, 0),
              9,
            );
          }
        }
      }),
    );
  });
});

it('paths that were packed apart are those that were packed together', () => {
  const moreRows = fc.tuple(rowsOf(4), fc.boolean(), fc.boolean()).map(([rows, isTimed, hasLeads]) =>
    rows.map((row) => ({
      ...row,
      ...(isTimed && { times: row.path.map((_, i) => i) }),
      ...(hasLeads && { lead: row.path.length - 1 }),
    })),
  );
  fc.assert(
    fc.property(moreRows, moreRows, (some, others) => {
      const packer = createPacker();
      for (const row of some) packer.add(row, 'Row');
      packer.append(packPaths(others));
      expect(packer.pack()).toEqual(packPaths([...some, ...others]));
    }),
  );
});

it('data-driven: the formula of Shao and Li, path by path', () => {
  fc.assert(
    fc.property(rowsOf(4), (rows) => {
      const chance = (...channels: string[]) => {
        const met = rows.filter(({ path }) => channels.every((channel) => path.includes(channel)));
        return total(met, 'conversions') / (total(met, 'conversions') + total(met, 'nulls'));
      };
      const contribution = (one: string, others: string[]) =>
        others.reduce(
          (sum, other) => sum + (chance(one, other) - chance(one) - chance(other)) / (2 * others.length),
          chance(one),
        );
      const credit = new Map<string, number>();
      for (const { path, conversions } of rows) {
        if (conversions === 0) continue;
        const set = [...new Set(path)];
        const parts = set.map((one) =>
          Math.max(
            0,
            contribution(
              one,
              set.filter((other) => other !== one),
            ),
          ),
        );
        const sum = parts.reduce((all, part) => all + part, 0);
        set.forEach((one, i) => credit.set(one, (credit.get(one) ?? 0) + (conversions * (parts[i] ?? 0)) / sum));
      }
      for (const { channel, conversions } of attributePaths(rows, 'data-driven').rows)
        expect(conversions).toBeCloseTo(credit.get(channel) ?? 0, 9);
    }),
  );
});
