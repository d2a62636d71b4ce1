import { describe, expect, it } from 'vitest';
import { AD, type Deed, MAIL, order, reportsOf } from './crowd.js';

describe('combinations', () => {
  // First orders in January; 30 days of window, 60 of follow-up. Ada met two channels early; Bob only later, so he is one-channel.
  const at = (day: number) => new Date(Date.UTC(2026, 0, day, 10)).toISOString();
  const deeds: Deed[] = [
    { who: 'ada', at: at(1), from: AD },
    order('ada', at(1).replace('10:00', '10:05'), 'a1', 10, { onSite: true }),
    { who: 'ada', at: at(20), from: MAIL },
    order('ada', at(50), 'a2', 70),
    { who: 'bob', at: at(1), from: AD },
    order('bob', at(1).replace('10:00', '10:05'), 'b1', 10, { onSite: true }),
    { who: 'bob', at: at(45), from: MAIL },
    order('bob', at(46), 'b2', 40),
    // After the follow-up: worth nothing here.
    order('bob', at(200), 'b3', 1000),
    { who: 'cy', at: at(1), from: AD },
    order('cy', at(1).replace('10:00', '10:05'), 'c1', 10, { onSite: true }),
    // Too recent to be valued.
    order('dan', at(320), 'd1', 10),
  ];

  it('classifies early, values later, follows all as long', async () => {
    const reports = await reportsOf(deeds);
    const query = { from: '2026-01-01', to: '2026-11-30', windowDays: 30, followDays: 60 };
    const { rows, summary, totals } = await reports.people('combinations', query);
    expect(rows.map(({ combination, customers, mean, median }) => [combination, customers, mean, median])).toEqual([
      [['Paid Search'], 2, 20, 20],
      [['Email', 'Paid Search'], 1, 70, 70],
    ]);
    expect(totals).toMatchObject({ customers: 3, tooRecent: 1 });
    expect(summary.map(({ channels, uplift }) => [channels, uplift])).toEqual([
      ['1', 0],
      ['2', 2.5],
      ['3+', null],
    ]);
    expect(rows[0]?.warning).toBe('only 2 customers');
  });
});
