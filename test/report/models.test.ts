import { describe, expect, it } from 'vitest';
import { first, last, lastNonDirect, linear, type ModelTouch, position, timeDecay } from '../../src/report/models.js';

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
