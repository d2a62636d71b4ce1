import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseCurrency } from '../../src/report/currency.js';
import { noticeFr } from '../../src/report/page/words/notices-fr.js';
import { createReports } from '../../src/report/reports.js';
import { memoryStore } from '../../src/stores/memory.js';
import { AD, type Deed, fill, MAIL, NOVEMBER, order, reportsOf, SOCIAL } from './people/crowd.js';

const inCurrency = (currency: string) => ({ properties: { currency }, onSite: true });

/** Three orders in euros after an ad, one in dollars after a mail, one in francs after a post. */
const MIXED: Deed[] = [
  { who: 'a', at: '2 10:00', from: AD },
  order('a', '2 10:05', 'E1', 10, inCurrency('eur')),
  order('a', '2 10:06', 'E2', 20, inCurrency('EUR')),
  order('a', '2 10:07', 'E3', 30, inCurrency('EUR')),
  { who: 'b', at: '2 10:00', from: MAIL },
  order('b', '2 10:05', 'U1', 1000, inCurrency('USD')),
  { who: 'c', at: '2 10:00', from: SOCIAL },
  order('c', '2 10:05', 'C1', 5000, inCurrency('CHF')),
];

describe('amounts of several currencies', () => {
  it.each([{}, { segment: 'customers' }])('are never added up in the key figures (%j)', async (asked) => {
    const reports = await reportsOf(MIXED);
    const euros = await reports.kpis({ ...NOVEMBER, ...asked, by: 'channel' });
    expect(euros).toMatchObject({ currency: 'EUR', totals: { conversions: 5, revenue: 60, averageOrderValue: 20 } });
    expect(euros.rows.map(({ channel, conversions, revenue }) => [channel, conversions, revenue])).toEqual([
      ['Paid Search', 3, 60],
      ['Email', 1, 0],
      ['Organic Social', 1, 0],
    ]);
    expect(euros.rows[1]?.averageOrderValue).toBeNull();
    expect(euros.notices).toEqual([
      expect.stringContaining('only. In other currencies, counted but not added up: CHF 1, USD 1.'),
    ]);
    const dollars = await reports.kpis({ ...NOVEMBER, ...asked, by: 'day', currency: 'usd' });
    expect(dollars).toMatchObject({ currency: 'USD', totals: { conversions: 5, revenue: 1000 } });
    expect(dollars.rows.map(({ revenue }) => revenue).filter(Boolean)).toEqual([1000]);
    const tenant = await reportsOf(MIXED, { currency: 'CHF' });
    const { currency, totals } = await tenant.kpis({ ...NOVEMBER, ...asked, by: 'total' });
    expect({ currency, revenue: totals.revenue }).toEqual({ currency: 'CHF', revenue: 5000 });
  });

  it.each(['€', 'US dollar'])('can be asked for by the name that they have: %s', async (named) => {
    const reports = await reportsOf([...MIXED, order('d', '2 10:05', 'S1', 4, inCurrency(named))]);
    const asked = { ...NOVEMBER, currency: named };
    const answers = [
      await reports.kpis(asked),
      await reports.attribution({ ...asked, model: 'last' }),
      await reports.journeys(asked),
      await reports.people('sales', asked),
    ];
    expect(answers.map(({ currency, totals }) => [currency, totals.revenue])).toEqual(
      answers.map(() => [named.toUpperCase(), 4]),
    );
    for (const notice of answers.flatMap(({ notices = [] }) => notices)) expect(noticeFr(notice)).not.toBe(notice);
  });

  it.each([{}, { model: 'linear' }, { model: 'markov' }, { model: 'shapley' }] as const)(
    'are credited as conversions only (%j)',
    async (asked) => {
      const reports = await reportsOf(MIXED);
      const euros = await reports.attribution({ ...NOVEMBER, ...asked });
      expect(euros).toMatchObject({ currency: 'EUR', totals: { conversions: 5, revenue: 60 } });
      expect(euros.notices?.join()).toContain('CHF 1, USD 1');
      const dollars = await reports.attribution({ ...NOVEMBER, ...asked, currency: 'USD' });
      expect(dollars).toMatchObject({ currency: 'USD', totals: { conversions: 5, revenue: 1000 } });
      // The one that came first is not the one of most: the paths are read again, and say the same.
      const later = await reportsOf([order('z', '1 00:01', 'Z', 7, inCurrency('JPY')), ...MIXED]);
      expect((await later.attribution({ ...NOVEMBER, ...asked })).totals).toEqual({ conversions: 6, revenue: 60 });
    },
  );

  it('are kept apart on journeys, roles, and passages to shops', async () => {
    const till = { user: 'a', channel: 'store', properties: { store_id: 'lyon' } };
    const reports = await reportsOf([
      { who: 'a', user: 'a', at: '1 10:00', from: AD },
      ...MIXED,
      order('', '9 10:00', 'S1', 40, till),
      order('', '9 11:00', 'S2', 3, { ...till, properties: { store_id: 'lyon', currency: 'USD' } }),
    ]);
    const journeys = await reports.journeys(NOVEMBER);
    expect(journeys).toMatchObject({ currency: 'EUR', totals: { conversions: 7, revenue: 100 } });
    expect(journeys.sankey.links.reduce((most, { revenue }) => Math.max(most, revenue), 0)).toBeLessThanOrEqual(100);
    expect((await reports.journeys({ ...NOVEMBER, currency: 'USD' })).totals.revenue).toBe(1003);
    const roles = await reports.people('roles', NOVEMBER);
    expect(roles).toMatchObject({ currency: 'EUR', totals: { conversions: 7, revenue: 100 } });
    expect(roles.notices[0]).toContain('USD 2, CHF 1');
    const perJourney = await reports.people('channels-per-journey', NOVEMBER);
    expect(perJourney.rows.reduce((sum, { revenue }) => sum + revenue, 0)).toBe(100);
    const passages = await reports.people('web-to-store', NOVEMBER);
    expect(passages).toMatchObject({ currency: 'EUR', totals: { orders: 2, prepared: 2, preparedRevenue: 40 } });
  });

  it('are kept apart in abandoned carts', async () => {
    const add = (who: string, at: string, price: number, currency?: string): Deed => ({
      ...{ who, at, event: 'Product Added', onSite: true },
      properties: { product_id: 'p', price, ...(currency && { currency }) },
    });
    const reports = await reportsOf([
      add('a', '2 10:00', 10, 'EUR'),
      add('b', '2 10:00', 20, 'EUR'),
      add('c', '2 10:00', 9000, 'JPY'),
    ]);
    const carts = await reports.people('carts', NOVEMBER);
    expect(carts).toMatchObject({ currency: 'EUR', totals: { abandoned: 3, abandonedValue: 30 } });
    expect(carts.notices[0]).toContain('JPY 1');
    const yen = await reports.people('carts', { ...NOVEMBER, currency: 'JPY' });
    expect(yen.totals.abandonedValue).toBe(9000);
  });

  it('that name none are the tenant’s, also where another currency is asked for', async () => {
    const bare: Deed = { ...order('a', '2 10:05', 'B1', 10), properties: { order_id: 'B1', total: 10 } };
    const tenant = await reportsOf([bare, order('b', '2 10:05', 'U1', 7, inCurrency('USD'))], { currency: 'EUR' });
    for (const [currency, revenue] of [
      ['USD', 7],
      ['EUR', 10],
      [undefined, 10],
    ] as const) {
      const asked = { ...NOVEMBER, currency };
      expect((await tenant.kpis(asked)).totals.revenue, `kpis ${currency}`).toBe(revenue);
      expect((await tenant.people('sales', asked)).totals.revenue, `sales ${currency}`).toBe(revenue);
      expect((await tenant.attribution(asked)).totals.revenue, `attribution ${currency}`).toBe(revenue);
      expect((await tenant.people('roles', asked)).totals.revenue, `roles ${currency}`).toBe(revenue);
    }
    expect((await tenant.explain('B1'))?.currency).toBe('EUR');
  });

  it('are not asked for by a sentence', async () => {
    const reports = await reportsOf([]);
    for (const ask of [reports.kpis, reports.attribution, reports.journeys])
      await expect(ask({ currency: 'the euro, please' })).rejects.toThrow('"currency"');
  });

  it('say in French what is left out', () => {
    const { notices } = chooseCurrency(
      new Map([
        ['EUR', 9],
        ['USD', 2],
        ['', 1],
      ]),
      {},
    );
    expect(noticeFr(notices[0] ?? '')).toBe(
      'Montants en EUR seulement. Dans d’autres devises, comptées mais non additionnées\u00a0: USD 2, (aucune) 1.',
    );
  });

  it('add up over all currencies to what the stores sum, in key figures, sales and attribution alike', async () => {
    const sale = fc.record({
      who: fc.constantFrom('a', 'b', 'c'),
      day: fc.integer({ min: 1, max: 28 }),
      id: fc.integer({ min: 1, max: 6 }),
      cents: fc.integer({ min: 1, max: 99_999 }),
      currency: fc.constantFrom('EUR', 'usd', 'CHF', ''),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(sale, { maxLength: 12 }), fc.constantFrom(undefined, 'EUR'), async (sales, home) => {
        const deeds = sales.map(({ who, day, id, cents, currency }) =>
          order(who, `${day} 10:00`, `o${id}`, cents / 100, { properties: { currency }, onSite: true }),
        );
        const store = await fill(memoryStore(), deeds);
        const reports = createReports(store, { ...(home && { currency: home }), now: () => new Date('2026-12-01') });
        for (const currency of [undefined, 'EUR', 'USD', 'CHF']) {
          const asked = { ...NOVEMBER, currency };
          const kpis = await reports.kpis(asked);
          const days = kpis.rows.reduce((sum, { revenue }) => sum + Math.round(revenue * 100), 0);
          expect(days).toBe(Math.round(kpis.totals.revenue * 100));
          const segment = await reports.kpis({ ...asked, segment: 'customers' });
          expect([segment.currency, segment.totals.revenue]).toEqual([kpis.currency, kpis.totals.revenue]);
          for (const model of [undefined, 'shapley'] as const) {
            const credit = await reports.attribution({ ...asked, model });
            expect([credit.currency, credit.totals.revenue]).toEqual([kpis.currency, kpis.totals.revenue]);
          }
          const sold = await reports.people('sales', asked);
          expect([sold.totals.currency, sold.totals.grossRevenue]).toEqual([kpis.currency, kpis.totals.revenue]);
        }
      }),
      { numRuns: 25 },
    );
  });
});
