import { expect, test } from 'vitest';
import type { LogRecord } from '../../src/log/contract.js';
import type { Store } from '../../src/stores/contract.js';
import { GOAL } from './scenario.js';
import type { Filled } from './stores.js';
import { all, at, events, record } from './wire.js';

/** What was received on three days: an ad and an order without a login; the login that ties them; an order of the till. */
function threeDays(): LogRecord[] {
  const url = { page: { url: 'https://shop.example/' } };
  const order = (id: string, total: number) => ({ event: GOAL, properties: { order_id: id, total, currency: 'EUR' } });
  const first = events(
    { minute: 0, anonymousId: 'phone', context: { campaign: { source: 'google', medium: 'cpc' } } },
    { minute: 60, anonymousId: 'laptop', context: url },
    { minute: 61, anonymousId: 'laptop', context: url, ...order('A', 20) },
  );
  const second = events(
    { minute: 2, messageId: 'login1', anonymousId: 'phone', userId: 'ann', type: 'identify' },
    { minute: 62, messageId: 'login2', anonymousId: 'laptop', userId: 'ann', type: 'identify' },
    { minute: 3, messageId: 'late', anonymousId: 'phone', context: { campaign: { source: 'mail', medium: 'email' } } },
  );
  const third = events({ minute: 65, messageId: 'till', userId: 'ann', ...order('T', 5) });
  return [
    record(1, first, { receivedAt: '2026-12-01T00:00:00.000Z' }),
    record(2, second, { receivedAt: '2026-12-02T00:00:00.000Z' }),
    record(3, third, { receivedAt: '2026-12-03T00:00:00.000Z', key: 'secret' }),
  ];
}

/** All that can be asked as known at a time. */
async function answers(store: Store, knownAt?: string) {
  const known = knownAt === undefined ? {} : { knownAt };
  const query = { goal: GOAL, ...known };
  return {
    kpis: await store.kpis({ ...query, by: 'total' }),
    sources: await store.sources(query),
    journeys: await all(store.journeys({ ...query, lookbackDays: 30 })),
    threads: await all(store.threads({ events: [GOAL], ...known })),
    person: await store.person('phone', known),
  };
}

/** Reports as they were known at an earlier time. */
export function testKnown(filled: Filled): void {
  test('as known at a time, a store answers as if nothing had been received since', async () => {
    const store = await filled(...threeDays());
    const times = ['2026-12-02T00:00:00Z', '2026-12-03T00:00:00Z', undefined];
    // All at once: they must not get in each other's way.
    const [first, second, now] = await Promise.all(times.map((time) => answers(store, time)));
    const count = (found: typeof now) => [
      ...[found?.kpis[0]?.visitors, found?.kpis[0]?.conversions, found?.kpis[0]?.revenue],
      found?.journeys.map(({ touches }) => touches.length),
    ];
    expect(count(first)).toEqual([2, 1, 20, [1]]);
    expect(count(second)).toEqual([1, 1, 20, [3]]);
    expect(count(now)).toEqual([1, 2, 25, [3, 3]]);
    const [one] = threeDays();
    expect(first).toEqual(await answers(await filled(...(one ? [one] : []))));
  });

  test('what is received later changes nothing about the past; what is filed later, and an erasure, do', async () => {
    const [first, ...rest] = threeDays();
    const store = await filled(...(first ? [first] : []));
    const before = await answers(store, '2026-12-02T00:00:00Z');
    await store.append(rest);
    expect(await answers(store, '2026-12-02T00:00:00Z')).toEqual(before);
    const slow = events({ minute: 70, messageId: 'slow', anonymousId: 'new' });
    await store.append([record(4, slow, { receivedAt: '2026-12-01T23:59:59.000Z' })]);
    const visitors = async () =>
      (await store.kpis({ goal: GOAL, by: 'total', knownAt: '2026-12-02T00:00:00Z' }))[0]?.visitors;
    expect(await visitors()).toBe(3);
    await store.erase('ann', at(0));
    expect(await visitors()).toBe(1);
  });
}
