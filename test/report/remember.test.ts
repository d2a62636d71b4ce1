import { expect, test } from 'vitest';
import { createReports } from '../../src/report/reports.js';
import type { Store } from '../../src/stores/contract.js';
import { memoryStore } from '../../src/stores/memory.js';
import { events, record } from '../contract/wire.js';

const order = (minute: number) =>
  record(minute, events({ minute, event: 'Order Completed', messageId: `m${minute}`, properties: { total: 5 } }));
const query = { from: '2026-11-01', to: '2026-11-30', by: 'total' } as const;

/** A real store that says how often key figures were asked for. */
function asked(store: Store) {
  const counts = { kpis: 0 };
  const counting: Store = {
    ...store,
    kpis: (question) => {
      counts.kpis += 1;
      return store.kpis(question);
    },
  };
  return { counts, counting };
}

test('an answer holds until the store changes or a minute is over, and belongs to who asked', async () => {
  const { counts, counting } = asked(memoryStore());
  let now = Date.parse('2026-12-01T00:00:10Z');
  const reports = createReports(counting, { now: () => new Date(now) });
  await counting.append([order(1)]);
  const [first, twin] = await Promise.all([reports.kpis(query), reports.kpis(query)]);
  first.totals.conversions = 99;
  expect(twin.totals.conversions).toBe(1);
  expect((await reports.kpis(query)).totals.conversions).toBe(1);
  expect(counts.kpis).toBe(1);
  await counting.append([order(2)]);
  expect((await reports.kpis(query)).totals.conversions).toBe(2);
  expect(counts.kpis).toBe(2);
  now += 60_000;
  await reports.kpis(query);
  expect(counts.kpis).toBe(3);
  await reports.kpis({ ...query, goal: 'Sign Up' });
  expect(counts.kpis).toBe(4);
});

test('a failure is not kept, and a store that does not count its changes is asked each time', async () => {
  const { changes: _, ...uncounted } = memoryStore();
  const { counts, counting } = asked(uncounted);
  const reports = createReports(counting);
  await reports.kpis(query);
  await reports.kpis(query);
  expect(counts.kpis).toBe(2);
  let isBroken = true;
  const store = memoryStore();
  const kpis: Store['kpis'] = (question) => (isBroken ? Promise.reject(new Error('gone')) : store.kpis(question));
  const failing = createReports({ ...store, kpis });
  await expect(failing.kpis(query)).rejects.toThrow('gone');
  isBroken = false;
  expect((await failing.kpis(query)).totals.conversions).toBe(0);
});
