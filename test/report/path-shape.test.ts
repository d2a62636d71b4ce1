import { describe, expect, it } from 'vitest';
import type { AttributionQuery } from '../../src/report/attribution/attribution.js';
import { reportRoutes } from '../../src/report/http/routes.js';
import { AD, type Deed, MAIL, NOVEMBER, order, reportsOf, SOCIAL } from './people/crowd.js';

// Ada: ad, ad, mail, A1 (which the server tells a second time), social, direct with A2 and, still there, A3.
const DEEDS: Deed[] = [
  { who: 'ada', at: '1 10:00', from: AD },
  { who: 'ada', at: '2 10:00', from: AD },
  { who: 'ada', at: '3 10:00', from: MAIL },
  order('ada', '3 10:05', 'A1', 60, { onSite: true }),
  order('ada', '3 10:06', 'A1', 60),
  { who: 'ada', at: '6 10:00', from: SOCIAL },
  { who: 'ada', at: '7 10:00', from: 'direct' },
  order('ada', '7 10:05', 'A2', 40, { onSite: true }),
  order('ada', '7 10:15', 'A3', 10, { onSite: true }),
  // Bob only ever came by himself.
  { who: 'bob', at: '8 10:00', from: 'direct' },
  order('bob', '8 10:05', 'B1', 5, { onSite: true }),
];

async function revenues(query: AttributionQuery) {
  const reports = await reportsOf(DEEDS);
  const { rows, totals } = await reports.attribution({ ...NOVEMBER, model: 'linear', ...query });
  expect(totals).toEqual({ conversions: 4, revenue: 115 });
  return Object.fromEntries(rows.map(({ channel, revenue }) => [channel, revenue]));
}

describe('the options of paths', () => {
  it('without any, a touch leads to all orders of its lookback', async () => {
    // A1 in 3 parts; A2 and A3 in 5.
    expect(await revenues({})).toEqual({ 'Paid Search': 60, Email: 30, 'Organic Social': 10, Direct: 15 });
  });

  it('collapse takes touches of one channel in a row as one', async () => {
    expect(await revenues({ collapse: true })).toEqual({
      'Paid Search': 42.5,
      Email: 42.5,
      'Organic Social': 12.5,
      Direct: 17.5,
    });
  });

  it('dropDirect leaves direct out where something else led there', async () => {
    expect(await revenues({ dropDirect: true })).toEqual({
      'Paid Search': 65,
      Email: 32.5,
      'Organic Social': 12.5,
      Direct: 5,
    });
  });

  it('cut gives each order a path of its own, and an order that is told twice does not cut itself', async () => {
    // A2 is of social and direct; nothing was between it and A3.
    const own = { 'Paid Search': 40, Email: 20, 'Organic Social': 20, Direct: 35 };
    expect(await revenues({ cut: true })).toEqual(own);
    expect(await revenues({ cut: true, segment: 'anonymous' })).toEqual(own);
    expect(await revenues({ cut: true, collapse: true, dropDirect: true })).toEqual({
      'Paid Search': 30,
      Email: 30,
      'Organic Social': 40,
      Direct: 15,
    });
  });

  it('hold for models over many paths and for the ways without conversion, and are said in the answer', async () => {
    const reports = await reportsOf([
      ...DEEDS,
      { who: 'cy', at: '2 10:00', from: MAIL },
      { who: 'cy', at: '3 10:00', from: MAIL },
    ]);
    const asked = { ...NOVEMBER, lookbackDays: 5, model: 'markov' } as const;
    const found = await reports.attribution({ ...asked, cut: true, collapse: true });
    expect(found).toMatchObject({ cut: true, collapse: true, details: { nulls: 1 } });
    expect(found.details).toMatchObject({ conversionProbability: 4 / 5 });
    expect(await reports.attribution(asked)).not.toHaveProperty('cut');
    const { rows } = await reports.journeys({ ...NOVEMBER, cut: true, dropDirect: true });
    expect(rows.map(({ path, conversions }) => [path.join(' > '), conversions])).toEqual([
      ['Direct', 2],
      ['Paid Search > Email', 1],
      ['Organic Social', 1],
    ]);
  });

  it('are parameters over HTTP', async () => {
    const answer = reportRoutes(await reportsOf(DEEDS));
    const url =
      'https://c.example/v1/reports/attribution?from=2026-11-01&to=2026-11-30&model=linear&cut=true&drop-direct=1';
    const response = await answer(new Request(url));
    expect(await response?.json()).toMatchObject({
      cut: true,
      dropDirect: true,
      totals: { conversions: 4, revenue: 115 },
    });
  });
});
