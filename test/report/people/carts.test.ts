import { describe, expect, it } from 'vitest';
import { AD, type Deed, NOVEMBER, order, reportsOf } from './crowd.js';

describe('carts', () => {
  const add = (who: string, at: string, product: string, more: Deed['properties'] = {}): Deed => ({
    who,
    at,
    event: 'Product Added',
    properties: { product_id: product, price: 10, ...more },
    onSite: true,
  });
  const table: [name: string, deeds: Deed[], verdict: 'ordered' | 'abandoned' | 'open' | 'emptied'][] = [
    ['ordered in time', [add('a', '3 10:00', 'p'), order('a', '3 12:00', '1', 10)], 'ordered'],
    [
      'ordered on another device',
      [{ ...add('a', '3 10:00', 'p'), user: 'u' }, order('b', '3 12:00', '1', 10, { user: 'u' })],
      'ordered',
    ],
    ['never ordered', [add('a', '3 10:00', 'p')], 'abandoned'],
    ['ordered two days later', [add('a', '3 10:00', 'p'), order('a', '5 12:00', '1', 10)], 'abandoned'],
    ['still time', [add('a', '30 23:00', 'p')], 'open'],
    [
      'taken out again',
      [add('a', '3 10:00', 'p'), { ...add('a', '3 10:01', 'p'), event: 'Product Removed' }],
      'emptied',
    ],
  ];

  it.each(table)('%s', async (_, deeds, verdict) => {
    const { totals } = await (await reportsOf(deeds)).people('carts', NOVEMBER);
    const { carts, ordered, abandoned, open, emptied } = totals;
    const expected = { carts: 1, ordered: 0, abandoned: 0, open: 0, emptied: 0, [verdict]: 1 };
    expect({ carts, ordered, abandoned, open, emptied }).toEqual(expected);
  });

  it('rates what is over, by channel, with what was left', async () => {
    const deeds = [
      { who: 'a', at: '3 09:59', from: AD },
      add('a', '3 10:00', 'p', { quantity: 2 }),
      add('a', '3 10:01', 'q'),
      { who: 'a', at: '3 10:02', event: 'Checkout Started', onSite: true },
      { who: 'b', at: '3 09:59', from: AD },
      add('b', '3 10:00', 'p'),
      order('b', '3 10:30', '1', 10),
    ];
    const { rows } = await (await reportsOf(deeds)).people('carts', NOVEMBER);
    expect(rows).toEqual([
      {
        channel: 'Paid Search',
        carts: 2,
        ordered: 1,
        abandoned: 1,
        open: 0,
        emptied: 0,
        abandonmentRate: 0.5,
        abandonedAtCheckout: 1,
        abandonedValue: 30,
      },
    ]);
  });
});
