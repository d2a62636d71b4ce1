import { describe, expect, it } from 'vitest';
import {
  BadQuery,
  classify,
  first,
  last,
  lastNonDirect,
  linear,
  MODELS,
  type ModelTouch,
  position,
  positionBased,
  readPaths,
  shapleyValues,
  timeDecay,
  wShaped,
} from '../../src/report/index.js';

const DAY = 86_400_000;

/** Touches so many days before day 100; `d` marks direct ones. */
function touches(...ages: (number | `${number}d`)[]): ModelTouch[] {
  return ages.map((age) => ({ at: (100 - Number.parseFloat(String(age))) * DAY, direct: String(age).endsWith('d') }));
}

const convertedAt = 100 * DAY;

describe('attribution models, by hand', () => {
  it('first and last take all', () => {
    expect(first(touches(9, 5, 1), convertedAt)).toEqual([1, 0, 0]);
    expect(last(touches(9, 5, 1), convertedAt)).toEqual([0, 0, 1]);
  });

  it('last-non-direct passes over direct touches, unless there is nothing else', () => {
    expect(lastNonDirect(touches(9, 5, '1d'), convertedAt)).toEqual([0, 1, 0]);
    expect(lastNonDirect(touches(9, '5d', '1d'), convertedAt)).toEqual([1, 0, 0]);
    expect(lastNonDirect(touches('9d', '1d'), convertedAt)).toEqual([0, 1]);
  });

  it('linear gives equal parts, repeats included', () => {
    expect(linear(touches(9, 5, 3, 1), convertedAt)).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it('position gives 100; 50 / 50; 40 / 20 / 40; 40 / 10 / 10 / 40', () => {
    expect(position(touches(9), convertedAt)).toEqual([1]);
    expect(position(touches(9, 1), convertedAt)).toEqual([0.5, 0.5]);
    const three = position(touches(9, 5, 1), convertedAt);
    const four = position(touches(9, 5, 3, 1), convertedAt);
    [0.4, 0.2, 0.4].forEach((credit, i) => void expect(three[i]).toBeCloseTo(credit, 14));
    [0.4, 0.1, 0.1, 0.4].forEach((credit, i) => void expect(four[i]).toBeCloseTo(credit, 14));
  });

  it('time decay halves every seven days', () => {
    // Weights 2^-2, 2^-1, 2^0 = 1/4, 1/2, 1 of 7/4.
    const credits = timeDecay()(touches(14, 7, 0), convertedAt);
    [1 / 7, 2 / 7, 4 / 7].forEach((credit, i) => void expect(credits[i]).toBeCloseTo(credit, 14));
    // 3.5 days are half a half-life: weights 1/sqrt 2 and 1.
    expect(timeDecay()(touches(3.5, 0), convertedAt)[0]).toBeCloseTo(0.41421356, 8);
    expect(timeDecay(1)(touches(1, 0), convertedAt)[0]).toBeCloseTo(1 / 3, 14);
  });

  it('time decay still divides when every touch is ages old', () => {
    // 2^-(100,000/7) is 0 in floating point; relative to each other the weights are 1/2 and 1.
    const credits = timeDecay()(touches(100_007, 100_000), convertedAt);
    expect(credits[0]).toBeCloseTo(1 / 3, 10);
  });
});

describe('wrong calls of what is exported', () => {
  it.each<[string, () => unknown]>([
    ['"halfLifeDays" is 0', () => timeDecay(0)],
    ['"halfLifeDays" is NaN', () => timeDecay(Number.NaN)],
    ['"at" is NaN', () => timeDecay()([{ at: Number.NaN, direct: false }, ...touches(1)], convertedAt)],
    ['"weights" is [-1,0,2]', () => positionBased([-1, 0, 2])],
    ['"weights" is ["NaN",1,1,1]', () => wShaped([Number.NaN, 1, 1, 1])],
    ['"weights" is [0,0,0,0]', () => wShaped([0, 0, 0, 0])],
    ['"mode" is "ga3"', () => classify({ url: 'https://shop.example/' }, { mode: 'ga3' as 'ga4' })],
  ])('%s', (says, call) => {
    expect(call).toThrow(BadQuery);
    expect(call).toThrow(says);
  });

  it.each([{ format: 'xml' as 'csv' }, { separator: '' }, { delimiter: '' }])('readPaths with %j', async (options) => {
    await expect(readPaths('path,conversions\na,1\n', options)).rejects.toThrow(BadQuery);
  });

  it('a game without a number for a coalition', () => {
    expect(() => shapleyValues(2, (coalition) => (coalition === 3 ? Number.NaN : 0))).toThrow('coalition 3 is NaN');
    expect(() => shapleyValues(21, () => 0)).toThrow('0 to 20 players, not 21');
  });

  it('of no touches nothing is divided', () => {
    for (const model of [...Object.values(MODELS), wShaped()]) expect(model([], convertedAt)).toEqual([]);
  });
});
