import { describe, expect, it } from 'vitest';
import { type Deed, MAIL, order, reportsOf } from './crowd.js';

const YEAR = { from: '2026-01-01', to: '2026-12-31' };

/** 60 customers, the first of each in January; every third comes back each fourth week, and every sixth stops in June. */
function regulars(): Deed[] {
  const start = Date.parse('2026-01-05T10:00:00Z');
  return Array.from({ length: 60 }, (_, i) => {
    const orders = i % 3 ? 1 : i % 6 ? 12 : 6;
    return Array.from({ length: orders }, (_, n) =>
      order(`c${i}`, new Date(start + (i + n * 28) * 86_400_000).toISOString(), `o${i}-${n}`, 40 + (i % 7)),
    );
  }).flat();
}

describe('lifetime', () => {
  it('says that there is too little to tell, and no figure', async () => {
    const reports = await reportsOf([
      { who: 'ann', at: '2 10:00', from: MAIL },
      order('ann', '2 10:05', 'A1', 100, { onSite: true }),
      order('ann', '9 10:05', 'A2', 50),
    ]);
    const { rows, totals, model, check, notices } = await reports.people('lifetime', YEAR);
    expect(totals).toMatchObject({ customers: 1, expectedOrders: null, expectedRevenue: null, predictedValue: null });
    expect(rows).toMatchObject([{ channel: 'Email', customers: 1, predictedValue: null }]);
    expect([model, check]).toEqual([null, null]);
    expect(notices).toEqual([expect.stringContaining('at least 30 customers')]);
    const none = await (await reportsOf([])).people('lifetime', YEAR);
    expect(none).toMatchObject({ rows: [], totals: { customers: 0 }, notices: [] });
  });

  it('expects more of those who came often and lately than of those who came once, and adds up', async () => {
    // 20 come back: too few. Twice as many people, 40 of whom come back.
    const twice = [
      ...regulars(),
      ...regulars().map((deed) => ({
        ...deed,
        who: `${deed.who}-b`,
        properties: { ...deed.properties, order_id: `${deed.properties?.order_id}-b` },
      })),
    ];
    const reports = await reportsOf(twice);
    const answer = await reports.people('lifetime', { ...YEAR, by: 'place', followDays: 84 });
    const { rows, totals, model, check, currency } = answer;
    expect(currency).toBe('EUR');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ place: 'Online', ...totals });
    expect(totals.customers).toBe(120);
    expect(Object.values(model?.buying ?? {}).every((value) => value > 0)).toBe(true);
    // 20 people are at it to the end, three orders each in twelve weeks: 60 orders of some 43.
    expect(totals.expectedOrders).toBeGreaterThan(35);
    expect(totals.expectedOrders).toBeLessThan(90);
    const { expectedOrders, expectedRevenue, expectedOrderValue, predictedValue } = totals;
    expect(expectedOrderValue).toBeCloseTo((expectedRevenue ?? 0) / (expectedOrders ?? 1), 1);
    expect(predictedValue).toBeCloseTo((expectedRevenue ?? 0) / 120, 1);
    expect(expectedOrderValue).toBeGreaterThan(40);
    expect(expectedOrderValue).toBeLessThan(47);
    // What was foretold of the last third of the year beside what came.
    expect(check?.orders).toBeGreaterThan(50);
    expect((check?.expectedOrders ?? 0) / (check?.orders ?? 1)).toBeGreaterThan(0.5);
    expect((check?.expectedOrders ?? 0) / (check?.orders ?? 1)).toBeLessThan(2);
  });
});
