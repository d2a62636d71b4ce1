import { describe, expect, it } from 'vitest';
import { AD, type Deed, MAIL, NOVEMBER, order, reportsOf, SOCIAL } from './crowd.js';

describe('attribution with ways that led nowhere', () => {
  // A: ad, mail -> order. B: ad on the 1st and never again: null on the 8th. C: mail on the 28th: may still convert.
  const deeds: Deed[] = [
    { who: 'a', at: '1 10:00', from: AD },
    { who: 'a', at: '2 10:00', from: MAIL },
    order('a', '2 10:05', 'A', 100, { onSite: true }),
    { who: 'b', at: '1 10:00', from: AD },
    { who: 'c', at: '28 10:00', from: MAIL },
  ];

  it('counts nulls and leaves censored ways out', async () => {
    const reports = await reportsOf(deeds);
    const { details, rows, totals } = await reports.attribution({
      ...NOVEMBER,
      model: 'markov',
      lookbackDays: 7,
    });
    expect(details).toMatchObject({ nulls: 1, censored: 1, conversionProbability: 0.5 });
    // Start -> ad always; ad -> mail or null, half each; mail -> order. Without either nobody converts: half each.
    expect(rows).toMatchObject([
      { channel: 'Email', conversions: 0.5, revenue: 50, removalEffect: 1, journeys: 1 },
      { channel: 'Paid Search', conversions: 0.5, revenue: 50, removalEffect: 1, journeys: 2 },
    ]);
    expect(totals).toEqual({ conversions: 1, revenue: 100 });
  });

  it('a way ends with a conversion, and a gap longer than the lookback begins another', async () => {
    const more: Deed[] = [
      { who: 'a', at: '1 10:00', from: AD },
      order('a', '1 10:05', 'A', 10, { onSite: true }),
      // After the order: a new way, null on the 10th; and after a gap another one, null on the 22nd.
      { who: 'a', at: '3 10:00', from: MAIL },
      { who: 'a', at: '15 10:00', from: SOCIAL },
    ];
    const { details } = await (await reportsOf(more)).attribution({
      ...NOVEMBER,
      model: 'data-driven',
      lookbackDays: 7,
    });
    expect(details).toMatchObject({ nulls: 2, censored: 0 });
  });

  it('gives intervals', async () => {
    const { rows } = await (await reportsOf(deeds)).attribution({ ...NOVEMBER, model: 'linear', bootstrap: 50 });
    expect(rows[0]?.interval?.conversions.low).toBeLessThanOrEqual(rows[0]?.interval?.conversions.high ?? -1);
    await expect((await reportsOf(deeds)).attribution({ ...NOVEMBER, bootstrap: 50 })).rejects.toThrow('one model');
  });

  it('counts views only where it is told for how long, each kind with its own lookback', async () => {
    const viewed: Deed[] = [
      { who: 'a', at: '1 10:00', event: 'Ad Impression', properties: {} },
      { who: 'a', at: '1 11:00', from: MAIL },
      order('a', '1 12:00', 'A', 10, { onSite: true }),
    ];
    const reports = await reportsOf(viewed);
    const first = async (lookbacks?: { view: number }) =>
      (await reports.attribution({ ...NOVEMBER, model: 'first', lookbacks })).rows[0]?.channel;
    expect(await first()).toBe('Email');
    expect(await first({ view: 1 })).toBe('Display');
    expect(await first({ view: 0.01 })).toBe('Email');
  });

  it('says so when currencies are mixed', async () => {
    const mixed = [order('a', '1 10:00', 'A', 10), order('b', '1 10:00', 'B', 10, { properties: { currency: 'USD' } })];
    const { currency, totals, notices } = await (await reportsOf(mixed)).attribution(NOVEMBER);
    expect({ currency, totals }).toEqual({ currency: 'EUR', totals: { conversions: 2, revenue: 10 } });
    expect(notices?.[0]).toContain('USD 1');
  });
});
