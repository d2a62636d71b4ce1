import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/protocol/index.js';
import type { KpiQuery, Store } from '../../src/stores/contract.js';
import { GOAL, GOOGLE, NEWS, week } from './scenario.js';
import type { Filled } from './stores.js';
import { all, at, events, record } from './wire.js';

/** KPIs, sources and journeys, computed by hand. */
export function testReports(filled: Filled): void {
  const labels = new Map([
    ['direct', 'Direct'],
    [GOOGLE, 'Ads'],
  ]);
  const kpis = async (store: Store, query: Partial<KpiQuery>) =>
    store.kpis({ goal: GOAL, by: 'total', labels, ...query });

  test('kpis in all', async () => {
    const store = await filled(...week());
    expect(await kpis(store, {})).toEqual([
      {
        visitors: 2,
        devices: 3,
        sessions: 3,
        engagedSessions: 2,
        convertingSessions: 1,
        convertingVisitors: 1,
        pageViews: 4,
        durationSeconds: 30 + 11 * 60,
        conversions: 3,
        revenue: 32.8,
      },
    ]);
    expect(await kpis(store, { bots: true })).toMatchObject([
      { visitors: 3, sessions: 4, conversions: 4, revenue: 1031.8 },
    ]);
  });

  test('an order that was updated has its latest amount, at its own time, by whoever said so', async () => {
    const update = (minute: number, id: string, properties: JsonObject) => ({
      minute,
      messageId: `update-${id}-${minute}`,
      userId: 'office',
      event: 'Order Updated',
      properties: { order_id: id, ...properties },
    });
    const changes = events(
      update(2000, 'A', { total: 50 }),
      update(1600, 'A', { total: 15, currency: 'CHF' }),
      update(1000, 'T', { total: 999 }),
      update(1600, 'T', { note: 'no amount' }),
    );
    const store = await filled(...week(), record(3, changes, { key: 'secret' }));
    // A 50 instead of 20.10; T was updated before it was completed, so 5.20; 7.50 of a stranger.
    expect(await kpis(store, {})).toMatchObject([{ conversions: 3, revenue: 62.7 }]);
    const apart = [
      { currency: '', conversions: 1, revenue: 7.5 },
      { currency: 'EUR', conversions: 2, revenue: 55.2 },
    ];
    expect((await kpis(store, { amounts: true }))[0]?.amounts).toEqual(apart);
    // The amount of the update is the one that counts, so its currency is, too.
    expect((await kpis(store, { amounts: true, to: at(1900) }))[0]?.amounts).toEqual([
      { currency: '', conversions: 1, revenue: 7.5 },
      { currency: 'CHF', conversions: 1, revenue: 15 },
      { currency: 'EUR', conversions: 1, revenue: 5.2 },
    ]);
    // As of the end of a period, later updates are not known yet.
    expect(await kpis(store, { to: at(1900) })).toMatchObject([{ conversions: 3, revenue: 27.7 }]);
    const journeys = await all(store.journeys({ goal: GOAL, lookbackDays: 30 }));
    expect(journeys.map(({ orderId, at: time, value, currency }) => [orderId, time, value, currency])).toEqual([
      ['A', at(70), 50, 'EUR'],
      ['T', at(1500), 5.2, 'EUR'],
      [undefined, at(1501), 7.5, undefined],
    ]);
  });

  test('an order is of the visitor whose page told it, and of when it was told first where that is before the range', async () => {
    const page = { page: { url: 'https://shop.example/thanks' } };
    const tell = (minute: number, who: string, more: object) => ({
      ...{ minute, anonymousId: who, messageId: `${who}-${minute}`, event: GOAL },
      properties: { order_id: 'A', ...more },
    });
    // The server is a minute sooner, knows nobody and the amount; the page knows the visitor, the till tells another amount.
    const told = events(
      tell(9, 'server', { total: 40, currency: 'EUR' }),
      { ...tell(10, 'visitor', {}), context: page },
      tell(11, 'till', { total: 99 }),
    );
    const store = await filled(record(1, told, { key: 'secret' }));
    const journeys = async (query: object) =>
      (await all(store.journeys({ goal: GOAL, lookbackDays: 30, ...query }))).map((one) => [
        ...[one.person, one.at, one.value, one.currency],
      ]);
    expect(await journeys({})).toEqual([['visitor', at(10), 40, 'EUR']]);
    expect(await kpis(store, {})).toMatchObject([{ conversions: 1, convertingSessions: 1, revenue: 40 }]);
    // In the half of the period in which it was told first it counts, and in the other it does not count again.
    expect(await journeys({ to: at(9.5) })).toEqual([['server', at(9), 40, 'EUR']]);
    expect(await journeys({ from: at(9.5) })).toEqual([]);
    expect(await kpis(store, { from: at(9.5) })).toMatchObject([{ conversions: 0, convertingSessions: 0, revenue: 0 }]);
  });

  test('a total comes last, the same as asked for by itself', async () => {
    const store = await filled(...week());
    for (const by of ['day', 'label', 'day-label', 'total'] as const) {
      const rows = await kpis(store, { by, amounts: true, total: true });
      expect(rows.at(-1)).toEqual((await kpis(store, { amounts: true }))[0]);
      const apart = await kpis(store, { by, amounts: true });
      expect(rows.slice(0, by === 'total' ? 1 : -1)).toEqual(apart);
    }
    expect(await kpis(await filled(), { by: 'day', total: true })).toMatchObject([{ sessions: 0, conversions: 0 }]);
  });

  test('kpis of nothing are zero, and no rows by day or label', async () => {
    const store = await filled();
    expect(await kpis(store, {})).toMatchObject([
      { visitors: 0, sessions: 0, conversions: 0, revenue: 0, durationSeconds: 0 },
    ]);
    expect((await kpis(store, { amounts: true }))[0]?.amounts).toEqual([]);
    for (const by of ['day', 'label', 'day-label'] as const) expect(await kpis(store, { by })).toEqual([]);
    expect(await store.sources({ goal: GOAL })).toEqual([{ key: 'direct' }]);
    expect(await all(store.journeys({ goal: GOAL, lookbackDays: 30 }))).toEqual([]);
  });

  test('kpis by label: a conversion without a session counts for the latest session of its person, else as direct', async () => {
    const store = await filled(...week());
    expect(await kpis(store, { by: 'label' })).toMatchObject([
      { label: '', visitors: 1, sessions: 1, conversions: 0, revenue: 0 },
      {
        label: 'Ads',
        visitors: 1,
        devices: 1,
        sessions: 1,
        pageViews: 2,
        engagedSessions: 1,
        conversions: 0,
        revenue: 0,
      },
      // With that of a stranger without any session: nothing is known to have led to it, as for journeys.
      { label: 'Direct', visitors: 1, devices: 1, sessions: 1, convertingSessions: 1, conversions: 3, revenue: 32.8 },
    ]);
  });

  test('a visitor converts where the conversion counts: in a session, or by what a server told outside of any', async () => {
    const ad = { campaign: { source: 'google', medium: 'cpc', name: 'spring' } };
    const order = (id: string) => ({ messageId: id, event: GOAL, properties: { order_id: id, total: 10 } });
    const seen = events(
      { minute: 0, anonymousId: 'tablet', userId: 'bea', context: ad },
      { minute: 300, anonymousId: 'tablet', userId: 'bea', context: ad },
      { minute: 10, anonymousId: 'lone' },
      { minute: 11, anonymousId: 'lone', context: { page: { url: 'https://shop.example/' } }, ...order('C') },
    );
    const told = events({ minute: 1500, userId: 'bea', ...order('D') }, { minute: 1501, userId: 'bea', ...order('E') });
    const store = await filled(record(1, seen), record(2, told, { key: 'secret' }));
    expect(await kpis(store, {})).toMatchObject([{ visitors: 2, convertingSessions: 1, convertingVisitors: 2 }]);
    expect(await kpis(store, { by: 'label' })).toMatchObject([
      { label: 'Ads', visitors: 1, sessions: 2, conversions: 2, convertingSessions: 0, convertingVisitors: 1 },
      { label: 'Direct', visitors: 1, sessions: 1, conversions: 1, convertingSessions: 1, convertingVisitors: 1 },
    ]);
    // On the day of her order she was no visitor, and on the day of her visits she ordered nothing.
    expect(await kpis(store, { by: 'day' })).toMatchObject([
      { day: '2026-11-02', visitors: 2, conversions: 1, convertingVisitors: 1 },
      { day: '2026-11-03', visitors: 0, conversions: 2, convertingVisitors: 0 },
    ]);
  });

  test('kpis by day, in the time zone of the shop', async () => {
    const store = await filled(...week());
    expect(await kpis(store, { by: 'day' })).toMatchObject([
      { day: '2026-11-02', sessions: 3, conversions: 1 },
      { day: '2026-11-03', sessions: 0, visitors: 0, conversions: 2, revenue: 12.7 },
    ]);
    // In Auckland (UTC+13) 10:00 is 23:00, and an hour later the next day begins.
    expect(await kpis(store, { by: 'day-label', timezone: 'Pacific/Auckland' })).toMatchObject([
      { day: '2026-11-02', label: 'Ads', sessions: 1 },
      { day: '2026-11-03', label: '', sessions: 1 },
      { day: '2026-11-03', label: 'Direct', sessions: 1, conversions: 1 },
      { day: '2026-11-04', label: 'Direct', sessions: 0, conversions: 2 },
    ]);
  });

  test('a range takes sessions by their start and conversions by their time, with the label of a session before it', async () => {
    const store = await filled(...week());
    const query = { by: 'label', from: at(65), to: at(1500.5) } as const;
    expect(await kpis(store, query)).toMatchObject([
      { label: '', sessions: 1, conversions: 0 },
      { label: 'Direct', sessions: 0, conversions: 2, revenue: 25.3, convertingSessions: 0 },
    ]);
  });

  test('a session ends after more than 30 minutes, or when the client says so', async () => {
    const session = (id: string) => ({ filrouge: { v: 1 as const, session: { id, start: at(0) } } });
    const count = async (...sketches: Parameters<typeof events>) =>
      (await kpis(await filled(record(1, events(...sketches))), {}))[0]?.sessions;
    expect(await count({ minute: 0 }, { minute: 30 }, { minute: 60 })).toBe(1);
    expect(await count({ minute: 0 }, { minute: 30.001 })).toBe(2);
    expect(await count({ minute: 0, context: session('a') }, { minute: 1, context: session('b') })).toBe(2);
    expect(await count({ minute: 0, context: session('a') }, { minute: 1 }, { minute: 2, context: session('a') })).toBe(
      1,
    );
    // Events that are not interactive neither make nor prolong a session.
    expect(await count({ minute: 0 }, { minute: 20, event: 'x' }, { minute: 40 })).toBe(2);
  });

  test('sources have their facts', async () => {
    const store = await filled(...week());
    expect(await store.sources({ goal: GOAL })).toEqual([
      { key: GOOGLE, source: 'google', medium: 'cpc', campaign: 'spring' },
      { key: NEWS, referrer: 'news.example' },
      { key: 'direct' },
    ]);
    expect(await store.sources({ goal: GOAL, to: at(50) })).toHaveLength(2);
  });

  test('journeys have the touches of all devices of the person, within the lookback', async () => {
    const store = await filled(...week());
    const ad = { at: at(0), sourceKey: GOOGLE };
    const direct = { at: at(60), sourceKey: 'direct' };
    expect(await all(store.journeys({ goal: GOAL, lookbackDays: 30 }))).toEqual([
      { person: 'ann', messageId: 'm4', at: at(70), orderId: 'A', value: 20.1, currency: 'EUR', touches: [ad, direct] },
      {
        person: 'ann',
        messageId: 'till1',
        at: at(1500),
        orderId: 'T',
        value: 5.2,
        currency: 'EUR',
        touches: [ad, direct],
      },
      { person: 'stranger', messageId: 'till2', at: at(1501), value: 7.5, touches: [] },
    ]);
    const short = await all(store.journeys({ goal: GOAL, lookbackDays: 1, from: at(100), to: at(1501) }));
    expect(short).toMatchObject([{ messageId: 'till1', touches: [direct] }]);
  });
}
