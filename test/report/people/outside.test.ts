import { describe, expect, it } from 'vitest';
import { AD, type Deed, MAIL, NOVEMBER, order, reportsOf, SOCIAL } from './crowd.js';

/** An imported figure about November that was sent in December. */
const imported = (event: string, properties: Deed['properties']): Deed => ({
  who: 'import',
  at: '2026-12-05T10:00:00Z',
  event,
  properties: { date: '2026-11-02', ...properties },
});

describe('imports are of the day that they name, whenever they were sent', () => {
  const deeds: Deed[] = [
    { who: 'a', at: '2 10:00', from: AD },
    order('a', '3 10:00', '1', 100),
    imported('Ad Cost Imported', { channel: 'Paid Search', cost: 20, currency: 'EUR', impressions: 1000 }),
    imported('Social Metric Imported', { network: 'instagram', metric: 'followers', value: 7 }),
  ];

  it.each([undefined, 'customers', 'channel:Email'])('in the segment %s: costs are nobody’s', async (segment) => {
    const reports = await reportsOf(deeds, { now: () => new Date('2026-12-31T00:00:00Z') });
    const { totals } = await reports.people('ads', { ...NOVEMBER, segment });
    expect(totals).toMatchObject({ cost: 20, impressions: 1000, conversions: segment === 'channel:Email' ? 0 : 1 });
    const awareness = await reports.people('awareness', { ...NOVEMBER, segment });
    expect(awareness.totals.importedImpressions).toBe(1000);
    const gauges = await reports.people('gauges', { ...NOVEMBER, segment });
    expect(gauges.rows).toMatchObject([{ value: 7, day: '2026-11-02' }]);
    // Nor do they count twice, or on the day on which they were sent.
    const december = { from: '2026-12-01', to: '2026-12-31', segment };
    expect((await reports.people('ads', december)).totals.cost).toBe(0);
  });
});

describe('e-mail', () => {
  it('an old mail that is opened in the period is none of the period', async () => {
    const mail = (at: string, event: string): Deed => ({ who: 'a', at, event, properties: { email_id: 'welcome' } });
    const reports = await reportsOf([mail('2026-08-01T08:00:00Z', 'Email Delivered'), mail('3 08:00', 'Email Opened')]);
    expect((await reports.people('email', NOVEMBER)).totals).toMatchObject({ delivered: 0, opens: 0, openRate: null });
  });
});

describe('cohorts', () => {
  it('by visits: a mail that was delivered before the first visit is none', async () => {
    const reports = await reportsOf([
      { who: 'a', at: '2026-10-01T08:00:00Z', event: 'Email Delivered', properties: { email_id: 'w' } },
      { who: 'a', at: '3 10:00', from: MAIL },
    ]);
    const query = { from: '2026-10-01', to: '2026-11-30', by: 'visits' };
    expect((await reports.people('cohorts', query)).rows).toMatchObject([
      { cohort: '2026-11', size: 1, period: 0, active: 1, retention: 1 },
    ]);
  });

  it('by days and months over the change to summer time, by weeks over the year’s end', async () => {
    const spring = await reportsOf([
      // In Paris 29 March 00:30 and 30 March 00:30; 1 March 00:30 and 1 April 00:00.
      order('a', '2026-03-28T23:30:00Z', 'a1', 1),
      order('a', '2026-03-29T22:30:00Z', 'a2', 1),
      order('b', '2026-02-28T23:30:00Z', 'b1', 1),
      order('b', '2026-03-31T22:00:00Z', 'b2', 1),
    ]);
    const active = async (reports: typeof spring, query: object) =>
      (await reports.people('cohorts', query)).rows
        .filter(({ active: count }) => count > 0)
        .map(({ cohort, period, active: count }) => [cohort, period, count]);
    const paris = { timezone: 'Europe/Paris' };
    expect(await active(spring, { from: '2026-03-01', to: '2026-03-31', bucket: 'day', ...paris })).toEqual([
      ['2026-03-01', 0, 1],
      ['2026-03-29', 0, 1],
      ['2026-03-29', 1, 1],
    ]);
    expect(await active(spring, { from: '2026-02-01', to: '2026-04-30', ...paris })).toEqual([
      ['2026-03', 0, 2],
      ['2026-03', 1, 1],
    ]);
    // 2026 ends in the week of 28 December, which ends on Sunday, 3 January.
    const winter = await reportsOf(
      [
        order('a', '2026-12-28T10:00:00Z', 'a1', 1),
        order('a', '2027-01-03T23:00:00Z', 'a2', 1),
        order('a', '2027-01-04T10:00:00Z', 'a3', 1),
      ],
      { now: () => new Date('2027-02-01T00:00:00Z') },
    );
    expect(await active(winter, { from: '2026-12-01', to: '2027-01-31', bucket: 'week' })).toEqual([
      ['2026-12-28', 0, 1],
      ['2026-12-28', 1, 1],
    ]);
  });
});

describe('orders', () => {
  it('a refund in another currency is as much as it says, and takes nothing from refunds in the order’s', async () => {
    const refund = (at: string, total: number, currency: string): Deed => ({
      who: 'a',
      at,
      event: 'Order Refunded',
      properties: { order_id: 'A1', total, currency },
    });
    const deeds = [order('a', '2 10:00', 'A1', 40), refund('3 10:00', 50, 'USD'), refund('4 10:00', 60, 'EUR')];
    const { rows, totals } = await (await reportsOf(deeds)).people('sales', { ...NOVEMBER, by: 'day' });
    expect(rows.map(({ day, currency, refunds }) => [day, currency, refunds])).toEqual([
      ['2026-11-02', 'EUR', 0],
      ['2026-11-03', 'USD', 50],
      ['2026-11-04', 'EUR', 40],
    ]);
    expect(totals).toMatchObject({ currency: 'EUR', revenue: 0 });
  });

  it('spaces around an id make no other order, nor does a number for its text', async () => {
    const deeds = [
      order('a', '2 10:00', 'A1', 40),
      order('b', '2 10:01', ' A1 ', 40),
      order('c', '3 10:00', '1001', 5, { properties: { currency: ' eur' } }),
      order('d', '3 10:01', '', 5, { properties: { order_id: 1001 } }),
    ];
    const reports = await reportsOf(deeds);
    const figures = { currency: 'EUR', conversions: 2, revenue: 45 };
    const kpis = await reports.kpis(NOVEMBER);
    expect({ currency: kpis.currency, ...kpis.totals }).toMatchObject(figures);
    const sales = await reports.people('sales', NOVEMBER);
    expect(sales.totals).toMatchObject({ currency: 'EUR', orders: 2, revenue: 45 });
  });

  it('an order that the server tells first, and the page without its amount, is the visitor’s in every report', async () => {
    const deeds: Deed[] = [
      { who: 'a', at: '2 10:00', from: AD },
      order('server', '2 10:04', 'A1', 100),
      { who: 'a', at: '2 10:05', event: 'Order Completed', properties: { order_id: 'A1' }, onSite: true },
      order('till', '2 10:06', 'A1', 90),
    ];
    const reports = await reportsOf(deeds);
    const credit = [{ channel: 'Paid Search', conversions: 1, revenue: 100 }];
    for (const segment of [undefined, 'anonymous'])
      expect((await reports.attribution({ ...NOVEMBER, segment, model: 'linear' })).rows).toEqual(credit);
    for (const segment of [undefined, 'anonymous'])
      expect((await reports.kpis({ ...NOVEMBER, segment, by: 'channel' })).rows).toMatchObject(credit);
    const sales = await reports.people('sales', { ...NOVEMBER, by: 'channel' });
    expect(sales.rows).toMatchObject([{ channel: 'Paid Search', orders: 1, revenue: 100 }]);
    expect((await reports.explain('A1'))?.rows.map(({ channel }) => channel)).toEqual(['Paid Search']);
  });

  it('an order that is told again ends no cart that was begun since', async () => {
    const add = (at: string, product: string): Deed => ({
      who: 'a',
      user: 'u',
      at,
      event: 'Product Added',
      properties: { product_id: product, price: 7 },
      onSite: true,
    });
    const deeds = [
      add('2 10:00', 'p'),
      order('a', '2 10:05', 'A1', 7, { user: 'u', onSite: true }),
      add('2 10:10', 'q'),
      order('', '2 10:20', 'A1', 7, { user: 'u' }),
    ];
    const { totals } = await (await reportsOf(deeds)).people('carts', NOVEMBER);
    expect(totals).toMatchObject({ carts: 2, ordered: 1, abandoned: 1, abandonedValue: 7 });
  });

  it('an order by telephone is none online', async () => {
    const deeds: Deed[] = [
      { who: 'a', at: '2 10:00', event: 'Store Visited', properties: { store_id: 'lyon' } },
      order('a', '3 10:00', '1', 10, { channel: 'phone' }),
      order('a', '4 10:00', '2', 10, { channel: 'marketplace' }),
      { who: 'a', at: '5 09:00', from: SOCIAL },
      order('a', '5 09:10', '3', 10, { onSite: true }),
    ];
    const { totals, rows } = await (await reportsOf(deeds)).people('store-to-web', NOVEMBER);
    expect(totals).toMatchObject({ orders: 2, prepared: 2, preparedRevenue: 20 });
    expect(rows.map(({ channel }) => channel).sort()).toEqual(['Marketplace', 'Organic Social']);
  });
});
