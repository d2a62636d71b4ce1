import { expect, it } from 'vitest';
import { textTable } from '../../src/server/commands/table.js';

const lines = (text: string) => text.split('\n').map((line) => line.trim().split(/ {2,}/));

it('has the totals under each model, which all divide the same', () => {
  const models = { first: { conversions: 2, revenue: 5 }, last: { conversions: 1, revenue: 3 } };
  const found = lines(textTable({ rows: [{ channel: 'Email', models }], totals: { conversions: 3, revenue: 8 } }));
  expect(found[0]).toEqual(['channel', 'first.conversions', 'first.revenue', 'last.conversions', 'last.revenue']);
  expect(found.at(-2)).toEqual(['3', '8', '3', '8']);
});

it('has no column for a figure that only some rows have, besides its parts', () => {
  const rows = [
    { kind: 'nps', interval: null, n: 1 },
    { kind: 'csat', interval: { low: 0.1, high: 0.9 }, n: 2 },
  ];
  expect(lines(textTable({ rows }))[0]).toEqual(['kind', 'interval.low', 'interval.high', 'n']);
});

it('tells a path from names that stand side by side', () => {
  const text = textTable({ rows: [{ path: ['Email', 'Direct'], kinds: ['click', 'visit'] }] });
  expect(text).toContain('Email > Direct');
  expect(text).toContain('click + visit');
});
