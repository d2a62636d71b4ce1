import { expect, it } from 'vitest';
import { createReports } from '../../../src/report/reports.js';
import { memoryStore } from '../../../src/stores/memory.js';
import { AD, fill, MAIL, order } from './crowd.js';

/** Ann met the newsletter long before the period and came back in it; Bob ordered before the period only. */
const store = fill(memoryStore(), [
  { who: 'ann', at: '2026-08-01T10:00:00Z', from: MAIL },
  { who: 'ann', at: '20 10:00', from: 'direct' },
  { who: 'cid', at: '20 11:00', from: AD },
  { who: 'bob', user: 'bob', at: '2 10:00', from: AD },
  order('bob', '2 10:05', 'B1', 30, { user: 'bob', onSite: true }),
]);
const PERIOD = { from: '2026-11-15', to: '2026-11-30' };

it('the people of a channel are the same in every report, however far it looks back', async () => {
  const reports = createReports(await store);
  const query = { ...PERIOD, segment: 'channel:Email' };
  const people = [
    (await reports.kpis(query)).totals.visitors,
    (await reports.people('visitors', query)).totals.visitors,
    (await reports.people('funnel', query)).totals.people,
    (await reports.people('cohesion', query)).rows[0]?.all,
    (await reports.people('touchpoints', query)).totals.people,
  ];
  expect(people).toEqual([1, 1, 1, 1, 1]);
});

it('people who only ordered before the period are not among its people', async () => {
  const reports = createReports(await store);
  const { rows } = await reports.people('cohesion', PERIOD);
  expect(rows[0]).toEqual({ what: 'people', all: 2, known: 0, share: 0 });
  expect((await reports.kpis(PERIOD)).totals.visitors).toBe(2);
});

it.each([
  ['channel', 'Direct'],
  ['source', '(direct)'],
  ['medium', '(direct) / (none)'],
  ['campaign', '(not set)'],
] as const)('an order of somebody without any visit has the same %s in every report', async (by, label) => {
  const deeds = [
    { who: 'ann', at: '20 10:00', from: MAIL },
    order('', '21 10:00', 'P1', 40, { user: 'phone-customer' }),
    order('', '22 10:00', 'P2', 2, { user: 'phone-customer' }),
  ];
  const reports = createReports(await fill(memoryStore(), deeds));
  const query = { ...PERIOD, by };
  const kpis = [await reports.kpis(query), await reports.kpis({ ...query, segment: 'customers' })];
  const sales = await reports.people('sales', query);
  const credit = await reports.attribution({ ...query, model: 'last' });
  const found = [
    ...kpis.map(({ rows }) => rows.filter(({ conversions }) => conversions > 0).map((row) => [row[by], row.revenue])),
    sales.rows.map((row) => [row[by], row.revenue]),
    credit.rows.filter((row) => row.revenue).map((row) => [row[by], row.revenue]),
  ];
  expect(found).toEqual([[[label, 42]], [[label, 42]], [[label, 42]], [[label, 42]]]);
});

it.each([1e308, -1e308, '1e308', 1e13])(
  'an amount of %s is none in any report, and takes no sum with it',
  async (total) => {
    const many = {
      products: [
        { product_id: 'p', quantity: 1e308 },
        { product_id: 'q', quantity: 1e308 },
      ],
    };
    const deeds = [
      { who: 'ann', at: '20 10:00', from: MAIL },
      order('ann', '20 10:05', 'L1', 40, { onSite: true }),
      order('ann', '20 10:06', 'L2', 0, { onSite: true, properties: { total, ...many } }),
      order('ann', '20 10:07', 'L3', 0, { onSite: true, properties: { total, revenue: 2 } }),
    ];
    const reports = createReports(await fill(memoryStore(), deeds));
    const [kpis, sales, customers] = [
      await reports.kpis(PERIOD),
      await reports.people('sales', PERIOD),
      await reports.people('customers', PERIOD),
    ];
    expect([kpis.totals.revenue, sales.totals.revenue, customers.totals.revenue]).toEqual([42, 42, 42]);
    expect(sales.totals).toMatchObject({ orders: 3, items: 2 });
    expect(sales.notices).toEqual([expect.stringContaining('that is a number: 1.')]);
  },
);
