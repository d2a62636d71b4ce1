import { expect, it } from 'vitest';
import { AD, type Deed, NOVEMBER, reportsOf } from './crowd.js';

const search = (term: string) => ({ source: 'google', medium: 'cpc', term });
const deeds: Deed[] = [
  // Week of 2 November: Ann is new and comes by herself; Bob is new by a search for the brand, Cy by any other.
  { who: 'ann', at: '3 10:00', from: 'direct' },
  { who: 'bob', at: '4 10:00', from: search('Fil-Rouge shoes') },
  { who: 'cy', at: '5 10:00', from: search('filrougeur') },
  { who: 'x', at: '5 11:00', event: 'Ad Impression', properties: { campaign: 'winter' } },
  // Week of 9 November: Ann again, Dan by an ad; he was here in October.
  { who: 'ann', at: '10 10:00', from: 'direct' },
  { who: 'dan', at: '2026-10-05T10:00:00Z', from: 'direct' },
  { who: 'dan', at: '11 10:00', from: AD },
  {
    who: 'server',
    at: '20 10:00',
    event: 'Ad Cost Imported',
    properties: { date: '2026-11-10', cost: 5, impressions: 700 },
  },
];

it('counts impressions, new visitors, direct visits and searches for the brand, by hand', async () => {
  const reports = await reportsOf(deeds);
  const found = await reports.people('awareness', { ...NOVEMBER, declared: ['fil rouge'] });
  expect(found.rows).toEqual([
    {
      ...{ week: '2026-11-02', impressions: 1, importedImpressions: 0, sessions: 3, newVisitors: 3 },
      ...{ directSessions: 1, directShare: 1 / 3, brandedSearches: 1, brandShare: 2 / 3 },
    },
    {
      ...{ week: '2026-11-09', impressions: 0, importedImpressions: 700, sessions: 2, newVisitors: 0 },
      ...{ directSessions: 1, directShare: 0.5, brandedSearches: 0, brandShare: 0.5 },
    },
  ]);
  expect(found.totals).toMatchObject({ sessions: 5, newVisitors: 3, directSessions: 2, brandShare: 3 / 5 });
  expect(found.notices).toEqual([expect.stringContaining('survey')]);
});

it('tells no brand searches where no name is declared, and nothing of an empty period', async () => {
  const reports = await reportsOf(deeds);
  const { totals, notices } = await reports.people('awareness', { ...NOVEMBER, by: 'month' });
  expect([totals.brandedSearches, totals.brandShare, notices.length]).toEqual([null, null, 2]);
  const empty = await reports.people('awareness', { from: '2025-01-01', to: '2025-01-31' });
  expect(empty).toMatchObject({ rows: [], totals: { sessions: 0, directShare: null } });
});
