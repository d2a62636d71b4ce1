import { describe, expect, it } from 'vitest';
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
