import { describe, expect, it } from 'vitest';
import {
  type AttributePathsOptions,
  attributePaths,
  type PathModelName,
  type PathRow,
} from '../../src/report/index.js';

function credits(rows: PathRow[], model: PathModelName, options: AttributePathsOptions = {}, field: Field = 'value') {
  const found = attributePaths(rows, model, options).rows;
  return Object.fromEntries(found.map((row) => [row.channel, row[field]]));
}

type Field = 'value' | 'conversions';

const near = (figures: { [channel: string]: number }, digits = 9) =>
  Object.fromEntries(Object.entries(figures).map(([channel, figure]) => [channel, expect.closeTo(figure, digits)]));

describe('one journey, 12,000 $, by six models', () => {
  // coreyhaines31/marketingskills, skills/attribution/references/attribution-models.md: touches on days 0, 5, 12, 30, 38, here
  // by channel; half-life 7 days. Its 3,415 and 7,545 are rounded so that they add up.
  const day = (number: number) => Date.UTC(2026, 0, 1 + number);
  const journey: PathRow = {
    path: ['paid social', 'organic', 'paid social', 'branded search', 'Direct'],
    conversions: 1,
    value: 12_000,
    times: [0, 5, 12, 30, 38].map(day),
  };

  it.each<[PathModelName, { [channel: string]: number }]>([
    ['first', { 'paid social': 12_000, organic: 0, 'branded search': 0, Direct: 0 }],
    ['last', { 'paid social': 0, organic: 0, 'branded search': 0, Direct: 12_000 }],
    ['last-non-direct', { 'paid social': 0, organic: 0, 'branded search': 12_000, Direct: 0 }],
    ['linear', { 'paid social': 4800, organic: 2400, 'branded search': 2400, Direct: 2400 }],
    ['position', { 'paid social': 5600, organic: 800, 'branded search': 800, Direct: 4800 }],
  ])('%s', (model, expected) => {
    expect(credits([journey], model)).toEqual(near(expected));
  });

  it('time-decay', () => {
    const found = credits([journey], 'time-decay');
    const published = { 'paid social': 175 + 575, organic: 290, 'branded search': 3415, Direct: 7545 };
    for (const [channel, value] of Object.entries(published))
      expect(Math.abs((found[channel] ?? 0) - value), channel).toBeLessThan(3);
  });
});

describe('tests of other packages', () => {
  const raw: PathRow[] = [
    { path: ['search', 'social', 'email'], conversions: 5 },
    { path: ['search', 'email'], conversions: 3 },
    { path: ['direct'], conversions: 2 },
  ];

  it.each<[PathModelName, AttributePathsOptions, PathRow[], { [channel: string]: number }]>([
    // eeghor/mta, tests/test_heuristic_models.py.
    ['first', {}, raw, { search: 8, direct: 2, email: 0, social: 0 }],
    ['last', {}, raw, { email: 8, direct: 2, search: 0, social: 0 }],
    ['linear', {}, raw, { search: 19 / 6, email: 19 / 6, direct: 2, social: 5 / 3 }],
    ['linear', {}, [{ path: ['a', 'a', 'b'], conversions: 6 }], { a: 4, b: 2 }],
    ['position', {}, raw, { search: 3.5, email: 3.5, direct: 2, social: 1 }],
    ['position', { weights: [30, 0, 70] }, [{ path: ['x', 'y'], conversions: 10 }], { x: 3, y: 7 }],
    // Its tests/test_shapley.py.
    ['shapley', {}, [{ path: ['a', 'b', 'c', 'd'], conversions: 10 }], { a: 2.5, b: 2.5, c: 2.5, d: 2.5 }],
    [
      'shapley',
      {},
      [
        { path: ['a'], conversions: 4 },
        { path: ['a', 'b'], conversions: 6 },
      ],
      { a: 7, b: 3 },
    ],
    // DP6/Marketing-Attribution-Models, tests/test_heuristics.py: A 2 hours, B 1 hour before, half-life 1 hour; and A > B > C, A > C.
    [
      'time-decay',
      { halfLifeDays: 1 / 24 },
      [
        {
          path: ['A', 'B', 'C'],
          conversions: 1,
          times: ['2026-01-01 01:00:00', '2026-01-01 02:00:00', '2026-01-01 03:00:00'],
        },
      ],
      { A: 0.25 / 1.75, B: 0.5 / 1.75, C: 1 / 1.75 },
    ],
    ...(['linear', 'position'] as const).map(
      (model): [PathModelName, object, PathRow[], { [channel: string]: number }] => [
        model,
        {},
        [
          { path: ['A', 'B', 'C'], conversions: 1 },
          { path: ['A', 'C'], conversions: 1 },
        ],
        model === 'linear' ? { A: 5 / 6, B: 1 / 3, C: 5 / 6 } : { A: 0.9, B: 0.2, C: 0.9 },
      ],
    ),
  ])('%s with %j', (model, options, rows, expected) => {
    expect(credits(rows, model, options, 'conversions')).toEqual(near(expected));
  });

  it('the chain of eeghor/mta, tests/test_probabilistic_models.py', () => {
    const rows: PathRow[] = [
      { path: ['a', 'b'], conversions: 3, nulls: 1 },
      { path: ['a', 'c'], conversions: 1, nulls: 1 },
    ];
    const { rows: found, details } = attributePaths(rows, 'markov');
    const steps = details.transitions as { from: string[]; to: string[] | string; probability: number }[];
    expect(Object.fromEntries(steps.map(({ from, to, probability }) => [`${from} ${to}`, probability]))).toEqual({
      ' a': 1,
      'a b': 2 / 3,
      'a c': 1 / 3,
      'b conversion': 3 / 4,
      'b null': 1 / 4,
      'c conversion': 1 / 2,
      'c null': 1 / 2,
    });
    // 2/3 convert; without b 1/3 * 1/2, without c 2/3 * 3/4.
    expect(Object.fromEntries(found.map(({ channel, removalEffect }) => [channel, removalEffect]))).toEqual(
      near({ a: 1, b: 0.75, c: 0.25 }),
    );
    // Its Shao and Li's p(i) of paths of one channel: 0.75 and 0.25.
    const single = attributePaths(
      [
        { path: ['a'], conversions: 3, nulls: 1 },
        { path: ['b'], conversions: 1, nulls: 3 },
      ],
      'data-driven',
    );
    expect(single.rows.map(({ channel, probability }) => [channel, probability])).toEqual([
      ['a', 0.75],
      ['b', 0.25],
    ]);
  });
});

describe('what vendors document', () => {
  const journey = (path: string, rest: Partial<PathRow> = {}): PathRow[] => [
    { path: path.split(' '), conversions: 100, ...rest },
  ];

  // Adobe Analytics, "Attribution models": J gives 60 % to the last touch, inverse J to the first, 20 % to the other end and to
  // all between; of two touches 75 and 25 %; U is 40, 20, 40; one touch has all.
  it.each<[string, readonly number[], readonly number[][]]>([
    ['J', [20, 20, 60], [[100], [25, 75], [20, 20, 60], [20, 20 / 3, 20 / 3, 20 / 3, 60]]],
    ['inverse J', [60, 20, 20], [[100], [75, 25], [60, 20, 20], [60, 20 / 3, 20 / 3, 20 / 3, 20]]],
    ['U', [40, 20, 40], [[100], [50, 50], [40, 20, 40], [40, 20 / 3, 20 / 3, 20 / 3, 40]]],
  ])('%s, of 1, 2, 3 and 5 touches', (_, weights, shares) => {
    for (const parts of shares) {
      const touches = parts.map((_, i) => `t${i}`);
      const expected = Object.fromEntries(parts.map((part, i) => [`t${i}`, part]));
      expect(credits(journey(touches.join(' ')), 'position', { weights }, 'conversions')).toEqual(near(expected));
    }
  });

  it.each<[string, PathModelName, PathRow[], { [channel: string]: number }]>([
    // Marketo Measure (Bizible), W-shaped: milestones that fall together add up, and share what is left of the others' 10 %.
    ['a third each where there are three', 'w-shaped', journey('ft lc oc'), { ft: 100 / 3, lc: 100 / 3, oc: 100 / 3 }],
    [
      '30 and 30 where the first made the lead',
      'w-shaped',
      journey('ft m1 oc', { lead: 0 }),
      { ft: 60, m1: 10, oc: 30 },
    ],
    // leadsources.io, "W-Shaped Attribution": ad, four mails around the lead, retargeting; 10 % in four parts.
    [
      'three milestones with 30 %, the other four 2.5 % each',
      'w-shaped',
      journey('linkedin m1 whitepaper m2 m3 m4 retargeting', { lead: 2 }),
      { linkedin: 30, m1: 2.5, whitepaper: 30, m2: 2.5, m3: 2.5, m4: 2.5, retargeting: 30 },
    ],
    // Universal Analytics, "Attribution models": 40 % to the first and last interaction, 20 % evenly to those between.
    [
      '40, 20, 40',
      'position',
      journey('search social email direct'),
      { search: 40, social: 10, email: 10, direct: 40 },
    ],
    // help.salesforce.com, mktg.mc_mi_mta_models: three touchpoints, a third each.
    ['a third each', 'linear', journey('Email Ads Instagram'), { Email: 100 / 3, Ads: 100 / 3, Instagram: 100 / 3 }],
    // adriennevermorel.com/notes/time-decay-attribution-model: weights 1, 0.5, 0.25, 0.125 on days 0, 7, 14, 21.
    [
      'half as much with each week',
      'time-decay',
      journey('d21 d14 d7 d0', { times: [21, 14, 7, 0].map((days) => -days * 86_400_000) }),
      { d0: 100 / 1.875, d7: 50 / 1.875, d14: 25 / 1.875, d21: 12.5 / 1.875 },
    ],
  ])('%s', (_, model, rows, expected) => {
    expect(credits(rows, model, {}, 'conversions')).toEqual(near(expected));
  });
});
