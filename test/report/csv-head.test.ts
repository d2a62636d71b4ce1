import { expect, it } from 'vitest';
import { createReports, REPORT_NAMES, type Reports, reportRoutes } from '../../src/report/index.js';
import { memoryStore } from '../../src/stores/memory.js';
import { AD, type Deed, fill, MAIL, order } from './people/crowd.js';

const said = (who: string, at: string, event: string, properties: Deed['properties']): Deed => ({
  who,
  at,
  event,
  properties: properties ?? {},
});

/** Something for every report: visits, orders, carts, pick-ups, mails, answers, chats, vitals, costs, readings. */
const deeds: Deed[] = [
  { who: 'ann', at: '1 10:00', from: AD },
  { who: 'ann', at: '2 10:00', from: MAIL },
  { ...said('ann', '2 10:01', 'Product Added', { product_id: 'p', cart_id: 'c' }), onSite: true },
  order('ann', '2 10:05', 'o1', 20, { onSite: true, properties: { fulfilment: 'pickup', store_id: 'lyon' } }),
  order('ann', '9 10:05', 'o2', 30, { channel: 'store', properties: { store_id: 'lyon' } }),
  { who: 'bob', at: '3 10:00', from: 'direct' },
  order('bob', '3 10:05', 'o3', 30, { onSite: true }),
  { who: 'bob', at: '4 10:00', from: AD },
  said('ann', '4 10:00', 'Order Ready for Pickup', { order_id: 'o1', store_id: 'lyon' }),
  said('ann', '5 10:00', 'Email Delivered', { email_id: 'e', campaign_name: 'news' }),
  ...['csat', 'nps'].flatMap((kind) =>
    ['ann', 'bob'].map((who, i) => said(who, '5 10:00', 'Survey Answered', { kind, score: 4 + i, touchpoint: 'till' })),
  ),
  said('ann', '6 10:00', 'Live Chat Message Sent', { conversation_id: '1' }),
  said('ann', '6 10:01', 'Live Chat Message Received', { conversation_id: '1' }),
  { ...said('ann', '6 10:00', 'Web Vital', { metric: 'LCP', value: 1000 }), onSite: true },
  said('import', '7 10:00', 'Ad Cost Imported', {
    date: '2026-11-02',
    channel: 'Paid Search',
    cost: 20,
    currency: 'EUR',
  }),
  said('import', '7 10:00', 'Social Metric Imported', { network: 'i', account: 'shop', metric: 'followers', value: 7 }),
];

async function headOf(reports: Reports, query: string): Promise<string[]> {
  const answer = await reportRoutes(reports)(new Request(`https://receiver.example/v1/reports/${query}`));
  expect(answer?.status, query).toBe(200);
  return ((await answer?.text()) ?? '').split('\r\n')[0]?.split(',') ?? [];
}

it('the CSV of a report without rows has the columns that it has with some', async () => {
  const now = () => new Date('2026-12-01T00:00:00Z');
  const full = createReports(await fill(memoryStore(), deeds), { now });
  const empty = createReports(memoryStore(), { now });
  const queries = REPORT_NAMES.flatMap((name) => {
    const query = `${name}?format=csv&from=2026-11-01&to=2026-11-30`;
    if (name === 'kpis') return [query, `${query}&by=day-channel`, `${query}&by=campaign`];
    if (name === 'attribution') return [query, `${query}&model=linear`, `${query}&by=source`];
    if (name === 'combinations') return [`${query}&window=5&follow=5`];
    return name === 'satisfaction' ? [query, `${query}&by=touchpoint`] : [query];
  });
  for (const query of queries) {
    const head = await headOf(full, query);
    // An interval that is nowhere known is one empty column.
    const whole = head.flatMap((field) => (/interval$/i.test(field) ? [`${field}.low`, `${field}.high`] : [field]));
    expect(await headOf(empty, query), query).toEqual(whole);
  }
});
