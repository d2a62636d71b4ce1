import { beforeAll, describe, expect, it } from 'vitest';
import type { ReportHandler } from '../../src/report/http/answer.js';
import { reportRoutes } from '../../src/report/http/routes.js';
import { createReports } from '../../src/report/reports.js';
import { storeOf, VISITS } from './shop.js';

let handle: ReportHandler;

beforeAll(async () => {
  const visits = [
    ...VISITS,
    {
      who: 'eve',
      at: '2026-11-06T10:00:00Z',
      campaign: { source: '=cmd|calc', medium: 'cpc', name: '=HYPERLINK("http://evil")' },
    },
  ];
  handle = reportRoutes(createReports(await storeOf(visits)));
});

async function get(path: string, method = 'GET'): Promise<Response> {
  const response = await handle(new Request(`http://receiver.example${path}`, { method }));
  if (!response) throw new Error(`no answer to ${path}`);
  return response;
}

const november = 'from=2026-11-01&to=2026-11-30';

describe('GET /v1/reports/{name}', () => {
  it('answers JSON that no cache keeps', async () => {
    const response = await get(`/v1/reports/kpis?${november}&by=channel`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const body = await response.json();
    expect(body).toMatchObject({ report: 'kpis', by: 'channel', totals: { sessions: 8, conversions: 4 } });
  });

  it('takes "day,channel" as well as "day-channel"', async () => {
    const [comma, hyphen] = await Promise.all(
      ['day,channel', 'day-channel'].map(async (by) => (await get(`/v1/reports/kpis?${november}&by=${by}`)).text()),
    );
    expect(comma).toBe(hyphen);
  });

  it('answers attribution with a model, a goal and a lookback', async () => {
    const response = await get(`/v1/reports/attribution?${november}&model=first&lookback=8&goal=Order%20Completed`);
    const { rows, lookbackDays, model } = await response.json();
    expect({ lookbackDays, model }).toEqual({ lookbackDays: 8, model: 'first' });
    expect(rows).toContainEqual({ channel: 'Email', conversions: 1, revenue: 100 });
  });

  it('answers CSV in which nothing is a formula', async () => {
    const response = await get(`/v1/reports/kpis?${november}&by=campaign&format=csv`);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="filrouge-kpis.csv"');
    const csv = await response.text();
    expect(csv.split('\r\n')[0]).toMatch(/^campaign,visitors,devices,sessions,/);
    expect(csv).toContain(`"'=HYPERLINK(""http://evil"")"`);
    for (const line of csv.split('\r\n')) expect(line).not.toMatch(/(^|,)"?[=+@]/);
  });

  it('lists as many rows of any report as were asked for, and still totals all', async () => {
    for (const path of ['kpis?by=channel', 'attribution?model=linear', 'sales?by=day', 'kpis?by=day']) {
      const all = await (await get(`/v1/reports/${path}&${november}`)).json();
      const some = await (await get(`/v1/reports/${path}&${november}&limit=2`)).json();
      expect(all.rows.length).toBeGreaterThan(2);
      expect(some.rows).toEqual(all.rows.slice(0, 2));
      expect(some.totals).toEqual(all.totals);
    }
  });

  it('answers journeys as CSV, one path a line', async () => {
    const csv = await (await get(`/v1/reports/journeys?${november}&format=csv&limit=1`)).text();
    expect(csv.split('\r\n')[0]).toBe('path,conversions,revenue,medianDays,averageTouches');
    expect(csv.split('\r\n')[1]).toMatch(/^Paid Search > Email > Direct,1,100,9/);
  });

  it('says of when each answer is, whatever its form and its age', async () => {
    const began = Date.now();
    for (const path of ['kpis?', 'sales?max-age=60', 'delivery?', 'consent?', 'explain?order=A1', 'audience?']) {
      const answer = await get(`/v1/reports/${path}&format=json`);
      const { asOf } = await answer.json();
      expect(Date.parse(asOf)).toBeGreaterThanOrEqual(began);
      expect(answer.headers.get('last-modified')).toBe(new Date(asOf).toUTCString());
    }
    const csv = await get('/v1/reports/kpis?format=csv&max-age=60');
    expect(Date.parse(csv.headers.get('last-modified') ?? '')).toBeGreaterThan(began - 1000);
  });

  it('answers in the form that was asked for, also where there is nothing to count; refusals are JSON', async () => {
    const csv = await get('/v1/reports/audience?by=page&format=csv');
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(await csv.text()).toBe('page,views,entries\r\n');
    expect(await (await get('/v1/reports/audience')).json()).toMatchObject({
      rows: [],
      totals: { views: 0, entries: 0 },
    });
    for (const path of ['audience?by=person', 'kpis?by=person', 'explain?order=none']) {
      const refused = await get(`/v1/reports/${path}&format=csv`);
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect(await refused.json()).toMatchObject({ success: false, error: { code: expect.any(String) } });
    }
  });

  it('answers as known at an earlier time', async () => {
    const orders = async (query: string) =>
      (await (await get(`/v1/reports/kpis?${november}${query}`)).json()).totals.conversions;
    expect([
      await orders(''),
      await orders('&as-known-at=2026-11-22'),
      await orders('&as-known-at=2026-11-21'),
    ]).toEqual([4, 4, 0]);
    expect((await get('/v1/reports/explain?order=A1&as-known-at=2026-11-21')).status).toBe(404);
  });

  it.each([
    ['kpis?by=week', 'by', 'day, channel, source, medium, campaign, touchpoint, day-channel, total'],
    ['attribution?by=day', 'by', 'channel, source, medium, campaign'],
    ['attribution?model=magic', 'model', 'first, last, last-non-direct, linear, position, time-decay'],
    ['kpis?format=xml', 'format', 'json, csv'],
    ['kpis?bots=perhaps', 'bots', 'false, true'],
    ['kpis?from=2026-02-30', 'from', '2026-11-22'],
    ['kpis?from=2026-11-30&to=2026-11-01', 'from', 'before'],
    ['kpis?timezone=Paris', 'timezone', 'Europe/Paris'],
    ['attribution?lookback=-1', 'lookback', 'number'],
    ['attribution?lookback=0', 'lookback', 'number'],
    ['attribution?model=markov&order=two', 'order', 'is "two"; it must be a whole number'],
    ['journeys?limit=1.5', 'limit', 'whole number'],
    ['sales?limit=0', 'limit', 'whole number'],
    ['attribution?lookbak=7', 'lookbak', 'lookback'],
    ['kpis?by=day&by=channel', 'by', 'once'],
    ['kpis?as-known-at=soon', 'as-known-at', 'instant'],
    ['delivery?as-known-at=2026-11-01', 'as-known-at', 'left out'],
    ['consent?as-known-at=2026-11-01', 'as-known-at', 'left out'],
    ['consent?by=channel', 'by', 'total, day, platform, version, purpose'],
    ['kpis?max-age=soon', 'max-age', 'a number'],
    ['sales?max-age=86401', 'max-age', 'seconds from 0 to 86400'],
    ['delivery?max-age=60&newer-than=before', 'newer-than', 'instant'],
  ])('refuses %s, naming the parameter and what it may be', async (query, parameter, allowed) => {
    const response = await get(`/v1/reports/${query}`);
    expect(response.status).toBe(400);
    const { success, error } = await response.json();
    expect(success).toBe(false);
    expect(error.code).toBe('bad-query');
    expect(error.message).toContain(`"${parameter}"`);
    expect(error.message).toContain(allowed);
  });

  it('knows no other report, no other method, and nothing outside its path', async () => {
    const unknown = await get('/v1/reports/magic');
    expect([unknown.status, (await unknown.json()).error.code]).toEqual([404, 'not-found']);
    const posted = await get('/v1/reports/kpis', 'POST');
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(await handle(new Request('http://receiver.example/v1/events'))).toBeUndefined();
  });
});
