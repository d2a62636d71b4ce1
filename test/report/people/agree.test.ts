import { expect, it } from 'vitest';
import { createReports } from '../../../src/report/reports.js';
import { memoryStore } from '../../../src/stores/memory.js';
import { AD, fill, MAIL, order } from './crowd.js';

/** Ann met the newsletter long before the period and came back in it; Bob ordered before the period only. */
const store = fill(memoryStore(), [
  { who: 'ann', at: '2026-08-01T10:00:00Z', from: MAIL },
  { who: 'ann', at: '20 10:00', from: 'direct' },
  { who: 'cid', at: '20 11:00', from: AD },
  { who: 'bob', user: 'bob', at: '2 10:00', from: AD },
  order('bob', '2 10:05', 'B1', 30, { user: 'bob', onSite: true }),
]);
const PERIOD = { from: '2026-11-15', to: '2026-11-30' };

it('the people of a channel are the same in every report, however far it looks back', async () => {
  const reports = createReports(await store);
  const query = { ...PERIOD, segment: 'channel:Email' };
  const people = [
    (await reports.kpis(query)).totals.visitors,
    (await reports.people('visitors', query)).totals.visitors,
    (await reports.people('funnel', query)).totals.people,
    (await reports.people('cohesion', query)).rows[0]?.all,
    (await reports.people('touchpoints', query)).totals.people,
  ];
  expect(people).toEqual([1, 1, 1, 1, 1]);
});

it('people who only ordered before the period are not among its people', async () => {
  const reports = createReports(await store);
  const { rows } = await reports.people('cohesion', PERIOD);
  expect(rows[0]).toEqual({ what: 'people', all: 2, known: 0, share: 0 });
  expect((await reports.kpis(PERIOD)).totals.visitors).toBe(2);
});
