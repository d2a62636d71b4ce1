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

it('has totals that are rows below the others', () => {
  const row = { channel: 'a', kind: 'nps', n: 2 };
  const totals = { answers: 3, nps: { kind: 'nps', n: 2 }, csat: { kind: 'csat', n: 1 }, spread: { low: 1 } };
  const found = lines(textTable({ rows: [row], totals }));
  expect(found[0]).toEqual(['channel', 'kind', 'n', 'answers', 'spread.low']);
  expect(found.slice(4, 7)).toEqual([
    ['nps', '2'],
    ['csat', '1'],
    ['3', '1'],
  ]);
  expect(found).toHaveLength(8);
});
