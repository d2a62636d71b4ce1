import { describe, expect, it } from 'vitest';
import { PATH_MODEL_NAMES } from '../../../src/report/models/path-models.js';
import { AD, type Deed, MAIL, NOVEMBER, order, reportsOf } from './crowd.js';

describe('ads', () => {
  const cost = (properties: Deed['properties']): Deed => ({
    who: 'import',
    at: '20 10:00',
    event: 'Ad Cost Imported',
    properties: properties ?? {},
  });
  const deeds: Deed[] = [
    { who: 'a', at: '2 10:00', from: AD },
    { who: 'a', at: '3 10:00', from: MAIL },
    order('a', '4 10:00', '1', 100),
    cost({ date: '2026-11-02', channel: 'Paid Search', cost: 20, currency: 'EUR', clicks: 10, impressions: 1000 }),
    cost({ date: '2026-11-03', source: 'google', medium: 'cpc', cost: 5, currency: 'EUR', clicks: 2 }),
    cost({ date: '2026-11-03', channel: 'Display', cost: 0, currency: 'EUR' }),
    cost({ date: '2026-10-31', channel: 'Paid Search', cost: 1000, currency: 'EUR' }),
    cost({ date: '2026-11-03', channel: 'Paid Search', cost: 7, currency: 'USD' }),
  ];

  it('sets cost against credit, model by model', async () => {
    const { rows, totals, notices } = await (await reportsOf(deeds)).people('ads', NOVEMBER);
    const of = (channel: string, model: string) => rows.find((row) => row.channel === channel && row.model === model);
    expect(of('Paid Search', 'first')).toMatchObject({
      cost: 25,
      clicks: 12,
      conversions: 1,
      costPerConversion: 25,
      returnOnAdSpend: 4,
    });
    expect(of('Paid Search', 'linear')).toMatchObject({ conversions: 0.5, costPerConversion: 50, returnOnAdSpend: 2 });
    expect(of('Paid Search', 'last')).toMatchObject({ conversions: 0, costPerConversion: null, returnOnAdSpend: 0 });
    expect(of('Display', 'last')).toMatchObject({ cost: 0, costPerConversion: null, returnOnAdSpend: null });
    expect(totals).toMatchObject({ cost: 25, conversions: 1, revenue: 100, returnOnAdSpend: 4 });
    expect(notices).toEqual(['Costs and orders left out because they are not in EUR: 1.']);
  });

  it.each([
    ...PATH_MODEL_NAMES.map((model) => ({ model })),
    { model: 'markov' as const, order: 2 },
    { model: 'shapley' as const, game: 'rate' as const },
    { model: 'position' as const, weights: [1, 0, 3] },
    { model: 'time-decay' as const, halfLifeDays: 1 },
  ])('credits as the attribution report does: %j', async (asked) => {
    // Ways without an order, one of which began long before the period.
    const looked = ['b', 'c', 'd'].flatMap((who): Deed[] => [
      { who, at: '2026-09-20T10:00:00Z', from: AD },
      { who, at: '2026-10-10T10:00:00Z', from: MAIL },
      { who, at: '1 10:00', from: who === 'b' ? 'direct' : AD },
    ]);
    const sold = [{ who: 'e', at: '5 10:00', from: MAIL }, order('e', '6 10:00', '2', 30, { onSite: true })];
    const paid = cost({ date: '2026-11-03', channel: 'Email', cost: 1, currency: 'EUR' });
    const reports = await reportsOf([...deeds.slice(0, 4), ...looked, ...sold, paid], {
      now: () => new Date('2026-12-31T00:00:00Z'),
    });
    const query = { from: '2026-11-01', to: '2026-12-30', ...asked };
    const { rows, model } = await reports.people('ads', query);
    const attribution = await reports.attribution(query);
    expect(model).toBe(asked.model);
    expect(rows.map(({ channel }) => channel)).toEqual(['Email', 'Paid Search']);
    for (const { channel, conversions, revenue } of rows) {
      const credit = attribution.rows.find((row) => row.channel === channel);
      expect(conversions).toBeCloseTo(credit?.conversions ?? 0, 5);
      expect(revenue).toBeCloseTo(credit?.revenue ?? 0, 1);
    }
  });

  it('knows no cost per conversion where nobody told a cost, and 0 where it was 0', async () => {
    const totals = async (list: Deed[]) => (await (await reportsOf(list)).people('ads', NOVEMBER)).totals;
    const visit: Deed[] = [{ who: 'a', at: '2 10:00', from: AD }, order('a', '4 10:00', '1', 100)];
    expect(await totals(visit)).toMatchObject({ conversions: 1, costPerConversion: null, returnOnAdSpend: null });
    const free = cost({ date: '2026-11-03', channel: 'Paid Search', cost: 0, currency: 'EUR' });
    expect(await totals([...visit, free])).toMatchObject({ costPerConversion: 0, returnOnAdSpend: null });
  });

  it('says which models there are', async () => {
    const reports = await reportsOf(deeds);
    await expect(reports.people('ads', { ...NOVEMBER, model: 'guess' })).rejects.toThrow(/"model".*markov, shapley/);
  });
});
