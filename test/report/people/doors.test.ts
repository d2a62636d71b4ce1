import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/protocol/index.js';
import { noticeFr } from '../../../src/report/page/words/notices-fr.js';
import { PATH_MODEL_NAMES } from '../../../src/report/path-models.js';
import { AD, type Deed, MAIL, NOVEMBER, order, reportsOf, SOCIAL } from './crowd.js';

const mail = (who: string, at: string, event: string, properties: Deed['properties'] = {}): Deed => ({
  who,
  at,
  event,
  properties: { email_id: 'w45', campaign_name: 'weekly', ...properties },
});

describe('email', () => {
  // Ada opened twice and clicked, then bought; Bob's machine opened; Cy clicked only to unsubscribe; Dan's bounced.
  const deeds: Deed[] = [
    ...['ada', 'bob', 'cy', 'dan'].map((who) => mail(who, '3 08:00', 'Email Delivered')),
    mail('dan', '3 08:01', 'Email Bounced'),
    mail('ada', '3 09:00', 'Email Opened'),
    mail('ada', '3 12:00', 'Email Opened'),
    mail('ada', '3 12:01', 'Email Link Clicked', { link_url: 'https://shop.example/winter' }),
    order('ada', '5 10:00', 'a', 10),
    mail('bob', '3 08:00', 'Email Opened', { machine: true }),
    mail('bob', '3 08:01', 'Email Link Clicked', { automated: true }),
    mail('cy', '3 10:00', 'Email Opened'),
    mail('cy', '3 10:01', 'Email Link Clicked', { link_url: 'https://mail.example/unsubscribe?x=1' }),
    mail('cy', '3 10:02', 'Unsubscribed'),
  ];

  it('counts recipients, machines apart', async () => {
    const { rows, totals } = await (await reportsOf(deeds)).people('email', NOVEMBER);
    expect(totals).toEqual({
      delivered: 3,
      bounced: 1,
      opens: 2,
      machineOpens: 1,
      openRate: 2 / 3,
      openRateWithMachines: 1,
      clicks: 1,
      clickRate: 1 / 3,
      clickToOpenRate: 0.5,
      conversions: 1,
      conversionRate: 1 / 3,
      conversionsPerClick: 1,
      unsubscribed: 1,
      markedAsSpam: 0,
    });
    expect(rows).toEqual([{ campaign: 'weekly', ...totals }]);
  });

  it('has no rate without deliveries', async () => {
    const { totals } = await (await reportsOf([mail('a', '3 09:00', 'Email Opened')])).people('email', NOVEMBER);
    expect(totals).toMatchObject({ opens: 1, openRate: null, clickRate: null, clickToOpenRate: 0 });
  });
});

describe('satisfaction', () => {
  const answer = (who: string, kind: string, score: number, channel?: string): Deed => ({
    who,
    at: '4 10:00',
    event: 'Survey Answered',
    properties: { kind, score },
    ...(channel && { channel }),
  });

  it('gives NPS and CSAT by channel with n and intervals', async () => {
    const deeds = [
      { who: 'a', at: '4 09:50', from: MAIL },
      { ...answer('a', 'nps', 9), onSite: true },
      answer('b', 'nps', 10, 'store'),
      answer('c', 'nps', 8, 'store'),
      answer('d', 'nps', 6, 'store'),
      answer('e', 'csat', 4, 'store'),
      answer('f', 'csat', 2, 'store'),
      answer('g', 'csat', 9, 'store'),
    ];
    const { rows, totals } = await (await reportsOf(deeds)).people('satisfaction', NOVEMBER);
    expect(rows.map(({ channel, kind, n, nps, satisfied, mean }) => [channel, kind, n, nps, satisfied, mean])).toEqual([
      ['In-store', 'nps', 3, 0, null, 8],
      ['In-store', 'csat', 2, null, 0.5, 3],
      ['Email', 'nps', 1, 100, null, 9],
    ]);
    expect(totals).toMatchObject({ answers: 6, ignored: 1, ces: null });
    // (2 promoters - 1 detractor) of 4.
    expect(totals.nps).toMatchObject({ nps: 25, promoters: 2, passives: 1, detractors: 1, warning: 'only 4 answers' });
    // Adjusted Wald: p = 2.75/7, d = 1.75/7, difference 1/7; variance (4.5/7 - 1/49)/7.
    const spread = 1.959964 * Math.sqrt((4.5 / 7 - 1 / 49) / 7);
    expect(totals.nps?.npsInterval?.low).toBeCloseTo(100 * (1 / 7 - spread), 6);
    // Wilson for 1 of 2 (published: 0.0945 to 0.9055).
    expect(totals.csat?.satisfiedInterval?.low).toBeCloseTo(0.0945, 4);
    expect(totals.csat?.satisfiedInterval?.high).toBeCloseTo(0.9055, 4);
  });

  it.each<[JsonObject, object]>([
    // 0 to 10 is what the figure is defined on; from 1 to 10 the same answers are promoters and detractors.
    [
      { kind: 'nps', score: 50, scale_min: 0, scale_max: 100 },
      { kind: 'nps', why: 'other-scale' },
    ],
    [
      { kind: 'nps', score: 5, scale_max: 5 },
      { kind: 'nps', why: 'other-scale' },
    ],
    [
      { kind: 'nps', score: 85 },
      { kind: 'nps', why: 'off-scale' },
    ],
    [
      { kind: 'nps', score: 0, scale_min: 1 },
      { kind: 'nps', why: 'off-scale' },
    ],
    [
      { kind: 'nps', score: 'very likely' },
      { kind: 'nps', why: 'no-number' },
    ],
    [{ kind: 'nps' }, { kind: 'nps', why: 'no-number' }],
    [
      { kind: 'csat', score: 9 },
      { kind: 'csat', why: 'off-scale' },
    ],
    [
      { kind: 'csat', score: 3, scale_min: 3, scale_max: 3 },
      { kind: 'csat', why: 'other-scale' },
    ],
    [
      { kind: 'ces', score: [4] },
      { kind: 'ces', why: 'no-number' },
    ],
    [
      { kind: 'smileys', score: 3 },
      { kind: null, why: 'no-kind' },
    ],
    [{ score: 3 }, { kind: null, why: 'no-kind' }],
  ])('counts and names the answer %j, which says nothing', async (properties, expected) => {
    const deeds = [
      { ...answer('a', 'nps', 10), properties: { kind: 'NPS', score: '10', scale_min: 1, scale_max: '10' } },
      { ...answer('b', 'nps', 1), properties },
      { ...answer('c', 'nps', 1), properties },
    ];
    const { totals, leftOut, notices } = await (await reportsOf(deeds)).people('satisfaction', NOVEMBER);
    expect(totals).toMatchObject({ answers: 1, ignored: 2, nps: { n: 1, nps: 100 } });
    expect(leftOut).toEqual([{ ...expected, answers: 2 }]);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/^Answers left out.*: 2\. /);
    // No answer is cited: it may be what somebody wrote.
    expect(notices[0]).not.toContain('very likely');
    expect(noticeFr(notices[0] ?? '')).toMatch(/^Réponses.*écartées\u00a0: 2\. /);
  });

  it('knows nothing of an empty survey', async () => {
    const { rows, totals } = await (await reportsOf([])).people('satisfaction', NOVEMBER);
    expect(rows).toEqual([]);
    expect(totals).toEqual({ answers: 0, ignored: 0, csat: null, nps: null, ces: null });
  });
});

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

describe('ads', () => {
  const cost = (properties: Deed['properties']): Deed => ({
    who: 'import',
    at: '20 10:00',
    event: 'Ad Cost Imported',
    properties: properties ?? {},
  });
  const deeds: Deed[] = [
    { who: 'a', at: '2 10:00', from: AD },
    { who: 'a', at: '3 10:00', from: MAIL },
    order('a', '4 10:00', '1', 100),
    cost({ date: '2026-11-02', channel: 'Paid Search', cost: 20, currency: 'EUR', clicks: 10, impressions: 1000 }),
    cost({ date: '2026-11-03', source: 'google', medium: 'cpc', cost: 5, currency: 'EUR', clicks: 2 }),
    cost({ date: '2026-11-03', channel: 'Display', cost: 0, currency: 'EUR' }),
    cost({ date: '2026-10-31', channel: 'Paid Search', cost: 1000, currency: 'EUR' }),
    cost({ date: '2026-11-03', channel: 'Paid Search', cost: 7, currency: 'USD' }),
  ];

  it('sets cost against credit, model by model', async () => {
    const { rows, totals, notices } = await (await reportsOf(deeds)).people('ads', NOVEMBER);
    const of = (channel: string, model: string) => rows.find((row) => row.channel === channel && row.model === model);
    expect(of('Paid Search', 'first')).toMatchObject({
      cost: 25,
      clicks: 12,
      conversions: 1,
      costPerConversion: 25,
      returnOnAdSpend: 4,
    });
    expect(of('Paid Search', 'linear')).toMatchObject({ conversions: 0.5, costPerConversion: 50, returnOnAdSpend: 2 });
    expect(of('Paid Search', 'last')).toMatchObject({ conversions: 0, costPerConversion: null, returnOnAdSpend: 0 });
    expect(of('Display', 'last')).toMatchObject({ cost: 0, costPerConversion: null, returnOnAdSpend: null });
    expect(totals).toMatchObject({ cost: 25, conversions: 1, revenue: 100, returnOnAdSpend: 4 });
    expect(notices).toEqual(['Costs and orders left out because they are not in EUR: 1.']);
  });

  it.each([
    ...PATH_MODEL_NAMES.map((model) => ({ model })),
    { model: 'markov' as const, order: 2 },
    { model: 'shapley' as const, game: 'rate' as const },
    { model: 'position' as const, weights: [1, 0, 3] },
    { model: 'time-decay' as const, halfLifeDays: 1 },
  ])('credits as the attribution report does: %j', async (asked) => {
    // Ways without an order, one of which began long before the period.
    const looked = ['b', 'c', 'd'].flatMap((who): Deed[] => [
      { who, at: '2026-09-20T10:00:00Z', from: AD },
      { who, at: '2026-10-10T10:00:00Z', from: MAIL },
      { who, at: '1 10:00', from: who === 'b' ? 'direct' : AD },
    ]);
    const sold = [{ who: 'e', at: '5 10:00', from: MAIL }, order('e', '6 10:00', '2', 30, { onSite: true })];
    const paid = cost({ date: '2026-11-03', channel: 'Email', cost: 1, currency: 'EUR' });
    const reports = await reportsOf([...deeds.slice(0, 4), ...looked, ...sold, paid], {
      now: () => new Date('2026-12-31T00:00:00Z'),
    });
    const query = { from: '2026-11-01', to: '2026-12-30', ...asked };
    const { rows, model } = await reports.people('ads', query);
    const attribution = await reports.attribution(query);
    expect(model).toBe(asked.model);
    expect(rows.map(({ channel }) => channel)).toEqual(['Email', 'Paid Search']);
    for (const { channel, conversions, revenue } of rows) {
      const credit = attribution.rows.find((row) => row.channel === channel);
      expect(conversions).toBeCloseTo(credit?.conversions ?? 0, 5);
      expect(revenue).toBeCloseTo(credit?.revenue ?? 0, 1);
    }
  });

  it('says which models there are', async () => {
    const reports = await reportsOf(deeds);
    await expect(reports.people('ads', { ...NOVEMBER, model: 'guess' })).rejects.toThrow(/"model".*markov, shapley/);
  });
});

describe('measurements', () => {
  it('gives percentiles of web vitals', async () => {
    const values = [1000, 2000, 3000, 4000, 5000];
    const deeds = values.map(
      (value, i): Deed => ({
        who: `v${i}`,
        at: '3 10:00',
        event: 'Web Vital',
        properties: { metric: 'LCP', value },
        onSite: true,
      }),
    );
    const { rows } = await (await reportsOf(deeds)).people('vitals', NOVEMBER);
    expect(rows).toEqual([
      {
        metric: 'LCP',
        n: 5,
        p50: 3000,
        p75: 4000,
        p90: 4600,
        p95: 4800,
        good: 0.4,
        needsImprovement: 0.4,
        poor: 0.2,
        rating: 'needs-improvement',
      },
    ]);
  });

  it('times the first answer of a chat', async () => {
    const chat = (who: string, at: string, event: string, id: string): Deed => ({
      who,
      at,
      event,
      properties: { conversation_id: id },
    });
    const deeds = [
      chat('a', '3 10:00', 'Live Chat Conversation Started', '1'),
      chat('a', '3 10:01', 'Live Chat Message Sent', '1'),
      chat('a', '3 10:02', 'Live Chat Message Received', '1'),
      chat('a', '3 10:05', 'Live Chat Message Received', '1'),
      chat('b', '3 10:01', 'Live Chat Message Sent', '2'),
      chat('b', '3 10:04', 'Live Chat Message Received', '2'),
      chat('c', '3 10:01', 'Live Chat Message Sent', '3'),
    ];
    const { rows } = await (await reportsOf(deeds)).people('response-time', NOVEMBER);
    expect(rows).toEqual([
      {
        channel: 'Live chat',
        conversations: 3,
        answered: 2,
        answeredRate: 2 / 3,
        medianSeconds: 120,
        p90Seconds: 168,
        withinOneMinute: 1 / 3,
      },
    ]);
  });

  it('takes the last reading of a gauge and never adds readings up', async () => {
    const read = (at: string, account: string, value: number): Deed => ({
      who: 'import',
      at,
      event: 'Social Metric Imported',
      properties: { network: 'instagram', account, metric: 'followers', value },
    });
    const deeds = [
      read('2026-10-31T10:00:00Z', 'shop', 100),
      read('2 10:00', 'shop', 110),
      read('9 10:00', 'shop', 150),
      read('9 10:00', 'blog', 7),
    ];
    const { rows, totals } = await (await reportsOf(deeds)).people('gauges', NOVEMBER);
    expect(
      rows.map(({ account, value, before, change, readings }) => [account, value, before, change, readings]),
    ).toEqual([
      ['blog', 7, 7, 0, 1],
      ['shop', 150, 100, 50, 2],
    ]);
    expect(totals).toEqual({ gauges: 2 });
  });

  it('tells new from returning visitors', async () => {
    const deeds: Deed[] = [
      { who: 'old', at: '2026-10-01T10:00:00Z', from: 'direct' },
      { who: 'old', at: '3 10:00', from: SOCIAL },
      { who: 'new', at: '3 10:00', from: SOCIAL },
      { who: 'again', at: '3 10:00', from: SOCIAL },
      { who: 'again', at: '5 10:00', from: MAIL },
    ];
    const { rows, totals } = await (await reportsOf(deeds)).people('visitors', { ...NOVEMBER, by: 'channel' });
    expect(totals).toMatchObject({
      visitors: 3,
      sessions: 4,
      newVisitors: 2,
      returningVisitors: 2,
      returningRate: 2 / 3,
    });
    expect(rows.map(({ channel, visitors, returningVisitors }) => [channel, visitors, returningVisitors])).toEqual([
      ['Organic Social', 3, 1],
      ['Email', 1, 1],
    ]);
  });
});
