import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { createPace } from '../../src/stores/duckdb/pace.js';

const now = (task: () => Promise<void>): Promise<void> => task();

test('all threads from the first task to some time after the last, one for the rest; also behind one that fails', async () => {
  const told: number[] = [];
  const pace = createPace(4, async (threads) => void told.push(threads), now);
  await pace.opened();
  expect(told).toEqual([1]);
  let end = (): void => {};
  const long = pace.fast(() => new Promise<void>((resolve) => (end = resolve)));
  await expect(pace.fast(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await nextTurn();
  expect(told).toEqual([1, 4]);
  end();
  await long;
  await pace.fast(async () => expect(told).toEqual([1, 4]));
  await vi.waitFor(() => expect(told).toEqual([1, 4, 1]), 60_000);
  await pace.opened();
  expect(told).toEqual([1, 4, 1, 1]);
});

test('all threads but one while many events come in, never none', async () => {
  const told: number[] = [];
  const pace = createPace(4, async (threads) => void told.push(threads), now);
  pace.filed(5);
  await pace.fast(async () => {});
  pace.filed(1_000_000);
  await pace.fast(async () => {});
  expect(told).toEqual([3]);
  const single = createPace(1, async (threads) => void told.push(threads), now);
  single.filed(1_000_000);
  await single.fast(async () => {});
  expect(told).toEqual([3]);
});

test('an engine that cannot be told fails the task that begins, and none that is done', async () => {
  let isBroken = false;
  const pace = createPace(
    2,
    async () => {
      if (isBroken) throw new Error('no');
    },
    now,
  );
  await pace.opened();
  const done = pace.fast(async () => {
    isBroken = true;
    return 'done';
  });
  expect(await done).toBe('done');
  isBroken = false;
  expect(await pace.fast(async () => 'again')).toBe('again');
});
