import { beforeAll, describe, expect, it } from 'vitest';
import { BadQuery } from '../../src/report/bad-query.js';
import { createReports, type Reports } from '../../src/report/reports.js';
import { storeOf, VISITS } from './shop.js';

const november = { from: '2026-11-01', to: '2026-11-30' };
let reports: Reports;

beforeAll(async () => {
  reports = createReports(await storeOf(VISITS), { now: () => new Date('2026-11-22T12:00:00Z') });
});

describe('as known at a time', () => {
  it('counts what had been received by the end of a day, says so, and ends default periods then', async () => {
    const early = await reports.kpis({ asKnownAt: '2026-11-21' });
    expect(early).toMatchObject({ asKnownAt: '2026-11-22T00:00:00.000Z', to: '2026-11-22T00:00:00.000Z' });
    expect(early.totals.sessions).toBe(0);
    const known = await reports.kpis({ ...november, asKnownAt: '2026-11-22' });
    expect(known.totals).toEqual((await reports.kpis(november)).totals);
    expect(await reports.kpis(november)).not.toHaveProperty('asKnownAt');
  });

  it('of attribution, journeys, reports over people and one order, too', async () => {
    const asKnownAt = '2026-11-22T12:00:00Z';
    expect((await reports.attribution({ ...november, asKnownAt })).totals.conversions).toBe(0);
    expect((await reports.attribution({ ...november, asKnownAt, model: 'markov' })).totals.conversions).toBe(0);
    expect((await reports.journeys({ ...november, asKnownAt })).totals.conversions).toBe(0);
    expect(await reports.people('sales', { ...november, asKnownAt })).toMatchObject({
      asKnownAt: '2026-11-22T12:00:00.000Z',
      rows: [],
    });
    expect(await reports.explain('A1', { asKnownAt })).toBeUndefined();
    expect(await reports.explain('A1', { asKnownAt: '2026-11-22' })).toMatchObject({ order: 'A1', value: 100 });
    await expect(reports.kpis({ asKnownAt: 'yesterday' })).rejects.toThrow('"as-known-at"');
  });
});

describe('kpis', () => {
  it('counts the whole period in totals', async () => {
    const { totals, goal, from, to, timezone } = await reports.kpis({ ...november, by: 'total' });
    expect({ goal, from, to, timezone }).toEqual({
      goal: 'Order Completed',
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-12-01T00:00:00.000Z',
      timezone: 'UTC',
    });
    expect(totals).toEqual({
      visitors: 3,
      devices: 3,
      sessions: 7,
      // The four sessions with an order; the others saw one page.
      engagedSessions: 4,
      engagementRate: 4 / 7,
      pageViews: 7,
      averageSessionSeconds: (4 * 60) / 7,
      conversions: 4,
      convertingSessions: 4,
      conversionRate: 4 / 7,
      convertingVisitors: 3,
      visitorConversionRate: 1,
      revenue: 180.01,
      averageOrderValue: 180.01 / 4,
    });
  });

  it('has a row per day with something in it; visitors are not additive', async () => {
    const { rows, totals } = await reports.kpis(november);
    expect(rows.map(({ day, visitors, sessions, revenue }) => [day, visitors, sessions, revenue])).toEqual([
      ['2026-11-01', 1, 1, 0],
      ['2026-11-02', 1, 1, 50.01],
      ['2026-11-03', 3, 3, 10],
      ['2026-11-05', 1, 1, 20],
      ['2026-11-10', 1, 1, 100],
    ]);
    expect(totals.visitors).toBe(3);
  });

  it('begins days in the time zone that was asked for', async () => {
    const { rows } = await reports.kpis({ ...november, timezone: 'Europe/Paris' });
    expect(rows.map(({ day, sessions }) => [day, sessions])).toContainEqual(['2026-11-04', 1]);
  });

  it('groups by channel; the visit from the payment page is direct', async () => {
    const { rows } = await reports.kpis({ ...november, by: 'channel' });
    expect(
      rows.map(({ channel, sessions, conversions, revenue }) => [channel, sessions, conversions, revenue]),
    ).toEqual([
      ['Direct', 3, 3, 130],
      ['Organic Search', 1, 1, 50.01],
      ['Email', 1, 0, 0],
      ['Organic Social', 1, 0, 0],
      ['Paid Search', 1, 0, 0],
    ]);
    expect(rows.map(({ visitors, visitorConversionRate }) => [visitors, visitorConversionRate])).toEqual([
      ...[
        [3, 1],
        [1, 1],
        ...[
          [1, 0],
          [1, 0],
          [1, 0],
        ],
      ],
    ]);
  });

  it.each([
    ['source', ['(direct)', 'google', 'facebook', 'letter']],
    ['medium', ['(direct) / (none)', 'google / organic', 'facebook / social', 'google / cpc', 'letter / email']],
    ['campaign', ['(not set)', 'weekly', 'winter']],
  ] as const)('groups by %s', async (by, labels) => {
    const { rows, totals } = await reports.kpis({ ...november, by });
    expect(rows.map((row) => row[by])).toEqual(labels);
    expect(rows.reduce((sum, row) => sum + row.sessions, 0)).toBe(totals.sessions);
  });

  it('groups by day and channel', async () => {
    const { rows } = await reports.kpis({ ...november, by: 'day-channel' });
    expect(rows.map(({ day, channel, sessions }) => `${day} ${channel} ${sessions}`)).toEqual([
      '2026-11-01 Paid Search 1',
      '2026-11-02 Organic Search 1',
      '2026-11-03 Direct 1',
      '2026-11-03 Email 1',
      '2026-11-03 Organic Social 1',
      '2026-11-05 Direct 1',
      '2026-11-10 Direct 1',
    ]);
  });

  it('gives null, not 0 or infinity, where nothing can be divided by', async () => {
    const { rows, totals } = await reports.kpis({ from: '2025-01-01', to: '2025-01-31' });
    expect(rows).toEqual([]);
    expect(totals).toMatchObject({
      conversionRate: null,
      visitorConversionRate: null,
      averageOrderValue: null,
      averageSessionSeconds: null,
      revenue: 0,
    });
  });
});

describe('attribution', () => {
  // Paths: A1 100.00 = Paid Search (9 d 1 min before), Email (7 d 1 min), Direct (1 min).
  // B1 50.01 = Organic Search. B2 10.00 = Organic Search, Direct. C1 20.00 = Organic Social, and PayPal is no touch.
  it('puts all models side by side', async () => {
    const { rows, totals, currency, lookbackDays } = await reports.attribution(november);
    expect({ totals, currency, lookbackDays }).toEqual({
      totals: { conversions: 4, revenue: 180.01 },
      currency: 'EUR',
      lookbackDays: 30,
    });
    const revenues = Object.fromEntries(
      rows.map(({ channel, models }) => [channel, Object.values(models ?? {}).map(({ revenue }) => revenue)]),
    );
    // A1 by time decay: weights 2^(-9/7), 2^-1, 1 = 0.41017, 0.5, 1 of 1.91017: 21.47, 26.18, 52.35.
    // B2: touches 1 day apart: 2^(-1/7) = 0.90572 of 1.90572: 4.75 and 5.25.
    // Linear: 33.33 three times over leaves a cent, which the first by name gets.
    //                        first   last    non-direct linear position decay
    expect(revenues).toEqual({
      'Organic Search': [60.01, 50.01, 60.01, 55.01, 55.01, 54.76],
      Direct: [0, 110, 0, 38.34, 45, 57.6],
      'Organic Social': [20, 20, 20, 20, 20, 20],
      'Paid Search': [100, 0, 0, 33.33, 40, 21.47],
      Email: [0, 0, 100, 33.33, 20, 26.18],
    });
  });

  it('gives one model as plain conversions and revenue', async () => {
    const { rows, model } = await reports.attribution({ ...november, model: 'linear' });
    expect(model).toBe('linear');
    expect(rows[0]).toEqual({ channel: 'Organic Search', conversions: 1.5, revenue: 55.01 });
    expect(rows.find(({ channel }) => channel === 'Email')?.conversions).toBeCloseTo(1 / 3, 5);
  });

  it('leaves out touches before the lookback', async () => {
    const { rows } = await reports.attribution({ ...november, model: 'first', lookbackDays: 8 });
    expect(rows.find(({ channel }) => channel === 'Email')).toMatchObject({ conversions: 1, revenue: 100 });
    expect(rows.some(({ channel }) => channel === 'Paid Search')).toBe(false);
  });

  it('credits touches from before the period', async () => {
    const { rows } = await reports.attribution({ from: '2026-11-10', to: '2026-11-10', model: 'first' });
    expect(rows).toEqual([
      { channel: 'Paid Search', conversions: 1, revenue: 100 },
      { channel: 'Direct', conversions: 0, revenue: 0 },
      { channel: 'Email', conversions: 0, revenue: 0 },
    ]);
  });

  it('goes by campaign and by source', async () => {
    const campaigns = await reports.attribution({ ...november, by: 'campaign', model: 'first' });
    expect(campaigns.rows.find(({ campaign }) => campaign === 'winter')).toMatchObject({
      conversions: 1,
      revenue: 100,
    });
    const sources = await reports.attribution({ ...november, by: 'source', model: 'last-non-direct' });
    expect(sources.rows.find(({ source }) => source === 'google')).toMatchObject({ conversions: 2, revenue: 60.01 });
  });

  it('goes by touchpoint: channel, source and campaign, as far as they are known', async () => {
    const { rows } = await reports.attribution({ ...november, by: 'touchpoint', model: 'first' });
    expect(rows).toEqual([
      { touchpoint: 'Organic Search: google', conversions: 2, revenue: 60.01 },
      { touchpoint: 'Paid Search: google / winter', conversions: 1, revenue: 100 },
      { touchpoint: 'Organic Social: facebook', conversions: 1, revenue: 20 },
      { touchpoint: 'Direct', conversions: 0, revenue: 0 },
      { touchpoint: 'Email: letter / weekly', conversions: 0, revenue: 0 },
    ]);
    const { rows: ways } = await reports.journeys({ ...november, by: 'touchpoint' });
    expect(ways.map(({ path }) => path)).toContainEqual([
      'Paid Search: google / winter',
      'Email: letter / weekly',
      'Direct',
    ]);
    const kpis = await reports.kpis({ ...november, by: 'touchpoint' });
    expect(kpis.rows.find(({ touchpoint }) => touchpoint === 'Organic Search: google')).toMatchObject({
      sessions: 1,
      conversions: 1,
      revenue: 50.01,
    });
  });

  it('never drops a conversion: one that a server sent, without any visit, is direct', async () => {
    const store = await storeOf([]);
    const lone = createReports({
      ...store,
      journeys: async function* () {
        yield { person: 'x', messageId: 'm', at: '2026-11-02T00:00:00Z', value: 7, touches: [] };
      },
    });
    const { rows, currency } = await lone.attribution({ ...november, model: 'last-non-direct' });
    expect(rows).toEqual([{ channel: 'Direct', conversions: 1, revenue: 7 }]);
    expect(currency).toBeNull();
  });
});

describe('journeys', () => {
  it('lists the ways to the goal and how they flow', async () => {
    const { rows, totals, sankey } = await reports.journeys(november);
    expect(rows).toEqual([
      {
        path: ['Paid Search', 'Email', 'Direct'],
        conversions: 1,
        revenue: 100,
        medianDays: expect.closeTo(9, 2),
        averageTouches: 3,
      },
      { path: ['Organic Search'], conversions: 1, revenue: 50.01, medianDays: expect.closeTo(0, 2), averageTouches: 1 },
      { path: ['Organic Social'], conversions: 1, revenue: 20, medianDays: expect.closeTo(1.52, 2), averageTouches: 1 },
      {
        path: ['Organic Search', 'Direct'],
        conversions: 1,
        revenue: 10,
        medianDays: expect.closeTo(1, 2),
        averageTouches: 2,
      },
    ]);
    expect(totals).toMatchObject({ conversions: 4, revenue: 180.01, paths: 4, averageTouches: 7 / 4 });
    expect(sankey.links).toContainEqual({
      source: '0:Organic Search',
      target: '3:Conversion',
      conversions: 1,
      revenue: 50.01,
    });
    expect(sankey.links).toContainEqual({
      source: '0:Organic Search',
      target: '1:Direct',
      conversions: 1,
      revenue: 10,
    });
    const intoGoal = sankey.links.filter(({ target }) => target === '3:Conversion');
    expect(intoGoal.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(4);
  });

  it('lists as many as asked for, and still totals all', async () => {
    const { rows, totals } = await reports.journeys({ ...november, limit: 1 });
    expect(rows).toHaveLength(1);
    expect(totals.conversions).toBe(4);
  });
});

describe('wrong questions', () => {
  it.each([
    [{ goal: '' }, '"goal"'],
    [{ timezone: 'Mars/Olympus' }, '"timezone"'],
    [{ lookbackDays: 0 }, '"lookback"'],
    [{ from: 'tomorrow' }, '"from"'],
  ])('%j rejects, naming the parameter', async (query, named) => {
    await expect(reports.attribution(query)).rejects.toThrow(BadQuery);
    await expect(reports.attribution(query)).rejects.toThrow(named);
  });
});
