import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from '../../src/stores/duckdb/gate.js';

test('two at a time, the others in their order, also behind one that fails', async () => {
  const turn = createTurns();
  const begun: number[] = [];
  const ends: ((fail?: Error) => void)[] = [];
  const tasks = [0, 1, 2, 3].map((i) =>
    turn(
      () =>
        new Promise<number>((resolve, reject) => {
          begun.push(i);
          ends[i] = (fail) => (fail ? reject(fail) : resolve(i));
        }),
    ),
  );
  const settled = Promise.allSettled(tasks);
  await nextTurn();
  expect(begun).toEqual([0, 1]);
  ends[1]?.(new Error('broken'));
  await nextTurn();
  expect(begun).toEqual([0, 1, 2]);
  ends[0]?.();
  await nextTurn();
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[2]?.();
  ends[3]?.();
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});
