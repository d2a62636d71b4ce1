import { expect, test } from 'vitest';
import { createReports } from '../../src/report/index.js';
import { memoryStore } from '../../src/stores/memory.js';
import { events, record } from '../contract/wire.js';

test('a call, a newsletter click that the mailer reports, and an order in a shop show in journeys and attribution', async () => {
  const store = memoryStore();
  const ann = { userId: 'ann' };
  const order = (id: string, channel: string) => ({
    event: 'Order Completed',
    properties: { order_id: id, total: 30, currency: 'EUR' },
    context: { channel },
  });
  await store.append([
    record(
      1,
      events(
        {
          minute: 0,
          ...ann,
          event: 'Email Link Clicked',
          properties: { link_url: 'https://shop.example/?utm_source=letter&utm_medium=email&utm_campaign=june' },
        },
        { minute: 60, ...ann, event: 'Call Started', properties: { call_id: 'c' } },
        { minute: 65, ...ann, event: 'Call Ended', properties: { call_id: 'c' } },
        { minute: 120, ...ann, ...order('till', 'store') },
        { minute: 5, userId: 'bob', ...order('market', 'marketplace') },
      ),
      { key: 'secret' },
    ),
  ]);
  const reports = createReports(store);
  const query = { from: '2026-11-01', to: '2026-11-30' };
  const journeys = await reports.journeys(query);
  expect(journeys.rows.map(({ path, revenue }) => [...path, revenue])).toEqual([
    ['Email', 'Call Centre', 'In-store', 30],
    ['Marketplace', 30],
  ]);
  const { rows, totals } = await reports.attribution({ ...query, model: 'linear' });
  expect(rows).toEqual([
    { channel: 'Marketplace', conversions: 1, revenue: 30 },
    { channel: 'Call Centre', conversions: 0.333334, revenue: 10 },
    { channel: 'Email', conversions: 0.333333, revenue: 10 },
    { channel: 'In-store', conversions: 0.333333, revenue: 10 },
  ]);
  expect(totals).toEqual({ conversions: 2, revenue: 60 });
  const kpis = await reports.kpis({ ...query, by: 'channel' });
  expect(kpis.rows).toMatchObject([
    { channel: 'In-store', conversions: 1, revenue: 30 },
    { channel: 'Marketplace', conversions: 1 },
  ]);
  const explained = await reports.explain('till');
  expect(explained?.rows.map(({ channel, ruleId, visit }) => [channel, ruleId, visit])).toEqual([
    ['Email', 'ga4-14-email', null],
    ['Call Centre', 'x-call-centre', null],
    ['In-store', 'x-in-store', null],
  ]);
  // Each kind of touch has its own lookback: the click was two hours before, the call one.
  const channels = async (lookbacks: { click?: number; contact?: number; visit?: number }) =>
    (await reports.explain('till', { lookbacks }))?.rows.map(({ channel, kind }) => `${channel} ${kind}`);
  expect(await channels({ click: 1 / 24 })).toEqual(['Call Centre contact', 'In-store contact']);
  expect(await channels({ contact: 0 })).toEqual(['Email click']);
  expect(await channels({ contact: 0, click: 0.01 })).toEqual(['Direct visit']);
});

test('who comes back from a payment page has no touch for it, in a session or hours later, and the order is not the bank’s', async () => {
  const store = memoryStore();
  const page = (minute: number, url: string, referrer: string) => ({
    minute,
    context: { page: { url: `https://shop.example${url}`, referrer } },
  });
  const order = (minute: number, id: string) => ({
    ...page(minute, '/thanks', 'https://www.paypal.com/pay'),
    event: 'Order Completed',
    properties: { order_id: id, total: 10, currency: 'EUR' },
  });
  await store.append([
    record(
      1,
      events(
        page(0, '/?utm_source=google&utm_medium=cpc', ''),
        order(3, 'soon'),
        page(100, '/thanks', 'https://www.paypal.com/pay'),
        order(101, 'late'),
      ),
    ),
  ]);
  const reports = createReports(store);
  const query = { from: '2026-11-01', to: '2026-11-30' };
  expect((await reports.journeys(query)).rows).toMatchObject([{ path: ['Paid Search'], conversions: 2 }]);
  expect((await reports.attribution({ ...query, model: 'last' })).rows).toMatchObject([{ channel: 'Paid Search' }]);
  expect((await reports.kpis({ ...query, by: 'channel' })).rows).toMatchObject([
    { channel: 'Direct', sessions: 1, conversions: 1 },
    { channel: 'Paid Search', sessions: 1, conversions: 1 },
  ]);
});
