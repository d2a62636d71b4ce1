import { expect, it } from 'vitest';
import { periodBefore, readFilters, writeFilters } from '../../src/report/page/filters.js';
import { speak } from '../../src/report/page/language.js';
import { beginOf, spanOf } from '../../src/report/page/spans.js';

const SETTINGS = { timezone: 'Europe/Paris', goal: 'Order Completed' };
/** Half past midnight on Monday, 2 November, in Paris; still Sunday in UTC. */
const MONDAY = new Date('2026-11-01T23:30:00Z');

const periodOf = (search: string, now = MONDAY) => {
  const { from, to } = readFilters(search, now, SETTINGS);
  return [from, to];
};

it('last week and last month are over, in the time zone of the reports', () => {
  expect(periodOf('?period=last-week')).toEqual(['2026-10-26', '2026-11-01']);
  expect(periodOf('?period=last-week', new Date('2026-11-01T12:00:00Z'))).toEqual(['2026-10-19', '2026-10-25']);
  expect(periodOf('?period=last-month')).toEqual(['2026-10-01', '2026-10-31']);
  expect(periodOf('?period=last-month', new Date('2026-01-15T12:00:00Z'))).toEqual(['2025-12-01', '2025-12-31']);
  expect(periodOf('?days=7')).toEqual(['2026-10-27', '2026-11-02']);
});

it('a whole month stands beside the month before, anything else beside as many days', () => {
  expect(periodBefore({ from: '2026-10-01', to: '2026-10-31' })).toEqual({ from: '2026-09-01', to: '2026-09-30' });
  expect(periodBefore({ from: '2024-03-01', to: '2024-03-31' })).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  expect(periodBefore({ from: '2026-10-01', to: '2026-10-30' })).toEqual({ from: '2026-09-01', to: '2026-09-30' });
  expect(periodBefore({ from: '2026-10-02', to: '2026-10-31' })).toEqual({ from: '2026-09-02', to: '2026-10-01' });
});

it('the address says all that was chosen, and nothing else', () => {
  const choice =
    '?period=last-month&by=source&figure=revenue&credit=revenue&segment=returning-customers&model=markov&report=ads&adModel=shapley';
  const sign = '?currency=%E2%82%AC';
  expect(writeFilters(readFilters(sign, MONDAY, SETTINGS), SETTINGS)).toBe(sign);
  expect(writeFilters(readFilters(choice, MONDAY, SETTINGS), SETTINGS)).toBe(choice);
  expect(writeFilters(readFilters('?figure=odd&credit=odd&period=odd', MONDAY, SETTINGS), SETTINGS)).toBe('');
});

it('long periods are drawn in weeks from Monday, or in months', () => {
  expect([1, 100, 101, 700, 701].map(spanOf)).toEqual(['day', 'day', 'week', 'week', 'month']);
  expect(['2026-11-02', '2026-11-08', '2026-11-09'].map((day) => beginOf(day, 'week'))).toEqual([
    '2026-11-02',
    '2026-11-02',
    '2026-11-09',
  ]);
  expect(beginOf('2026-11-30', 'month')).toBe('2026-11-01');
  expect(beginOf('2026-11-30', 'day')).toBe('2026-11-30');
});

it('a day of another year names it', () => {
  const year = new Date().getUTCFullYear();
  expect(speak('en', 'UTC', ['en-GB']).day(`${year}-03-05`)).toBe('5 Mar');
  expect(speak('fr').day(`${year - 1}-03-05`)).toBe(`5 mars ${year - 1}`);
});
