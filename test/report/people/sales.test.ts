import { describe, expect, it } from 'vitest';
import { AD, type Deed, MAIL, NOVEMBER, order, reportsOf } from './crowd.js';

const EUR = { currency: 'EUR' };

describe('sales', () => {
  // Ada: A1 100 by the web and again by the server a second later; 30 of it back on the 20th; A2 in a shop 50.
  // Bob: B1 80, cancelled. Cy: C1 60 by the till, all of it back without an amount. An order of October is refunded, too.
  const deeds: Deed[] = [
    { who: 'ada', at: '2 10:00', from: AD },
    order('ada', '2 10:05', 'A1', 100, { onSite: true, properties: { products: [{ quantity: 2 }, { quantity: 1 }] } }),
    order('server', '2 10:06', 'A1', 100),
    order('ada', '9 12:00', 'A2', 50, { channel: 'store', properties: { store_id: 'lyon' } }),
    {
      who: 'till',
      at: '20 12:00',
      event: 'Order Refunded',
      properties: { order_id: 'A1', total: 30, ...EUR, refund_id: 'r1', products: [{ quantity: 1 }] },
    },
    {
      who: 'server',
      at: '20 12:05',
      event: 'Order Refunded',
      properties: { order_id: 'A1', total: 30, ...EUR, refund_id: 'r1', products: [{ quantity: 1 }] },
    },
    { who: 'bob', at: '3 10:00', from: MAIL },
    order('bob', '3 10:05', 'B1', 80, { onSite: true }),
    { who: 'server', at: '4 10:00', event: 'Order Cancelled', properties: { order_id: 'B1' } },
    order('cy', '5 10:00', 'C1', 60, { channel: 'store', properties: { store_id: 'lyon' } }),
    { who: 'cy', at: '6 10:00', event: 'Order Refunded', properties: { order_id: 'C1' } },
    order('dan', '2026-10-30T10:00:00Z', 'D1', 40),
    { who: 'dan', at: '7 10:00', event: 'Order Refunded', properties: { order_id: 'D1', total: 40, ...EUR } },
  ];

  it('counts each order once, nets refunds on their own day, leaves cancelled orders out', async () => {
    const { totals } = await (await reportsOf(deeds)).people('sales', { ...NOVEMBER, by: 'place' });
    expect(totals).toMatchObject({
      currency: 'EUR',
      orders: 3,
      cancelled: 1,
      customers: 2,
      grossRevenue: 210,
      // 30 of A1 once, all of C1, and D1 of October.
      refunds: 130,
      revenue: 80,
      averageOrderValue: 70,
      averageNetOrderValue: 80 / 3,
      purchaseFrequency: 1.5,
      returnedOrders: 2,
      returnRate: 2 / 3,
      items: 3,
      returnedItems: 1,
      itemReturnRate: 1 / 3,
    });
  });

  it('tells places apart and measures how concentrated they are', async () => {
    const { rows, totals } = await (await reportsOf(deeds)).people('sales', { ...NOVEMBER, by: 'place' });
    expect(
      rows.map(({ place, orders, grossRevenue, revenue, returnRate }) => [
        place,
        orders,
        grossRevenue,
        revenue,
        returnRate,
      ]),
    ).toEqual([
      ['In-store', 2, 110, 50, 0.5],
      ['Online', 1, 100, 30, 1],
    ]);
    expect(totals.herfindahl).toBeCloseTo((110 / 210) ** 2 + (100 / 210) ** 2, 12);
  });

  it('takes an order for what it was changed to, at its own time, in every report', async () => {
    const update = (at: string, id: string, properties: object): Deed => ({
      // A segment sees only what its own people's events say.
      who: 'ada',
      at,
      event: 'Order Updated',
      properties: { order_id: id, ...properties },
    });
    const changed = [
      ...deeds,
      update('12 10:00', 'A1', { total: 70, products: [{ quantity: 2 }] }),
      update('11 10:00', 'A1', { total: 1000 }),
      update('2 10:00', 'A2', { total: 1 }),
    ];
    const reports = await reportsOf(changed);
    const { totals, rows } = await reports.people('sales', { ...NOVEMBER, by: 'day' });
    expect(totals).toMatchObject({ orders: 3, grossRevenue: 180, refunds: 130, revenue: 50, items: 2 });
    expect(rows[0]).toMatchObject({ day: '2026-11-02', grossRevenue: 70 });
    const completed = { orders: 4, revenue: 260 };
    const kpis = await reports.kpis({ ...NOVEMBER, by: 'total' });
    expect({ orders: kpis.totals.conversions, revenue: kpis.totals.revenue }).toEqual(completed);
    // Both ways to count them: by the store, and from whole people.
    for (const segment of [undefined, 'channel:Paid Search']) {
      const { rows: paths } = await reports.journeys({ ...NOVEMBER, segment });
      expect(paths.find(({ path }) => path.join() === 'Paid Search')?.revenue).toBe(70);
    }
    const some = await reports.kpis({ ...NOVEMBER, by: 'total', segment: 'channel:Paid Search' });
    expect(some.totals.revenue).toBe(120);
  });

  it('gives nothing back of an order that was itself a credit', async () => {
    const credit = [
      order('ada', '2 10:00', 'G1', -50),
      order('ada', '3 10:00', 'A1', 80),
      { who: 'ada', at: '4 10:00', event: 'Order Refunded', properties: { order_id: 'G1', total: 10, ...EUR } },
    ];
    const { totals } = await (await reportsOf(credit)).people('sales', { ...NOVEMBER, by: 'place' });
    expect(totals).toMatchObject({ grossRevenue: 30, refunds: 0, revenue: 30 });
  });

  it('has a net revenue that is gross less refunds to the cent, where half cents are given back', async () => {
    const halves = [
      order('ada', '2 10:00', 'A1', 10),
      order('bob', '3 10:00', 'B1', 33.335),
      { who: 'ada', at: '4 10:00', event: 'Order Refunded', properties: { order_id: 'A1', total: 0.005, ...EUR } },
    ];
    const { totals } = await (await reportsOf(halves)).people('sales', NOVEMBER);
    expect(totals).toMatchObject({ grossRevenue: 43.34, refunds: 0.01, revenue: 43.33 });
  });

  it('is as concentrated as the example of the US Department of Justice: 30, 30, 20 and 20 % are 2,600 points', async () => {
    // justice.gov/atr/herfindahl-hirschman-index; in points of 10,000.
    const places = [30, 30, 20, 20].map((total, i) =>
      order('ada', '2 10:00', `P${i}`, total, { channel: ['store', 'marketplace', 'call', 'mobile'][i] ?? '' }),
    );
    const { totals } = await (await reportsOf(places)).people('sales', { ...NOVEMBER, by: 'place' });
    expect(totals).toMatchObject({ groups: 4, herfindahl: expect.closeTo(0.26, 12) });
  });

  it('books a refund on its own day', async () => {
    const { rows } = await (await reportsOf(deeds)).people('sales', { ...NOVEMBER, by: 'day' });
    expect(rows.map(({ day, revenue }) => [day, revenue])).toEqual([
      ['2026-11-02', 100],
      ['2026-11-03', 0],
      ['2026-11-05', 60],
      ['2026-11-06', -60],
      ['2026-11-07', -40],
      ['2026-11-09', 50],
      ['2026-11-20', -30],
    ]);
  });

  it('credits the channel of the visit, and begins days where the tenant lives', async () => {
    const reports = await reportsOf([
      { who: 'eve', at: '2 23:30', from: AD },
      order('eve', '2 23:40', 'E1', 10, { onSite: true }),
    ]);
    const byChannel = await reports.people('sales', { ...NOVEMBER, by: 'channel' });
    expect(byChannel.rows).toMatchObject([{ channel: 'Paid Search', orders: 1, shareOfRevenue: 1 }]);
    const byDay = await reports.people('sales', { ...NOVEMBER, by: 'day', timezone: 'Europe/Paris' });
    expect(byDay.rows).toMatchObject([{ day: '2026-11-03' }]);
  });

  it('never adds up currencies, unless one is asked for; amounts without one are the tenant’s', async () => {
    const mixed = [order('a', '2 10:00', '1', 10), order('b', '2 10:00', '2', 7, { properties: { currency: 'usd' } })];
    const reports = await reportsOf(mixed);
    const both = await reports.people('sales', { ...NOVEMBER, by: 'place' });
    expect(both.totals).toMatchObject({ currency: 'EUR', orders: 2, revenue: 10, averageOrderValue: 10 });
    expect(both.rows.map(({ currency, revenue }) => [currency, revenue])).toEqual([
      ['EUR', 10],
      ['USD', 7],
    ]);
    expect(both.notices[0]).toContain('USD 1');
    expect(both.rows.map(({ shareOfRevenue }) => shareOfRevenue)).toEqual([1, null]);
    const one = await reports.people('sales', { ...NOVEMBER, currency: 'usd' });
    expect(one.totals).toMatchObject({ currency: 'USD', orders: 1, revenue: 7 });
    const bare = [
      order('a', '2 10:00', '1', 10),
      { ...order('b', '2 10:00', '2', 7), properties: { order_id: '2', total: 7 } },
    ];
    const tenant = await reportsOf(bare, { currency: 'eur' });
    expect((await tenant.people('sales', NOVEMBER)).totals).toMatchObject({ currency: 'EUR', revenue: 17 });
  });

  it('says how many orders have no amount that is a number, which an update or the till may still tell', async () => {
    const bare = (who: string, at: string, id: string, properties: object): Deed => ({
      who,
      at,
      event: 'Order Completed',
      properties: { order_id: id, currency: 'EUR', ...properties },
    });
    const reports = await reportsOf([
      bare('ada', '2 10:00', 'A1', { total: '15,50' }),
      bare('bob', '2 10:00', 'B1', {}),
      bare('cy', '2 10:00', 'C1', { total: 'free' }),
      order('till', '2 10:01', 'C1', 7),
      bare('dan', '2 10:00', 'D1', { total: null }),
      { who: 'dan', at: '3 10:00', event: 'Order Updated', properties: { order_id: 'D1', total: '9.5' } },
      order('eve', '2 10:00', 'E1', 0),
    ]);
    const { totals, notices } = await reports.people('sales', NOVEMBER);
    expect(totals).toMatchObject({ orders: 5, revenue: 16.5 });
    expect(notices).toEqual([
      'Orders without a "total", "revenue" or "value" that is a number: 2. They count with an amount of 0.',
    ]);
    expect((await reports.people('sales', { from: '2026-12-01', to: '2026-12-01' })).notices).toEqual([]);
  });

  it('gives null, not 0 or infinity, where there is nothing', async () => {
    const { totals, rows } = await (await reportsOf([])).people('sales', NOVEMBER);
    expect(rows).toEqual([]);
    expect(totals).toMatchObject({
      orders: 0,
      revenue: 0,
      averageOrderValue: null,
      purchaseFrequency: null,
      returnRate: null,
      items: null,
      herfindahl: null,
    });
  });
});
