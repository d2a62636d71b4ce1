import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/protocol/index.js';
import { AD, type Deed, MAIL, NOVEMBER, reportsOf, SOCIAL } from './crowd.js';

describe('measurements', () => {
  it('gives percentiles of web vitals', async () => {
    const values = [1000, 2000, 3000, 4000, 5000];
    const deeds = values.map(
      (value, i): Deed => ({
        who: `v${i}`,
        at: '3 10:00',
        event: 'Web Vital',
        properties: { metric: 'LCP', value },
        onSite: true,
      }),
    );
    const { rows } = await (await reportsOf(deeds)).people('vitals', NOVEMBER);
    expect(rows).toEqual([
      {
        metric: 'LCP',
        n: 5,
        p50: 3000,
        p75: 4000,
        p90: 4600,
        p95: 4800,
        good: 0.4,
        needsImprovement: 0.4,
        poor: 0.2,
        rating: 'needs-improvement',
      },
    ]);
  });

  it('sets session duration beside engaged time, and says nothing where nobody measured', async () => {
    const engaged = (who: string, at: string, properties: JsonObject): Deed => ({
      ...{ who, at, event: 'Page Engaged', properties, onSite: true },
    });
    const deeds: Deed[] = [
      // One page read for 40.5 s in two readings, hidden in between: the session lasts five minutes.
      { who: 'ann', at: '3 10:00', from: AD },
      engaged('ann', '3 10:01', { engaged_seconds: 30.1, scroll_depth: 40 }),
      engaged('ann', '3 10:05', { engaged_seconds: 10.4, scroll_depth: 90 }),
      // The same person two days later: at once away.
      { who: 'ann', at: '5 10:00', from: AD },
      { who: 'bob', at: '3 11:00', from: AD },
      engaged('bob', '3 11:02', { engaged_seconds: '19.5', scroll_depth: 20 }),
      // What makes no sense, and what is before the period.
      engaged('bob', '3 11:03', { engaged_seconds: -5 }),
      engaged('bob', '3 11:03', {}),
      { who: 'cy', at: '2026-10-31T10:00:00Z', from: AD },
      engaged('cy', '2026-10-31T10:02:00Z', { engaged_seconds: 100 }),
      { who: 'dee', at: '4 10:00', from: MAIL },
      { who: 'dee', at: '4 10:04', from: MAIL },
    ];
    const reports = await reportsOf(deeds);
    const { rows, totals } = await reports.people('engagement', NOVEMBER);
    expect(rows).toEqual([
      {
        channel: 'Paid Search',
        sessions: 3,
        averageSessionSeconds: (300 + 0 + 180) / 3,
        measuredSessions: 2,
        engagedSeconds: 60,
        averageEngagedSeconds: 20,
        averageMeasuredSeconds: 30,
        medianScrollShare: 0.55,
      },
      {
        channel: 'Email',
        sessions: 1,
        averageSessionSeconds: 240,
        measuredSessions: 0,
        engagedSeconds: 0,
        averageEngagedSeconds: null,
        averageMeasuredSeconds: null,
        medianScrollShare: null,
      },
    ]);
    expect(totals).toMatchObject({ sessions: 4, averageSessionSeconds: 180, averageEngagedSeconds: 15 });
    const kpis = await reports.kpis(NOVEMBER);
    expect(kpis.totals.averageSessionSeconds).toBe(totals.averageSessionSeconds);
    const days = await reports.people('engagement', { ...NOVEMBER, by: 'day' });
    expect(days.rows.map(({ day, sessions, engagedSeconds }) => [day, sessions, engagedSeconds])).toEqual([
      ['2026-11-03', 2, 60],
      ['2026-11-04', 1, 0],
      ['2026-11-05', 1, 0],
    ]);
    const none = await reports.people('engagement', { from: '2026-01-01', to: '2026-01-31', by: 'total' });
    expect(none).toMatchObject({ rows: [], totals: { sessions: 0, averageSessionSeconds: null }, notices: [] });
    const bare = await (await reportsOf([{ who: 'dee', at: '4 10:00', from: MAIL }])).people('engagement', NOVEMBER);
    expect(bare.notices).toEqual([expect.stringContaining('data-capture')]);
    expect(days.notices).toEqual([]);
  });

  it('times the first answer of a chat', async () => {
    const chat = (who: string, at: string, event: string, id: string): Deed => ({
      who,
      at,
      event,
      properties: { conversation_id: id },
    });
    const deeds = [
      chat('a', '3 10:00', 'Live Chat Conversation Started', '1'),
      chat('a', '3 10:01', 'Live Chat Message Sent', '1'),
      chat('a', '3 10:02', 'Live Chat Message Received', '1'),
      chat('a', '3 10:05', 'Live Chat Message Received', '1'),
      chat('b', '3 10:01', 'Live Chat Message Sent', '2'),
      chat('b', '3 10:04', 'Live Chat Message Received', '2'),
      chat('c', '3 10:01', 'Live Chat Message Sent', '3'),
    ];
    const { rows } = await (await reportsOf(deeds)).people('response-time', NOVEMBER);
    expect(rows).toEqual([
      {
        channel: 'Live chat',
        conversations: 3,
        answered: 2,
        answeredRate: 2 / 3,
        medianSeconds: 120,
        p90Seconds: 168,
        withinOneMinute: 1 / 3,
      },
    ]);
  });

  it('takes the last reading of a gauge and never adds readings up', async () => {
    const read = (at: string, account: string, value: number): Deed => ({
      who: 'import',
      at,
      event: 'Social Metric Imported',
      properties: { network: 'instagram', account, metric: 'followers', value },
    });
    const deeds = [
      read('2026-10-31T10:00:00Z', 'shop', 100),
      read('2 10:00', 'shop', 110),
      read('9 10:00', 'shop', 150),
      read('9 10:00', 'blog', 7),
    ];
    const { rows, totals } = await (await reportsOf(deeds)).people('gauges', NOVEMBER);
    expect(
      rows.map(({ account, value, before, change, readings }) => [account, value, before, change, readings]),
    ).toEqual([
      ['blog', 7, 7, 0, 1],
      ['shop', 150, 100, 50, 2],
    ]);
    expect(totals).toEqual({ gauges: 2 });
  });

  it('sets interactions against reach and followers of the same account and day, and names the base', async () => {
    const read = (day: string, metric: string, value: number, account = 'shop'): Deed => ({
      who: 'import',
      at: '20 10:00',
      event: 'Social Metric Imported',
      properties: { network: 'instagram', account, metric, value, date: `2026-11-${day}` },
    });
    const deeds = [
      ...[read('02', 'followers', 400), read('02', 'reach', 1000), read('02', 'interactions', 10)],
      ...[read('09', 'followers', 500), read('09', 'reach', 2000), read('09', 'interactions', 50)],
      // Of this account nothing but likes is known of the day, and nobody was reached.
      ...[read('08', 'Followers', 100, 'blog'), read('09', 'Likes', 5, 'blog'), read('09', 'Reach', 0, 'blog')],
    ];
    const { rows } = await (await reportsOf(deeds)).people('gauges', NOVEMBER);
    const rates = rows.map(({ account, metric, engagementByReach, engagementByFollowers }) => [
      account,
      metric,
      engagementByReach,
      engagementByFollowers,
    ]);
    expect(rates).toEqual([
      ['blog', 'Followers', null, null],
      ['blog', 'Likes', null, null],
      ['blog', 'Reach', null, null],
      ['shop', 'followers', null, null],
      ['shop', 'interactions', 0.025, 0.1],
      ['shop', 'reach', null, null],
    ]);
  });

  it('tells new from returning visitors', async () => {
    const deeds: Deed[] = [
      { who: 'old', at: '2026-10-01T10:00:00Z', from: 'direct' },
      { who: 'old', at: '3 10:00', from: SOCIAL },
      { who: 'new', at: '3 10:00', from: SOCIAL },
      { who: 'again', at: '3 10:00', from: SOCIAL },
      { who: 'again', at: '5 10:00', from: MAIL },
    ];
    const { rows, totals } = await (await reportsOf(deeds)).people('visitors', { ...NOVEMBER, by: 'channel' });
    expect(totals).toMatchObject({
      visitors: 3,
      sessions: 4,
      newVisitors: 2,
      returningVisitors: 2,
      returningRate: 2 / 3,
    });
    expect(rows.map(({ channel, visitors, returningVisitors }) => [channel, visitors, returningVisitors])).toEqual([
      ['Organic Social', 3, 1],
      ['Email', 1, 1],
    ]);
  });
});
