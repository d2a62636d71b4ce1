import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KpiRow, Store } from '../../src/stores/contract.js';
import { duckdbStore } from '../../src/stores/duckdb.js';
import { at, events, record, type Sketch } from '../contract/wire.js';
import { allBytes, temporaryDirectory } from '../files.js';

// Real files on machines that may be busy.

let directory = '';
let remove: () => Promise<void>;
let file = '';

beforeEach(async () => {
  ({ path: directory, remove } = await temporaryDirectory());
  file = join(directory, 'store.duckdb');
});
afterEach(() => remove());

async function during<T>(task: (store: Store) => Promise<T>): Promise<T> {
  const store = await duckdbStore({ file, pepper: 'p', threads: 1 });
  try {
    return await task(store);
  } finally {
    await store.close();
  }
}

/** What others do to the file. */
async function change(sql: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

async function figures(store: Store): Promise<Partial<KpiRow>> {
  const [row] = await store.kpis({ goal: 'Order Completed', by: 'total' });
  return { sessions: row?.sessions ?? 0, pageViews: row?.pageViews ?? 0, conversions: row?.conversions ?? 0 };
}

const page = { context: { page: { url: 'https://shop.example/' } } };
const order = (minute: number): Sketch => ({ minute, event: 'Order Completed', ...page });

test('what came after the last cut, and was stored when the process ended, is cut at the next question', async () => {
  await during(async (store) => {
    await store.append([record(1, events({ minute: 1 }, { minute: 2 }))]);
    expect(await figures(store)).toEqual({ sessions: 1, pageViews: 2, conversions: 0 });
    // One before, one that lengthens the session, one after; and no question before the end.
    const late = events(
      { minute: 3, messageId: 'a' },
      { minute: -200, messageId: 'b' },
      { minute: 90, messageId: 'c' },
    );
    await store.append([record(2, [...late, ...events({ ...order(91), messageId: 'd' })])]);
  });
  expect(await during(figures)).toEqual({ sessions: 3, pageViews: 5, conversions: 1 });
});

test('an event between two sessions joins them, and one before both changes neither', async () => {
  await during(async (store) => {
    await store.append([record(1, events({ minute: 0 }, { minute: 40 }))]);
    expect(await figures(store)).toMatchObject({ sessions: 2 });
    await store.append([record(2, events({ minute: 20, messageId: 'between' }))]);
    expect(await figures(store)).toMatchObject({ sessions: 1, pageViews: 3 });
    await store.append([record(3, events({ minute: -100, messageId: 'before' }))]);
    expect(await figures(store)).toMatchObject({ sessions: 2, pageViews: 4 });
  });
});

test.each([
  ['by other rules', "UPDATE kept SET rules = 'of last year'; UPDATE kept_visits SET views = 99"],
  ['from events that another version took out', 'DELETE FROM events WHERE seq = 3'],
])('sessions that were cut %s are cut again', async (_, sql) => {
  await during(async (store) => {
    await store.append([record(1, events({ minute: 1 }, { minute: 2 }, { minute: 200 }, order(201)))]);
    await figures(store);
  });
  await change(sql);
  const pageViews = sql.startsWith('DELETE') ? 2 : 3;
  expect(await during(figures)).toEqual({ sessions: 2, pageViews, conversions: 1 });
});

test('after an erasure of the newest events, their numbers are given again, and the new ones are counted', async () => {
  await during(async (store) => {
    const mine = events({ minute: 1, anonymousId: 'other' }, { ...order(2), anonymousId: 'ann-device' });
    await store.append([record(1, mine)]);
    expect(await figures(store)).toMatchObject({ sessions: 2, conversions: 1 });
    await store.erase('ann-device', at(5));
    expect(await figures(store)).toMatchObject({ sessions: 1, conversions: 0 });
    expect((await allBytes(directory)).includes('ann-device')).toBe(false);
    await store.append([record(2, events({ ...order(3), messageId: 'new' }))]);
    expect(await figures(store)).toMatchObject({ sessions: 2, conversions: 1 });
  });
});
