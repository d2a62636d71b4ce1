import { describe, expect, it } from 'vitest';
import { AD, type Deed, MAIL, NOVEMBER, order, reportsOf, SOCIAL } from './crowd.js';

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
