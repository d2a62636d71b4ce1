import { beforeAll, describe, expect, it } from 'vitest';
import { createReports, PATH_MODEL_NAMES, type Reports, reportRoutes } from '../../src/report/index.js';
import { storeOf, VISITS } from './shop.js';

const november = { from: '2026-11-01', to: '2026-11-30' };
let reports: Reports;

beforeAll(async () => {
  reports = createReports(await storeOf(VISITS));
});

const cents = (amount = 0) => Math.round(amount * 100);

describe('models that look at many paths, over a store', () => {
  it.each(PATH_MODEL_NAMES)('%s divides all conversions and all revenue, to the cent', async (model) => {
    const { rows, totals, currency } = await reports.attribution({ ...november, model });
    expect({ totals, currency }).toEqual({ totals: { conversions: 4, revenue: 180.01 }, currency: 'EUR' });
    expect(rows.reduce((sum, row) => sum + cents(row.revenue), 0)).toBe(18_001);
    expect(rows.reduce((sum, row) => sum + Math.round((row.conversions ?? 0) * 1e6), 0)).toBe(4e6);
  });

  it('shapley divides each order among the channels before it', async () => {
    // Ada: search ad, mail, direct, 100.00. Bob: search 50.01; search and direct 10.00. Cy: social, 20.00.
    const { rows } = await reports.attribution({ ...november, model: 'shapley' });
    expect(
      Object.fromEntries(rows.map(({ channel, conversions, revenue }) => [channel, [conversions, revenue]])),
    ).toEqual({
      'Organic Search': [1.5, 55.01],
      'Organic Social': [1, 20],
      Direct: [0.833334, 38.34],
      'Paid Search': [0.333333, 33.33],
      Email: [0.333333, 33.33],
    });
  });

  it('markov says its order, the removal effects, and that nulls are not known', async () => {
    const report = await reports.attribution({ ...november, model: 'markov', order: 2 });
    expect(report.details).toMatchObject({ order: 2, conversionProbability: 1 });
    expect(report.notices).toEqual([expect.stringContaining('without conversion')]);
    expect(report.rows.find(({ channel }) => channel === 'Organic Search')).toMatchObject({ removalEffect: 0.5 });
  });

  it('position and time decay take weights and half-life', async () => {
    const first = await reports.attribution({ ...november, model: 'first' });
    const weighted = await reports.attribution({ ...november, model: 'position', weights: [1, 0, 0] });
    const credit = (rows: typeof first.rows) =>
      rows
        .map(({ channel, conversions, revenue }) => ({ channel, conversions, revenue }))
        .filter(({ conversions }) => conversions);
    expect(credit(weighted.rows)).toEqual(credit(first.rows));
    const last = await reports.attribution({ ...november, model: 'last' });
    const decayed = await reports.attribution({ ...november, model: 'time-decay', halfLifeDays: 0.01 });
    expect(credit(decayed.rows)).toEqual(credit(last.rows));
  });

  it('w-shaped takes a third each of Ada’s three touches', async () => {
    const { rows } = await reports.attribution({ ...november, model: 'w-shaped' });
    expect(rows.find(({ channel }) => channel === 'Email')?.revenue).toBe(33.33);
  });
});

describe('explain', () => {
  it('tells the touches, rules, visits and identities behind each credit of an order', async () => {
    const found = await reports.explain('A1');
    expect(found).toMatchObject({
      order: 'A1',
      value: 100,
      currency: 'EUR',
      at: '2026-11-10T10:01:00.000Z',
      person: 'ada',
    });
    expect(found?.identifiers).toMatchObject([
      { type: 'anonymousId', value: 'ada', firstSeen: '2026-11-01T10:00:00.000Z' },
    ]);
    expect(found?.rows.map(({ channel, at, visit }) => [channel, at, visit?.anonymousId])).toEqual([
      ['Paid Search', '2026-11-01T10:00:00.000Z', 'ada'],
      ['Email', '2026-11-03T10:00:00.000Z', 'ada'],
      ['Direct', '2026-11-10T10:00:00.000Z', 'ada'],
    ]);
    const [ad] = found?.rows ?? [];
    expect(ad).toMatchObject({
      ruleId: expect.stringContaining('paid-search'),
      facts: { source: 'google', medium: 'cpc', campaign: 'winter' },
    });
    expect(ad?.evidence.join()).toContain('google');
    expect(ad?.credits).toMatchObject({
      first: { conversions: 1, revenue: 100 },
      last: { conversions: 0, revenue: 0 },
      position: { conversions: 0.4, revenue: 40 },
    });
  });

  it('credits of each model add up to the order, to the cent', async () => {
    const found = await reports.explain('A1');
    for (const model of ['linear', 'time-decay', 'w-shaped', 'position'] as const) {
      expect(found?.rows.reduce((sum, { credits }) => sum + cents(credits[model].revenue), 0)).toBe(10_000);
      expect(found?.rows.reduce((sum, { credits }) => sum + Math.round(credits[model].conversions * 1e6), 0)).toBe(1e6);
    }
  });

  it('shows a return from a payment page as what does not count', async () => {
    const found = await reports.explain('C1');
    expect(found?.rows.map(({ counts, credits }) => [counts, credits.linear.conversions])).toEqual([
      [true, 1],
      [false, 0],
    ]);
  });

  it('assumes a direct visit where no touch is known', async () => {
    const found = await reports.explain('A1', { lookbackDays: 0.0001 });
    expect(found?.rows).toMatchObject([
      { channel: 'Direct', assumed: true, visit: null, credits: { linear: { conversions: 1, revenue: 100 } } },
    ]);
  });

  it('knows no other order', async () => {
    expect(await reports.explain('Z9')).toBeUndefined();
  });
});

describe('routes', () => {
  const get = async (path: string) => {
    const response = await reportRoutes(reports)(new Request(`http://receiver.example/v1/reports/${path}`));
    if (!response) throw new Error('no answer');
    return response;
  };

  it('GET attribution takes the models, their order, weights and half-life', async () => {
    const markov = await (await get('attribution?from=2026-11-01&to=2026-11-30&model=markov&order=3')).json();
    expect(markov).toMatchObject({ model: 'markov', details: { order: 3 } });
    const weighted = await (await get('attribution?from=2026-11-01&to=2026-11-30&model=position&weights=1,0,0')).json();
    expect(weighted.rows[0]).toMatchObject({ channel: 'Organic Search', conversions: 2 });
    for (const wrong of [
      'model=markov&order=5',
      'model=markov&order=x',
      'model=position&weights=1,x,1',
      'model=time-decay&half-life=0',
      'model=time-decay&halflife=0',
      'model=time-decay&half-life=3&halflife=3',
    ])
      expect((await get(`attribution?${wrong}`)).status, wrong).toBe(400);
  });

  it('GET attribution takes the half-life by the name of the command line, and by the one it had before', async () => {
    const credits = async (parameters: string) =>
      (await (await get(`attribution?from=2026-11-01&to=2026-11-30&model=time-decay${parameters}`)).json()).rows;
    expect(await credits('&half-life=1')).toEqual(await credits('&halflife=1'));
    expect(await credits('&half-life=1')).not.toEqual(await credits(''));
  });

  it('GET explain answers JSON and CSV, 404 for an unknown order and 400 without one', async () => {
    const found = await (await get('explain?order=B2')).json();
    expect(found).toMatchObject({
      report: 'explain',
      order: 'B2',
      rows: [{ channel: 'Organic Search' }, { channel: 'Direct' }],
    });
    expect((await (await get('explain?order=B2&format=csv')).text()).split('\r\n')).toHaveLength(4);
    expect((await get('explain?order=none')).status).toBe(404);
    expect((await get('explain')).status).toBe(400);
  });
});
