import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AudienceBook, audienceBook } from '../../src/audience/index.js';
import { audienceRoutes, reportAudience } from '../../src/report/index.js';
import { temporaryDirectory } from '../files.js';

const DAY = Date.parse('2026-11-20T09:00:00Z');
let place: Awaited<ReturnType<typeof temporaryDirectory>>;
let book: AudienceBook;
let now = DAY;

beforeEach(async () => {
  place = await temporaryDirectory();
  now = DAY;
  book = await audienceBook({ directory: place.path, now: () => now });
  const add = (times: number, page: string, from?: string, site = 'wk', device = 'mobile') =>
    Promise.all(
      Array.from({ length: times }, () =>
        book.add({ site, page, device, entry: from === undefined ? undefined : { from, campaign: from === 'ads' } }),
      ),
    );
  await Promise.all([add(24, '/', ''), add(13, '/shop'), add(4, '/rare', 'a.example'), add(3, '/rarer', 'ads')]);
  await add(8, '/', '', 'wk', 'bot');
  now = DAY + 86_400_000;
  await add(11, '/', 'ads', 'other');
});
afterEach(async () => {
  await book.close();
  await place.remove();
});

const PERIOD = { from: '2026-11-20', to: '2026-11-21' };
const NOW = new Date('2026-11-22T10:00:00Z');
const report = (query: Parameters<typeof reportAudience>[1]) => reportAudience(book, { ...PERIOD, ...query }, NOW);

describe('the audience report', () => {
  it('counts days and sites exactly', async () => {
    expect(await report({})).toEqual({
      ...PERIOD,
      timezone: 'UTC',
      by: 'day',
      asOf: NOW.toISOString(),
      rows: [
        { day: '2026-11-20', views: 44, entries: 31 },
        { day: '2026-11-21', views: 11, entries: 11 },
      ],
      totals: { views: 55, entries: 42 },
      notices: [],
    });
    expect((await report({ by: 'site' })).rows).toEqual([
      { site: 'wk', views: 44, entries: 31 },
      { site: 'other', views: 11, entries: 11 },
    ]);
    expect((await report({ by: 'hour', site: 'wk' })).rows).toEqual([{ hour: '09', views: 44, entries: 31 }]);
  });

  it('rounds parts, and puts small ones together', async () => {
    const pages = await report({ by: 'page' });
    expect(pages.rows).toEqual([
      { page: '/', views: 40, entries: 40 },
      { page: '/shop', views: 10, entries: 0 },
      { page: '(fewer than 10 each)', views: 10, entries: 10 },
    ]);
    expect(pages.notices).toHaveLength(1);
    expect((await report({ by: 'from', limit: 1 })).rows).toEqual([{ from: '(direct)', views: 20, entries: 20 }]);
    expect((await report({ by: 'campaign' })).rows).toEqual([
      { campaign: 'no', views: 30, entries: 30 },
      { campaign: 'yes', views: 10, entries: 10 },
    ]);
  });

  it('tells machines apart, when asked', async () => {
    expect((await report({ by: 'device' })).rows).toEqual([{ device: 'mobile', views: 60, entries: 40 }]);
    expect((await report({ by: 'device', bots: true })).rows).toContainEqual({
      device: '(fewer than 10 each)',
      views: 10,
      entries: 10,
    });
  });

  it('answers with CSV, and names what it does not understand', async () => {
    const answer = audienceRoutes(book);
    const get = (query: string, method = 'GET') =>
      answer(new Request(`http://r.example/v1/reports/audience?${query}`, { method }));
    const csv = await get('from=2026-11-20&to=2026-11-21&format=csv');
    expect(await csv?.text()).toBe('day,views,entries\r\n2026-11-20,44,31\r\n2026-11-21,11,11\r\n');
    for (const query of ['by=person', 'segment=new', 'limit=0', 'from=2026-11-20T00:00:00Z', 'from=2026-02-30']) {
      const bad = await get(query);
      const { error } = (await bad?.json()) ?? {};
      expect([bad?.status, error?.code], query).toEqual([400, 'bad-query']);
    }
    expect((await get('', 'POST'))?.status).toBe(405);
    expect(await answer(new Request('http://r.example/v1/reports/kpis'))).toBeUndefined();
  });
});
