import { describe, expect, it } from 'vitest';
import { type Deed, MAIL, NOVEMBER, order, reportsOf } from './crowd.js';

describe('cohorts', () => {
  const deeds = [
    order('a', '2026-09-05T10:00:00Z', 'a1', 10),
    order('a', '2026-10-05T10:00:00Z', 'a2', 10),
    order('a', '5 10:00', 'a3', 10),
    order('b', '2026-09-20T10:00:00Z', 'b1', 10),
    order('b', '20 10:00', 'b2', 15),
    order('c', '2026-10-10T10:00:00Z', 'c1', 10),
  ];

  it('follows each month’s first buyers', async () => {
    const { rows, totals } = await (await reportsOf(deeds)).people('cohorts', { from: '2026-09-01', to: '2026-11-30' });
    expect(
      rows.map(({ cohort, period, size, active, revenue, complete }) => [
        cohort,
        period,
        size,
        active,
        revenue,
        complete,
      ]),
    ).toEqual([
      ['2026-09', 0, 2, 2, 20, true],
      ['2026-09', 1, 2, 1, 10, true],
      ['2026-09', 2, 2, 2, 25, true],
      ['2026-10', 0, 1, 1, 10, true],
      ['2026-10', 1, 1, 0, 0, true],
    ]);
    expect(totals).toEqual({ cohorts: 2, size: 3, retention: [1, 1 / 3, 1] });
  });

  it('marks a month that is not over', async () => {
    const reports = await reportsOf(deeds, { now: () => new Date('2026-11-15T00:00:00Z') });
    const { rows, totals } = await reports.people('cohorts', { from: '2026-09-01', to: '2026-11-30' });
    expect(rows.filter(({ complete }) => !complete).map(({ cohort, period }) => [cohort, period])).toEqual([
      ['2026-09', 2],
      ['2026-10', 1],
    ]);
    expect(totals.retention).toEqual([1, 0.5, null]);
  });

  it('goes by weeks and by visits', async () => {
    const visits: Deed[] = ['2 10:00', '3 10:00', '10 10:00', '24 10:00'].map((at) => ({
      who: 'v',
      at,
      from: 'direct',
    }));
    const reports = await reportsOf(visits);
    const { rows } = await reports.people('cohorts', { ...NOVEMBER, by: 'visits', bucket: 'week' });
    expect(rows.map(({ cohort, period, active }) => [cohort, period, active])).toEqual([
      ['2026-11-02', 0, 1],
      ['2026-11-02', 1, 1],
      ['2026-11-02', 2, 0],
      ['2026-11-02', 3, 1],
      ['2026-11-02', 4, 0],
    ]);
  });

  it('by visits: a mail that was delivered before the first visit is none', async () => {
    const reports = await reportsOf([
      { who: 'a', at: '2026-10-01T08:00:00Z', event: 'Email Delivered', properties: { email_id: 'w' } },
      { who: 'a', at: '3 10:00', from: MAIL },
    ]);
    const query = { from: '2026-10-01', to: '2026-11-30', by: 'visits' };
    expect((await reports.people('cohorts', query)).rows).toMatchObject([
      { cohort: '2026-11', size: 1, period: 0, active: 1, retention: 1 },
    ]);
  });

  it('by days and months over the change to summer time, by weeks over the year’s end', async () => {
    const spring = await reportsOf([
      // In Paris 29 March 00:30 and 30 March 00:30; 1 March 00:30 and 1 April 00:00.
      order('a', '2026-03-28T23:30:00Z', 'a1', 1),
      order('a', '2026-03-29T22:30:00Z', 'a2', 1),
      order('b', '2026-02-28T23:30:00Z', 'b1', 1),
      order('b', '2026-03-31T22:00:00Z', 'b2', 1),
    ]);
    const active = async (reports: typeof spring, query: object) =>
      (await reports.people('cohorts', query)).rows
        .filter(({ active: count }) => count > 0)
        .map(({ cohort, period, active: count }) => [cohort, period, count]);
    const paris = { timezone: 'Europe/Paris' };
    expect(await active(spring, { from: '2026-03-01', to: '2026-03-31', bucket: 'day', ...paris })).toEqual([
      ['2026-03-01', 0, 1],
      ['2026-03-29', 0, 1],
      ['2026-03-29', 1, 1],
    ]);
    expect(await active(spring, { from: '2026-02-01', to: '2026-04-30', ...paris })).toEqual([
      ['2026-03', 0, 2],
      ['2026-03', 1, 1],
    ]);
    // 2026 ends in the week of 28 December, which ends on Sunday, 3 January.
    const winter = await reportsOf(
      [
        order('a', '2026-12-28T10:00:00Z', 'a1', 1),
        order('a', '2027-01-03T23:00:00Z', 'a2', 1),
        order('a', '2027-01-04T10:00:00Z', 'a3', 1),
      ],
      { now: () => new Date('2027-02-01T00:00:00Z') },
    );
    expect(await active(winter, { from: '2026-12-01', to: '2027-01-31', bucket: 'week' })).toEqual([
      ['2026-12-28', 0, 1],
      ['2026-12-28', 1, 1],
    ]);
  });
});
