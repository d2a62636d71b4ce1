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

  it('counts orders in any currency, and values customers by those in one', async () => {
    const dollars = (who: string, at: string, id: string) =>
      order(who, at, id, 70, { properties: { currency: 'USD' } });
    const reports = await reportsOf(
      [
        order('ada', '2 10:00', 'A1', 30),
        dollars('ada', '9 10:00', 'A2'),
        order('bob', '3 10:00', 'B1', 50),
        dollars('cy', '4 10:00', 'C1'),
      ],
      { currency: 'eur' },
    );
    const { totals, notices } = await reports.people('customers', NOVEMBER);
    expect(totals).toMatchObject({ customers: 3, orders: 4, repeatCustomers: 1, loyaltyRate: 1 / 3, revenue: 80 });
    // Of Cy nothing is known in euros, which is not 0.
    expect(totals).toMatchObject({ lifetimeValue: 40, lifetimeOrders: 4 / 3, newCustomers: 3 });
    expect(notices).toEqual([expect.stringContaining('counted but not added up: USD 2')]);
    const sales = await reports.people('sales', NOVEMBER);
    expect(sales.totals).toMatchObject({ customers: 3, orders: 4, purchaseFrequency: totals.purchaseFrequency });
    const weeks = await reports.people('cohorts', { ...NOVEMBER, bucket: 'week' });
    expect(
      weeks.rows
        .filter(({ cohort }) => cohort === '2026-11-02')
        .map(({ size, active, revenue }) => [size, active, revenue]),
    ).toEqual([
      [3, 3, 80],
      [3, 1, 0],
      [3, 0, 0],
      [3, 0, 0],
      [3, 0, 0],
    ]);
    expect(weeks.notices).toEqual(notices);
    // Asked for a currency, a report is about it alone, as is that of sales.
    const dollarsOnly = await reports.people('customers', { ...NOVEMBER, currency: 'USD' });
    expect(dollarsOnly.totals).toMatchObject({ customers: 2, orders: 2, lifetimeValue: 70 });
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
