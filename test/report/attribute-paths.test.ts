import { describe, expect, it } from 'vitest';
import {
  attributePaths,
  BadQuery,
  BadRow,
  PATH_MODEL_NAMES,
  type PathModelName,
  type PathRow,
  shapleyValues,
} from '../../src/report/index.js';

const row = (path: string, conversions: number, nulls = 0, value = 0): PathRow => ({
  path: path.split(' '),
  conversions,
  nulls,
  value,
});

/** Conversions by channel, ten decimals. */
function credits(rows: PathRow[], model: PathModelName, options = {}): Record<string, number> {
  const found = attributePaths(rows, model, options).rows;
  return Object.fromEntries(found.map(({ channel, conversions }) => [channel, Number(conversions.toFixed(10))]));
}

const values = (rows: PathRow[], model: PathModelName, options = {}) =>
  Object.fromEntries(attributePaths(rows, model, options).rows.map(({ channel, value }) => [channel, value]));

const figure = (
  rows: PathRow[],
  model: PathModelName,
  name: 'removalEffect' | 'contribution' | 'probability',
  options = {},
) => Object.fromEntries(attributePaths(rows, model, options).rows.map((one) => [one.channel, one[name]]));

describe('models that look at one path at a time', () => {
  it('first, last, linear and position divide conversions and value', () => {
    const rows = [row('a b b c', 2, 0, 10), row('a', 1, 0, 3)];
    expect(credits(rows, 'first')).toEqual({ a: 3, b: 0, c: 0 });
    expect(credits(rows, 'last')).toEqual({ c: 2, a: 1, b: 0 });
    expect(credits(rows, 'linear')).toEqual({ a: 1.5, b: 1, c: 0.5 });
    expect(credits(rows, 'position')).toEqual({ a: 1.8, c: 0.8, b: 0.4 });
    expect(values(rows, 'last')).toEqual({ c: 10, a: 3, b: 0 });
  });

  it('lists channels of equal credit by name, whatever the last bits of it are', () => {
    const { rows } = attributePaths([row('b c a', 1), row('c a b', 1)], 'linear');
    expect(rows.map(({ channel }) => channel)).toEqual(['a', 'b', 'c']);
    const position = attributePaths([row('z y a', 1)], 'position').rows;
    expect(position.map(({ channel }) => channel)).toEqual(['a', 'z', 'y']);
  });

  it('collapse and unique change what counts as a touch', () => {
    expect(credits([row('a a b a', 1)], 'linear', { collapse: true })).toEqual({ a: 0.6666666667, b: 0.3333333333 });
    expect(credits([row('a a b a', 1)], 'linear', { unique: true })).toEqual({ a: 0.5, b: 0.5 });
  });

  it('last-non-direct knows direct by its names, or by those given', () => {
    const rows = [row('ads Direct', 1), row('mail (direct)', 1), row('Direct', 1), row('ads typed', 1)];
    expect(credits(rows, 'last-non-direct')).toEqual({ Direct: 1, ads: 1, mail: 1, typed: 1, '(direct)': 0 });
    expect(credits(rows, 'last-non-direct', { direct: ['typed'] })).toMatchObject({ ads: 1, typed: 0, Direct: 2 });
  });

  it('position takes free weights, on any scale', () => {
    expect(credits([row('a b c d', 10)], 'position', { weights: [50, 30, 20] })).toEqual({
      a: 5,
      d: 2,
      b: 1.5,
      c: 1.5,
    });
    expect(credits([row('a b c d', 10)], 'position', { weights: [0.5, 0.2] })).toEqual({ a: 5, d: 2, b: 1.5, c: 1.5 });
    // Two touches: first and last are scaled up, 3 : 1.
    expect(credits([row('a b', 4)], 'position', { weights: [0.3, 0.6, 0.1] })).toEqual({ a: 3, b: 1 });
  });

  it('w-shaped gives 30 / 30 / 30 / 10 with the middle touch as the lead, or the one that is named', () => {
    expect(credits([row('a b c d e', 1)], 'w-shaped')).toEqual({ a: 0.3, c: 0.3, e: 0.3, b: 0.05, d: 0.05 });
    expect(credits([row('a b c d', 1)], 'w-shaped')).toEqual({ a: 0.3, b: 0.3, d: 0.3, c: 0.1 });
    expect(credits([row('a b c', 3)], 'w-shaped')).toEqual({ a: 1, b: 1, c: 1 });
    expect(credits([row('a b', 1)], 'w-shaped')).toEqual({ a: 0.5, b: 0.5 });
    expect(credits([row('a', 1)], 'w-shaped')).toEqual({ a: 1 });
    expect(credits([{ ...row('a b c d', 1), lead: 2 }], 'w-shaped')).toEqual({ a: 0.3, c: 0.3, d: 0.3, b: 0.1 });
    expect(credits([{ ...row('a b c', 1), lead: 0 }], 'w-shaped')).toEqual({ a: 0.6, c: 0.3, b: 0.1 });
    expect(credits([row('a b c d', 10)], 'w-shaped', { weights: [4, 3, 2, 1] })).toEqual({ a: 4, b: 3, d: 2, c: 1 });
  });

  it('the named lead stays the lead when repeats are taken as one', () => {
    expect(credits([{ ...row('a b b c d', 1), lead: 3 }], 'w-shaped', { collapse: true })).toMatchObject({
      c: 0.3,
      b: 0.1,
    });
    expect(credits([{ ...row('a b a c d', 1), lead: 2 }], 'w-shaped', { unique: true })).toMatchObject({ a: 0.6 });
  });

  it('time decay takes times, or a day between touches, and any half-life', () => {
    const timed = { ...row('a b c', 7), times: ['2026-11-01', '2026-11-08T00:00:00Z', Date.parse('2026-11-15')] };
    expect(credits([timed], 'time-decay')).toEqual({ c: 4, b: 2, a: 1 });
    expect(attributePaths([timed], 'time-decay').notices).toEqual([]);
    const plain = attributePaths([row('a b c', 7)], 'time-decay', { halfLifeDays: 1 });
    expect(plain.rows.map(({ conversions }) => conversions)).toEqual([4, 2, 1].map((n) => expect.closeTo(n, 12)));
    expect(plain.notices).toEqual([expect.stringContaining('1 paths have no times')]);
    // Without a zone it is UTC, and rows with and without times may be mixed.
    expect(
      credits(
        [row('a b', 1), { ...row('a b', 3), times: ['2026-11-01 10:00:00', '2026-11-08T10:00:00Z'] }],
        'time-decay',
      ),
    ).toEqual({
      a: Number((1 + 2 ** (-1 / 7) / (1 + 2 ** (-1 / 7))).toFixed(10)),
      b: Number((2 + 1 / (1 + 2 ** (-1 / 7))).toFixed(10)),
    });
  });
});

describe('markov', () => {
  // By hand: start -> c1 2/3, c2 1/3; c1 -> c2 1/2, null 1/2; c2 -> c3 1; c3 -> conversion 1/2, null 1/2. So p = 1/3;
  // without c1 p = 1/3 * 1/2 = 1/6, effect 1/2; without c2 or c3 nobody converts, effect 1. Shares 1/5, 2/5, 2/5.
  const rows = [row('c1 c2 c3', 1, 0, 50), row('c1', 0, 1), row('c2 c3', 0, 1)];

  it('gives the removal effects and shares worked out by hand', () => {
    expect(figure(rows, 'markov', 'removalEffect')).toEqual({ c1: expect.closeTo(0.5, 14), c2: 1, c3: 1 });
    expect(credits(rows, 'markov')).toEqual({ c2: 0.4, c3: 0.4, c1: 0.2 });
    expect(attributePaths(rows, 'markov').details).toMatchObject({ order: 1, states: 3, conversionProbability: 1 / 3 });
  });

  it('lists the transitions', () => {
    const { transitions } = attributePaths(rows, 'markov').details;
    expect(transitions).toHaveLength(7);
    expect(transitions).toContainEqual({ from: [], to: ['c1'], journeys: 2, probability: 2 / 3 });
    expect(transitions).toContainEqual({ from: ['c3'], to: 'conversion', journeys: 1, probability: 0.5 });
    expect(transitions).toContainEqual({ from: ['c1'], to: 'null', journeys: 1, probability: 0.5 });
    expect(attributePaths(rows, 'markov', { transitions: false }).details).not.toHaveProperty('transitions');
  });

  it('at order 2 remembers where a visitor came from', () => {
    // c2 after c1 converts always, c2 from the start never. Order 1 mixes them.
    const two = [row('c1 c2', 1), row('c2', 0, 1)];
    expect(figure(two, 'markov', 'removalEffect')).toEqual({ c1: 0.5, c2: 1 });
    expect(figure(two, 'markov', 'removalEffect', { order: 2 })).toEqual({ c1: 1, c2: 1 });
    expect(attributePaths(two, 'markov', { order: 2 }).details.transitions).toContainEqual({
      from: ['c1', 'c2'],
      to: 'conversion',
      journeys: 1,
      probability: 1,
    });
  });

  it('weighs value by what each way brings', () => {
    // Order 1, no ways in common: a's conversions bring 1 each, b's 10. Effects on conversions 1/2, on value 1/11.
    const found = attributePaths([row('a', 1, 1, 1), row('b', 1, 1, 10)], 'markov').rows;
    expect(found).toEqual([
      {
        channel: 'b',
        conversions: 1,
        value: 10,
        share: 0.5,
        removalEffect: 0.5,
        valueRemovalEffect: expect.closeTo(10 / 11, 14),
      },
      {
        channel: 'a',
        conversions: 1,
        value: 1,
        share: 0.5,
        removalEffect: 0.5,
        valueRemovalEffect: expect.closeTo(1 / 11, 14),
      },
    ]);
  });

  it('gives what the readme of pychattr shows, which walks at random where this is exact', () => {
    // jmwoloso/pychattr, README: A 1.991106 and B 1.008894 of 10,000 walks. Exactly: without A nobody converts; without B
    // those who convert at their first A, 1 of 2 steps from A. Effects 1 and 1/2, shares 2/3 and 1/3.
    const published = [row('A B A B B A', 1, 0, 1), row('A B B A A', 1, 0, 1), row('A A', 1, 0, 1)];
    expect(credits(published, 'markov')).toEqual({ A: 2, B: 1 });
    expect(figure(published, 'markov', 'removalEffect')).toEqual({ A: 1, B: expect.closeTo(0.5, 14) });
  });

  it('says when there are no nulls', () => {
    expect(attributePaths([row('a b', 3)], 'markov').notices).toEqual([expect.stringContaining('without conversion')]);
    expect(attributePaths(rows, 'markov').notices).toEqual([]);
    expect(credits([row('a', 5)], 'markov')).toEqual({ a: 5 });
  });

  it('is exact when visitors go round in circles', () => {
    const round = Array.from({ length: 2000 }, (_, i) => (i % 2 ? 'b' : 'a')).join(' ');
    const found = attributePaths([row(round, 1, 1), row('c', 1, 0)], 'markov');
    expect(figure([row(round, 1, 1), row('c', 1, 0)], 'markov', 'removalEffect')).toEqual({ a: 0.5, b: 0.5, c: 0.5 });
    expect(found.totals.conversions).toBe(2);
  });
});

describe('shapley', () => {
  const names = ['O', 'F', 'D'];
  const worths: [string, number][] = [
    ['O', 7],
    ['F', 6],
    ['D', 4],
    ['O F', 15],
    ['O D', 7],
    ['F D', 9],
    ['O F D', 19],
  ];

  it('gives the published values of three channels (readme of DP6 Marketing-Attribution-Models)', () => {
    const worth = (coalition: number) =>
      worths.find(([set]) => set === names.filter((_, i) => coalition & (1 << i)).join(' '))?.[1] ?? 0;
    expect(shapleyValues(3, worth).map((value) => value.toFixed(4))).toEqual(['7.6667', '8.1667', '3.1667']);
    const game = attributePaths(
      worths.map(([set, count]) => row(set, count)),
      'shapley',
      { game: 'coalitions' },
    );
    expect(game.rows.map(({ channel, conversions }) => `${channel} ${conversions.toFixed(4)}`)).toEqual([
      'F 8.1667',
      'O 7.6667',
      'D 3.1667',
    ]);
    expect(game.totals.conversions).toBe(19);
    // All together are worth nothing: gains and losses are credits, and there is no share.
    const zero = attributePaths([row('a b', 3), row('a c', 2), row('b', 1)], 'shapley', { game: 'coalitions' });
    expect(zero.totals.conversions).toBe(0);
    expect(zero.rows.every(({ share }) => share === null)).toBe(true);
  });

  it('conversions game: each conversion is divided among the distinct channels of its path', () => {
    expect(credits([row('a b a', 6), row('a', 4), row('a b c', 3)], 'shapley')).toEqual({ a: 8, b: 4, c: 1 });
  });

  it('rate game, by hand', () => {
    // v(a) = 1/4, v(b) = 1/2, v(ab) = (1 + 2 + 3) / (4 + 4 + 4) = 1/2; a = ((1/4 - 0) + (1/2 - 1/2)) / 2 = 1/8, b = 3/8.
    const rows = [row('a', 1, 3), row('b', 2, 2), row('a b', 3, 1)];
    expect(credits(rows, 'shapley', { game: 'rate' })).toEqual({ b: 4.5, a: 1.5 });
  });

  it('rate game: a channel that makes people leave has less than nothing', () => {
    const found = attributePaths([row('good', 9, 1), row('good bad', 0, 10)], 'shapley', { game: 'rate' });
    // v(good) = 0.9, v(bad) = 0, v(both) = 0.45.
    expect(found.rows.map(({ channel, conversions }) => [channel, conversions])).toEqual([
      ['good', expect.closeTo(0.675 * 20, 12)],
      ['bad', expect.closeTo(-0.225 * 20, 12)],
    ]);
    expect(found.totals.conversions).toBe(9);
  });

  it('rate game with more than 15 channels: sampled, seeded, with a standard error', () => {
    const rows = Array.from({ length: 40 }, (_, i) =>
      row(`c${i % 20} c${(i * 7) % 20} c${(i * 3) % 20}`, 1 + (i % 3), 4, i),
    );
    const once = attributePaths(rows, 'shapley', { game: 'rate', samples: 200 });
    expect(once.details).toEqual({ game: 'rate', exact: false, samples: 200, seed: 1 });
    expect(attributePaths(rows, 'shapley', { game: 'rate', samples: 200 })).toEqual(once);
    expect(attributePaths(rows, 'shapley', { game: 'rate', samples: 200, seed: 2 }).rows).not.toEqual(once.rows);
    for (const { standardError } of once.rows) expect(standardError).toBeGreaterThan(0);
  });

  it('ordered: the same sums, by position', () => {
    // Zhao et al.: 'a b a' -> a and b half each; a's half in equal parts at positions 1 and 3.
    const found = attributePaths([row('a b a', 4), row('b', 2)], 'ordered-shapley').rows;
    expect(found).toEqual([
      { channel: 'b', conversions: 4, value: 0, share: expect.closeTo(2 / 3, 14), positions: [2, 2] },
      { channel: 'a', conversions: 2, value: 0, share: expect.closeTo(1 / 3, 14), positions: [1, 0, 1] },
    ]);
  });
});

describe('data-driven (Shao and Li)', () => {
  // p(a) = 4/10, p(b) = 5/10, p(a,b) = 3/5. On the path a b: C(a) = .4 + (.6 - .4 - .5)/2 = .25, C(b) = .35.
  const rows = [row('a b', 3, 2), row('a', 1, 4), row('b', 2, 3)];

  it('gives chances and contributions worked out by hand', () => {
    expect(figure(rows, 'data-driven', 'probability')).toEqual({ a: 0.4, b: 0.5 });
    expect(figure(rows, 'data-driven', 'contribution')).toEqual({
      a: expect.closeTo(0.25, 14),
      b: expect.closeTo(0.35, 14),
    });
    expect(credits(rows, 'data-driven')).toEqual({ a: 2.25, b: 3.75 });
  });

  it('without nulls divides equally and says so', () => {
    const { notices } = attributePaths([row('a b c', 3)], 'data-driven');
    expect(credits([row('a b c', 3)], 'data-driven')).toEqual({ a: 1, b: 1, c: 1 });
    expect(notices).toEqual([expect.stringContaining('equally')]);
  });
});

describe.each(PATH_MODEL_NAMES)('%s', (model) => {
  it('takes no rows, rows without journeys, and paths without touches', () => {
    expect(attributePaths([], model)).toMatchObject({ rows: [], totals: { paths: 0, conversions: 0 } });
    const zero = attributePaths([row('a b', 0, 0)], model);
    expect(zero.rows.map(({ channel, conversions, share }) => [channel, conversions, share])).toEqual([
      ['a', 0, null],
      ['b', 0, null],
    ]);
    const nulls = attributePaths([row('a b', 0, 5)], model);
    expect(nulls.rows.every(({ conversions }) => conversions === 0)).toBe(true);
    expect(JSON.stringify([zero, nulls])).not.toMatch(/NaN|Infinity/);
    expect(attributePaths([{ path: [], conversions: 3, value: 9 }], model).rows).toMatchObject([
      { channel: '(none)', conversions: 3, value: 9, share: 1 },
    ]);
  });

  it('gives all value to somebody, also where it came without conversions or is negative', () => {
    const rows = [row('a b', 0, 0, 12), row('c', 0, 3, -4), row('a', 0, 1, 2)];
    const found = attributePaths(rows, model);
    expect(found.rows.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(10, 12);
    const signed = attributePaths([row('a b', 2, 1, 12), row('b', 1, 1, -4)], model);
    expect(signed.rows.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(8, 12);
  });

  it('takes a path as long as a bot leaves', () => {
    const path = Array.from({ length: 200_000 }, (_, i) => `c${i % 7}`);
    const { rows } = attributePaths([{ path, conversions: 1, nulls: 1 }], model, { order: 4 });
    expect(rows.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(1);
  });

  it('takes any name for a channel', () => {
    const odd = ['__proto__', 'constructor', 'a > b', 'a,b', '0', ' ', '"', '🧵', 'START', '(conversion)'];
    const { rows, totals } = attributePaths(
      [
        { path: odd, conversions: 10, nulls: 1 },
        { path: ['__proto__'], conversions: 1 },
        { path: ['a', 'b'], conversions: 1 },
      ],
      model,
    );
    expect(rows.map(({ channel }) => channel).sort()).toEqual([...odd, 'a', 'b'].sort());
    expect(rows.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(totals.conversions);
  });

  it('gives intervals that hold the figure, the same for the same seed', () => {
    const rows = [row('a b c', 40, 60, 400), row('b', 30, 80, 90), row('c a', 20, 20, 10)];
    const found = attributePaths(rows, model, { bootstrap: 100, seed: 3 });
    for (const { conversions, share, interval } of found.rows) {
      expect(interval?.conversions.low).toBeLessThanOrEqual(conversions);
      expect(interval?.conversions.high).toBeGreaterThanOrEqual(conversions);
      expect(interval?.share?.low).toBeLessThanOrEqual(share ?? Number.NaN);
    }
    expect(
      found.rows.some(({ interval }) => (interval?.conversions.high ?? 0) - (interval?.conversions.low ?? 0) > 5),
    ).toBe(true);
    expect(attributePaths(rows, model, { bootstrap: 100, seed: 3 })).toEqual(found);
  });
});

describe('wrong calls', () => {
  it.each([
    [{ path: 'a > b', conversions: 1 }, 'path', 'a list'],
    [{ path: ['a', ''], conversions: 1 }, 'path', 'non-empty'],
    [{ path: ['a', 3], conversions: 1 }, 'path', 'names'],
    [{ path: ['a'] }, 'conversions', 'missing'],
    [{ path: ['a'], conversions: -1 }, 'conversions', '-1'],
    [{ path: ['a'], conversions: Number.NaN }, 'conversions', 'NaN'],
    [{ path: ['a'], conversions: '1' }, 'conversions', '"1"'],
    [{ path: ['a'], conversions: 1e308 }, 'conversions', '1e+308'],
    [{ path: ['a'], conversions: 1, nulls: Number.POSITIVE_INFINITY }, 'nulls', 'Infinity'],
    [{ path: ['a'], conversions: 1, value: 'x' }, 'value', '"x"'],
    [{ path: ['a', 'b'], conversions: 1, times: [1] }, 'times', '2 times'],
    [{ path: ['a'], conversions: 1, times: ['yesterday'] }, 'times', 'yesterday'],
    [{ path: ['a'], conversions: 1, lead: 1 }, 'lead', 'from 0'],
    [null, 'path', 'object'],
  ])('refuses the row %j, naming it and the field', (bad, field, says) => {
    const rows = [row('a', 1), bad] as PathRow[];
    const error = caught(() => attributePaths(rows, 'linear'));
    expect(error).toBeInstanceOf(BadRow);
    expect(error).toMatchObject({ place: 'Row 2', field, code: 'bad-row' });
    expect(String(error)).toContain('Row 2: ');
    expect(String(error)).toContain(says);
  });

  it('refuses what JSON cannot show', () => {
    const rows = [{ path: ['a'], conversions: 10n }] as unknown as PathRow[];
    expect(String(caught(() => attributePaths(rows, 'linear')))).toContain('Row 1: "conversions" is 10n');
  });

  it('says which rows count for nothing: in a file with a row for each journey 0 means one that is lost', () => {
    const { rows, notices } = attributePaths([row('a b', 1, 1), row('a', 0)], 'linear');
    expect(rows.map(({ conversions }) => conversions)).toEqual([0.5, 0.5]);
    expect(notices).toEqual([expect.stringContaining('count for nothing: 1')]);
    expect(attributePaths([row('a b', 0, 1), row('a', 0, 0, 5)], 'last').notices).toEqual([]);
  });

  it('takes null for what a database does not have, and for no options', () => {
    const rows = [{ path: ['a', 'b'], conversions: 2, value: null, nulls: null, times: null, lead: null }];
    const taken = attributePaths(rows as unknown as PathRow[], 'linear', null);
    expect(taken).toEqual(attributePaths([row('a b', 2)], 'linear'));
  });

  it.each([undefined, null, { path: ['a'], conversions: 1 }, 7])('refuses %j for rows', (rows) => {
    const error = caught(() => attributePaths(rows as unknown as PathRow[], 'linear'));
    expect(error).toBeInstanceOf(BadQuery);
    expect(String(error)).toContain('"rows"');
  });

  it.each([
    ['markov', { order: 5 }, 'order'],
    ['markov', { order: '2' }, 'order'],
    ['position', { weights: '40,20,40' }, 'weights'],
    ['markov', { order: 1.5 }, 'order'],
    ['time-decay', { halfLifeDays: 0 }, 'halfLifeDays'],
    ['position', { weights: [1, -1, 1] }, 'weights'],
    ['position', { weights: [1] }, 'weights'],
    ['w-shaped', { weights: [1, 2, 3] }, 'weights'],
    ['position', { weights: [0, 0, 0] }, 'weights'],
    ['last-non-direct', { direct: 'Direct' }, 'direct'],
    ['linear', { bootstrap: 5, level: Number.NaN }, 'level'],
    ['linear', { seed: -1 }, 'seed'],
    ['shapley', { samples: 1 }, 'samples'],
    ['linear', { bootstrap: 0 }, 'bootstrap'],
    ['linear', { level: 95 }, 'level'],
    ['shapley', { game: 'chess' }, 'game'],
    ['magic', {}, 'model'],
  ])('refuses %s with %j', (model, options, parameter) => {
    const error = caught(() => attributePaths([], model as PathModelName, options as object));
    expect(error).toBeInstanceOf(BadQuery);
    expect(String(error)).toContain(`"${parameter}"`);
  });
});

function caught(task: () => unknown): unknown {
  try {
    task();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
