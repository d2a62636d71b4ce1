import { describe, expect, it } from 'vitest';
import { AD, type Deed, MAIL, NOVEMBER, order, reportsOf } from './crowd.js';

describe('the web and the shop', () => {
  const deeds: Deed[] = [
    // Ada orders online for pickup, fetches it, and buys something there; the pick-up is no second order.
    { who: 'ada', user: 'ada', at: '2 10:00', from: AD },
    order('ada', '2 10:10', 'A1', 30, {
      user: 'ada',
      onSite: true,
      properties: { fulfilment: 'pickup', store_id: 'lyon' },
    }),
    {
      who: 'till',
      user: 'ada',
      at: '2 16:10',
      event: 'Order Ready for Pickup',
      properties: { order_id: 'A1', store_id: 'lyon' },
    },
    {
      who: 'till',
      user: 'ada',
      at: '4 10:10',
      event: 'Order Picked Up',
      properties: { order_id: 'A1', store_id: 'lyon' },
    },
    order('', '4 10:15', 'A2', 12, { user: 'ada', channel: 'store', properties: { store_id: 'lyon' } }),
    // Bob is known to the shop, but was never online before; later he orders online.
    order('', '5 10:00', 'B1', 20, { user: 'bob', channel: 'store', properties: { store_id: 'nice' } }),
    { who: 'bobs', user: 'bob', at: '8 10:00', from: MAIL },
    order('bobs', '8 10:10', 'B2', 25, { user: 'bob', onSite: true }),
    // Nobody knows who this was.
    order('receipt-1', '6 10:00', 'X1', 9, { channel: 'store', properties: { store_id: 'nice' } }),
  ];

  it('click and collect', async () => {
    const { rows, totals } = await (await reportsOf(deeds)).people('pickup', NOVEMBER);
    expect(totals).toMatchObject({ orders: 1, onlineOrders: 2, share: 0.5 });
    expect(rows).toEqual([
      {
        store: 'lyon',
        orders: 1,
        ready: 1,
        pickedUp: 1,
        pickedUpRate: 1,
        medianHoursToReady: 6,
        medianHoursToPickup: 42,
        addOnPurchases: 1,
        addOnRate: 1,
      },
    ]);
  });

  it('web to store: unknown people apart, zero where identities do not meet', async () => {
    const { rows, totals } = await (await reportsOf(deeds)).people('web-to-store', NOVEMBER);
    expect(totals).toMatchObject({ orders: 2, prepared: 1, rate: 0.5, preparedRevenue: 12, unknown: 1 });
    expect(rows.map(({ store, orders, prepared, unknown }) => [store, orders, prepared, unknown])).toEqual([
      ['lyon', 1, 1, 0],
      ['nice', 1, 0, 1],
    ]);
    const shorter = await (await reportsOf(deeds)).people('web-to-store', { ...NOVEMBER, lookbackDays: 1 });
    expect(shorter.totals.prepared).toBe(0);
  });

  it('store to web', async () => {
    const { totals } = await (await reportsOf(deeds)).people('store-to-web', NOVEMBER);
    expect(totals).toMatchObject({
      orders: 2,
      prepared: 1,
      rate: 0.5,
      preparedRevenue: 25,
      unknown: 0,
      medianDays: 3 + 10 / 1440,
    });
  });

  it('cohesion', async () => {
    const split = [...deeds, order('web-only', '4 10:15', 'A2', 12)];
    const { rows, totals } = await (await reportsOf(split)).people('cohesion', NOVEMBER);
    expect(rows.find(({ what }) => what === 'orders')).toEqual({ what: 'orders', all: 5, known: 4, share: 0.8 });
    expect(totals).toMatchObject({ splitOrders: 1, splitOrderRate: 0.2 });
    // A1 and A2 after Ada's visit, B2 after Bob's.
    expect(totals.ordersWithTouch).toBeGreaterThanOrEqual(3);
  });
});
