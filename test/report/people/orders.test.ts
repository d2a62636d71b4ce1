import { describe, expect, it } from 'vitest';
import { AD, type Deed, NOVEMBER, order, reportsOf, SOCIAL } from './crowd.js';

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
