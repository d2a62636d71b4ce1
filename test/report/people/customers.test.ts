import { describe, expect, it } from 'vitest';
import { AD, type Deed, MAIL, NOVEMBER, order, reportsOf } from './crowd.js';

const EUR = { currency: 'EUR' };

describe('customers', () => {
  // Ada ordered in October and twice in November; Bob once in November, then nothing since the 3rd.
  const deeds: Deed[] = [
    { who: 'ada', at: '2026-10-01T09:00:00Z', from: AD },
    order('ada', '2026-10-01T10:00:00Z', 'A0', 20),
    order('ada', '2 10:00', 'A1', 30),
    order('ada', '28 10:00', 'A2', 50),
    { who: 'x', at: '28 12:00', event: 'Order Refunded', properties: { order_id: 'A2', total: 10, ...EUR } },
    { who: 'bob', at: '3 09:00', from: MAIL },
    order('bob', '3 10:00', 'B1', 40),
    { who: 'cy', at: '3 09:00', from: MAIL },
  ];

  it('values customers over their life, and names the window', async () => {
    const { rows, totals, windowDays } = await (await reportsOf(deeds)).people('customers', {
      ...NOVEMBER,
      windowDays: 14,
    });
    expect(windowDays).toBe(14);
    expect(totals).toMatchObject({
      customers: 2,
      newCustomers: 1,
      repeatCustomers: 1,
      loyaltyRate: 0.5,
      orders: 3,
      purchaseFrequency: 1.5,
      revenue: 110,
      // Ada 20 + 30 + 50 - 10 = 90, Bob 40.
      lifetimeValue: 65,
      medianLifetimeValue: 65,
      lifetimeOrders: 2,
      // Bob's relationship is over after 0 days; Ada's goes on.
      ended: 1,
      censored: 1,
      medianRelationshipDays: 0,
    });
    expect(rows.map(({ channel, lifetimeValue }) => [channel, lifetimeValue])).toEqual([
      ['Email', 40],
      ['Paid Search', 90],
    ]);
  });

  it('counts only the segment', async () => {
    const reports = await reportsOf(deeds);
    expect((await reports.people('customers', { ...NOVEMBER, segment: 'new' })).totals.customers).toBe(1);
    expect((await reports.people('visitors', { ...NOVEMBER, segment: 'prospects' })).totals.visitors).toBe(1);
    expect((await reports.people('visitors', { ...NOVEMBER, segment: 'channel:Email' })).totals.visitors).toBe(2);
    for (const segment of ['rich', 'constructor'])
      await expect(reports.people('visitors', { ...NOVEMBER, segment })).rejects.toThrow('identified');
  });

  it('knows customers also by orders of long before the period', async () => {
    const reports = await reportsOf([
      order('old', '2026-07-01T10:00:00Z', 'J1', 10),
      order('now', '10 11:00', 'N1', 10, { onSite: true }),
      { who: 'old', at: '10 10:00', from: AD },
      { who: 'new', at: '10 10:00', from: AD },
    ]);
    const visitors = async (segment: string) =>
      (await reports.people('visitors', { ...NOVEMBER, segment })).totals.visitors;
    // Who orders for the first time in the period is a customer, and none from before.
    expect(await visitors('customers')).toBe(2);
    expect([await visitors('returning-customers'), await visitors('prospects')]).toEqual([1, 1]);
  });
});
