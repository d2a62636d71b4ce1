import { describe, expect, it } from 'vitest';
import { noticeFr } from '../../../src/report/page/words/notices-fr.js';
import { AD, type Deed, MAIL, NOVEMBER, order, reportsOf, SOCIAL } from './crowd.js';

describe('transitions', () => {
  // Four people met an ad. Ada: ad, ad, mail after 2 days, order. Bob: ad, mail after 4 days. Cy: ad, order. Dan: ad, nothing more.
  const deeds: Deed[] = [
    { who: 'ada', at: '1 10:00', from: AD },
    { who: 'ada', at: '2 10:00', from: AD },
    { who: 'ada', at: '4 10:00', from: MAIL },
    order('ada', '4 10:05', 'a', 10, { onSite: true }),
    { who: 'bob', at: '1 10:00', from: AD },
    { who: 'bob', at: '5 10:00', from: MAIL },
    { who: 'cy', at: '1 10:00', from: AD },
    order('cy', '1 10:05', 'c', 10, { onSite: true }),
    { who: 'dan', at: '1 10:00', from: AD },
    { who: 'dan', at: '30 10:00', from: SOCIAL },
  ];

  it('has passages, lag, lift, ends and drop-off', async () => {
    const reports = await reportsOf(deeds);
    const { rows, totals, dropOff } = await reports.people('transitions', { ...NOVEMBER, windowDays: 7 });
    const [first] = rows;
    expect(first).toEqual({
      from: 'Paid Search',
      to: 'Email',
      passages: 2,
      people: 2,
      share: 0.5,
      converted: 1,
      conversionRate: 0.5,
      // Cy and Dan: one of two.
      baselinePeople: 2,
      baselineRate: 0.5,
      lift: 1,
      // Two days after the second ad, four after the only one.
      medianLagHours: 72,
    });
    expect(
      rows.filter(({ to }) => to === '(end)').map(({ from, passages, converted }) => [from, passages, converted]),
    ).toEqual([
      ['Email', 2, 1],
      ['Paid Search', 2, 1],
    ]);
    // Dan's visit on the 30th may still be followed.
    expect(totals).toEqual({ people: 4, passages: 2, ends: 4, open: 1, conversionRate: 0.5 });
    expect(dropOff.map(({ from, stays, dropped }) => [from, stays, dropped])).toEqual([
      ['Email', 2, 1],
      ['Paid Search', 4, 1],
    ]);
  });

  it('goes both ways between app and store', async () => {
    const at = (day: number, channel: string): Deed => ({
      who: 'x',
      at: `${day} 10:00`,
      from: { source: channel, medium: channel },
    });
    const there = [at(1, 'mobile'), at(2, 'store'), at(3, 'mobile')].map(
      (deed, i): Deed => ({
        ...deed,
        from:
          [
            { source: 'app', medium: 'push' },
            { source: 'lyon', medium: 'store' },
            { source: 'app', medium: 'push' },
          ][i] ?? 'direct',
      }),
    );
    const { rows } = await (await reportsOf(there)).people('transitions', { ...NOVEMBER, windowDays: 7 });
    expect(
      rows
        .filter(({ to }) => to !== '(end)')
        .map(({ from, to, passages }) => `${from} > ${to}: ${passages}`)
        .sort(),
    ).toEqual(['In-store > Mobile Push Notifications: 1', 'Mobile Push Notifications > In-store: 1']);
  });
});

describe('roles and channels per journey', () => {
  // A: ad, mail, social, mail -> 100. B: ad -> 50. C: ad, social -> 10.
  const deeds: Deed[] = [
    { who: 'a', at: '1 10:00', from: AD },
    { who: 'a', at: '2 10:00', from: MAIL },
    { who: 'a', at: '3 10:00', from: SOCIAL },
    { who: 'a', at: '4 10:00', from: MAIL },
    order('a', '4 10:05', 'A', 100, { onSite: true }),
    { who: 'b', at: '1 10:00', from: AD },
    order('b', '1 10:05', 'B', 50, { onSite: true }),
    { who: 'c', at: '1 10:00', from: AD },
    { who: 'c', at: '2 10:00', from: SOCIAL },
    order('c', '2 10:05', 'C', 10, { onSite: true }),
    // The same order once more, by a server that does not know the device: it counts once, with its way.
    order('server', '2 10:06', 'C', 10),
  ];

  it('knows openers, closers and assists', async () => {
    const { rows, totals } = await (await reportsOf(deeds)).people('roles', NOVEMBER);
    expect(totals).toEqual({ conversions: 3, assisted: 2, revenue: 160 });
    expect(rows).toEqual([
      {
        channel: 'Paid Search',
        conversions: 3,
        opener: 2,
        middle: 0,
        closer: 0,
        solo: 1,
        assisted: 2,
        assistedRevenue: 110,
        last: 1,
        assistRatio: 2,
      },
      {
        channel: 'Organic Social',
        conversions: 2,
        opener: 0,
        middle: 1,
        closer: 1,
        solo: 0,
        assisted: 1,
        assistedRevenue: 100,
        last: 1,
        assistRatio: 1,
      },
      {
        channel: 'Email',
        conversions: 1,
        opener: 0,
        middle: 0,
        closer: 1,
        solo: 0,
        assisted: 0,
        assistedRevenue: 0,
        last: 1,
        assistRatio: 0,
      },
    ]);
  });

  it('counts distinct channels, repeats once', async () => {
    const { rows, totals } = await (await reportsOf(deeds)).people('channels-per-journey', NOVEMBER);
    expect(rows.map(({ channels, conversions, revenue }) => [channels, conversions, revenue])).toEqual([
      [1, 1, 50],
      [2, 1, 10],
      [3, 1, 100],
    ]);
    expect(totals).toEqual({ conversions: 3, meanChannels: 2, medianChannels: 2, threeOrMore: 1 / 3 });
  });
});

describe('funnel', () => {
  it('takes a step that is named twice for something that was done twice', async () => {
    const add = (who: string, at: string): Deed => ({ who, at, event: 'Product Added', onSite: true });
    const reports = await reportsOf([add('a', '1 10:00'), add('a', '1 10:01'), add('b', '1 10:00')]);
    const { totals } = await reports.people('funnel', { ...NOVEMBER, steps: ['Product Added', 'Product Added'] });
    expect(totals).toMatchObject({ people: 2, completed: 1 });
  });

  const step = (who: string, at: string, event: string): Deed => ({ who, at, event, onSite: true });
  // Five come; four view; four add; one checks out (the planted bad step); one orders.
  const deeds: Deed[] = ['a', 'b', 'c', 'd', 'e'].flatMap((who, i): Deed[] => [
    { who, at: '3 10:00', from: i < 3 ? AD : MAIL },
    ...(i < 4 ? [step(who, '3 10:01', 'Product Viewed'), step(who, '3 10:04', 'Product Added')] : []),
    ...(i < 1 ? [step(who, '3 11:04', 'Checkout Started'), order(who, '3 11:10', 'o', 10, { onSite: true })] : []),
  ]);

  it('finds the bad step, by channel too', async () => {
    const reports = await reportsOf(deeds);
    const { rows, totals, worst } = await reports.people('funnel', NOVEMBER);
    expect(rows.map(({ event, people, dropped }) => [event, people, dropped])).toEqual([
      ['Visit', 5, 0],
      ['Product Viewed', 4, 1],
      ['Product Added', 4, 0],
      ['Checkout Started', 1, 3],
      ['Order Completed', 1, 0],
    ]);
    expect(totals).toEqual({ people: 5, completed: 1, completion: 0.2 });
    expect(worst[0]).toEqual({ step: 4, event: 'Checkout Started', dropOff: 0.75, dropped: 3 });
    expect(rows[3]?.medianHours).toBe(1);
    const byChannel = await reports.people('funnel', { ...NOVEMBER, by: 'channel', steps: ['Visit', 'Product Added'] });
    expect(byChannel.rows.map(({ channel, step: n, people }) => [channel, n, people])).toEqual([
      ['Email', 1, 2],
      ['Email', 2, 1],
      ['Paid Search', 1, 3],
      ['Paid Search', 2, 3],
    ]);
  });

  it('leaves out usual steps that nobody sent, and says of named ones that nobody can come past them', async () => {
    const reports = await reportsOf(deeds.filter(({ event }) => event !== 'Product Viewed'));
    const usual = await reports.people('funnel', NOVEMBER);
    expect(usual.rows.map(({ step: n, event, people }) => [n, event, people])).toEqual([
      [1, 'Visit', 5],
      [2, 'Product Added', 4],
      [3, 'Checkout Started', 1],
      [4, 'Order Completed', 1],
    ]);
    expect(usual).toMatchObject({ unseen: [], notices: [], totals: { people: 5, completed: 1 } });
    const named = await reports.people('funnel', { ...NOVEMBER, steps: ['Visit', 'Product_Added', 'Order Completed'] });
    expect(named).toMatchObject({ unseen: ['Product_Added'], totals: { people: 5, completed: 0 } });
    expect(named.notices).toEqual(['Nobody sent "Product_Added" in this period, so nobody can come past that step.']);
    expect(noticeFr(named.notices[0] ?? '')).toMatch(/^Personne n’a envoyé «\u00a0Product_Added\u00a0»/);
    // Where there is none at all, all usual steps stand there.
    const nobody = await (await reportsOf([])).people('funnel', NOVEMBER);
    expect(nobody.rows).toHaveLength(5);
    expect(nobody.notices).toHaveLength(4);
  });

  it('wants the order of the steps, and takes the run that got furthest', async () => {
    const back = [
      step('a', '3 10:00', 'B'),
      step('a', '3 10:01', 'A'),
      step('a', '8 10:00', 'A'),
      step('a', '8 10:01', 'B'),
    ];
    const reports = await reportsOf(back);
    const query = { ...NOVEMBER, steps: ['A', 'B'] };
    expect((await reports.people('funnel', { ...query, windowDays: 1 })).totals).toMatchObject({
      people: 1,
      completed: 1,
    });
    expect((await reportsOf(back.slice(0, 2)).then((one) => one.people('funnel', query))).totals.completed).toBe(0);
    await expect(reports.people('funnel', { ...query, steps: ['A'] })).rejects.toThrow('"steps"');
  });
});

describe('touchpoints', () => {
  it('reports what is declared and silent, and islands', async () => {
    const deeds: Deed[] = [
      { who: 'a', user: 'ada', at: '1 10:00', from: AD },
      { who: 'a', user: 'ada', at: '2 10:00', from: MAIL },
      order('a', '2 10:05', '1', 10, { onSite: true }),
      { who: 'z', at: '1 10:00', from: SOCIAL },
    ];
    const declared = ['google / cpc', 'Email', 'facebook / social', 'Print / QR'];
    const { rows, totals } = await (await reportsOf(deeds)).people('touchpoints', {
      ...NOVEMBER,
      by: 'medium',
      declared,
    });
    expect(rows.map(({ touchpoint, status, opener, closer }) => [touchpoint, status, opener, closer])).toEqual([
      ['facebook / social', 'island', 0, 0],
      ['google / cpc', 'seen', 1, 0],
      ['letter / email', 'seen', 0, 1],
      ['Print / QR', 'silent', 0, 0],
    ]);
    expect(totals).toEqual({ touchpoints: 4, seen: 3, silent: 1, islands: 1, touches: 3, people: 2 });
  });
});
