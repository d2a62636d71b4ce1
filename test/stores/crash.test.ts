import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Store } from '../../src/stores/contract.js';
import type { openRemote as OpenRemote } from '../../src/stores/duckdb/process/remote.js';
import type { duckdbStore as DuckdbStore, StoreProblem } from '../../src/stores/duckdb.js';
import { engineOf, enginesOf } from '../contract/engine-process.js';
import { all, at, record } from '../contract/wire.js';
import { compile, temporaryDirectory } from '../files.js';
import { event } from '../receiver/events.js';
import { answerOf, startReceiver, type TestReceiver } from '../receiver/start.js';

// The store's real process, ended by real signals and for real want of memory. Nothing here waits for a time.
compile('stores');
const dist = (path: string): string => new URL(`../../dist/stores/${path}`, import.meta.url).href;
const { duckdbStore } = (await import(/* @vite-ignore */ dist('duckdb.js'))) as { duckdbStore: typeof DuckdbStore };
const { openRemote } = (await import(/* @vite-ignore */ dist('duckdb/process/remote.js'))) as {
  openRemote: typeof OpenRemote;
};

const PEPPER = 'pepper of the tests';
let path = '';
let remove = async () => {};
let problems: StoreProblem[] = [];
const codes = () => problems.map(({ code }) => code);
const onProblem = (problem: StoreProblem): void => void problems.push(problem);
const open = (): Promise<Store> =>
  duckdbStore({ file: join(path, 'store.duckdb'), pepper: PEPPER, threads: 1, onProblem });
beforeEach(async () => {
  ({ path, remove } = await temporaryDirectory());
  problems = [];
});
afterEach(() => remove());

/** Asks until there is an answer: the store says that it is not there, and then it is. */
async function whenBack<T>(ask: () => Promise<T>): Promise<T> {
  let answer: { value: T } | undefined;
  const attempt = async (): Promise<boolean> => {
    answer = await ask().then(
      (value) => ({ value }),
      (error: Error & { code?: string }) => {
        expect(error.code).toMatch(/^store-(crashed|unavailable)$/);
        return undefined;
      },
    );
    return answer !== undefined;
  };
  await expect.poll(attempt, { timeout: 60_000, interval: 20 }).toBe(true);
  if (!answer) throw new Error('no answer');
  return answer.value;
}

const many = (count: number, prefix: string, properties = {}) =>
  Array.from({ length: count }, (_, i) => ({
    type: 'page' as const,
    messageId: `${prefix}${i}`,
    timestamp: at(1),
    anonymousId: `device-${i % 50}`,
    properties,
  }));

describe('the process of a store', () => {
  test('killed at work: what was asked fails with a code, it is back with what it had, and what is sent again is there once', async () => {
    const store = await open();
    await store.append([record(1, many(10, 'a'))]);
    const pid = await engineOf();
    const records = Array.from({ length: 40 }, (_, i) => record(i + 2, many(500, `b${i}-`)));
    const appending = store.append(records);
    const reading = all(store.events());
    process.kill(pid, 'SIGSEGV');
    await expect(appending).rejects.toMatchObject({ code: 'store-crashed' });
    await expect(reading).rejects.toMatchObject({ code: 'store-crashed' });
    expect(store.state?.()).toBe('restarting');
    await expect(store.position()).rejects.toMatchObject({ code: 'store-unavailable' });
    await whenBack(() => store.append(records));
    expect(store.state?.()).toBe('ready');
    const ids = (await all(store.events())).map(({ messageId }) => messageId);
    expect([ids.length, new Set(ids).size]).toEqual([20_010, 20_010]);
    expect(codes()).toEqual(['store-crashed', 'store-restarted']);
    await store.close();
    expect(enginesOf()).toEqual([]);
  });

  test('that hangs is ended and started again', async () => {
    const options = {
      file: join(path, 'store.duckdb'),
      pepper: PEPPER,
      country: undefined,
      memoryLimit: '1GB',
      threads: 1,
    };
    const entry = new URL(dist('duckdb/process/process.js'));
    // A slow machine may take so long to open it that it is taken for hung.
    const store = await whenBack(() => openRemote(entry, options, { onProblem, silentMs: 3000 }));
    process.kill(await engineOf(), 'SIGSTOP');
    await expect(store.position()).rejects.toMatchObject({ code: 'store-crashed' });
    expect(await whenBack(() => store.position())).toBe(0);
    await store.close();
  });

  test('killed again and again at an erasure: it is done or not, and afterwards the person is gone for good', async () => {
    const store = await open();
    const anns = many(2000, 'ann').map((one) => ({ ...one, userId: 'ann' }));
    await store.append([record(1, anns), record(2, many(3000, 'other'))]);
    // The signal meets the deleting, the writing of the new file, the replacing, or the time after it.
    for (const delayMs of [0, 30, 80, 150]) {
      const pid = await engineOf();
      const erasing = store.erase('ann', at(60));
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      process.kill(pid, 'SIGKILL');
      await erasing.catch((error: Error & { code?: string }) => expect(error.code).toBe('store-crashed'));
      await whenBack(() => store.suppressions());
    }
    await store.erase('ann', at(60));
    expect((await store.suppressions()).size).toBe(1);
    const left = await all(store.events());
    expect(left.filter(({ userId }) => userId === 'ann')).toEqual([]);
    expect(left.length).toBe(3000);
    await store.close();
  });

  test('that cannot be started again is given up after a number of tries, and closes all the same', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const store = await open();
      const pid = await engineOf();
      await rm(path, { recursive: true });
      process.kill(pid, 'SIGKILL');
      const tryAgain = (): boolean => {
        vi.runAllTimers();
        return store.state?.() === 'stopped';
      };
      await expect.poll(tryAgain, { timeout: 60_000, interval: 5 }).toBe(true);
      await expect(store.kpis({ goal: 'x', by: 'total' })).rejects.toMatchObject({ code: 'store-stopped' });
      expect(codes()).toEqual([...Array(10).fill('store-crashed'), 'store-stopped']);
      expect(problems.at(-1)?.error?.message).toMatch(/store.duckdb/);
      await store.close();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('a receiver whose store crashes', () => {
  const receivers: TestReceiver[] = [];
  afterEach(async () => {
    for (const receiver of receivers.splice(0)) await receiver.close();
  });
  const start = async (): Promise<TestReceiver & { store: Store }> => {
    const started = await startReceiver({ store: await open(), directory: join(path, 'log') });
    receivers.push(started);
    return started;
  };

  test('takes events meanwhile, says 503 to who asks, and answers as if nothing had been', async () => {
    const receiver = await start();
    const post = (messageId: string) => receiver.post({ batch: [event({ messageId })] });
    expect((await post('before')).status).toBe(200);
    expect(await receiver.events()).toHaveLength(1);
    const pid = await engineOf();
    // Held, so that the question is certainly under way when the process ends.
    process.kill(pid, 'SIGSTOP');
    const asking = receiver.admin('/v1/identity-problems');
    await nextTurn();
    expect((await post('during')).status).toBe(200);
    process.kill(pid, 'SIGKILL');
    const refused = await asking;
    expect([refused.status, await answerOf(refused)]).toMatchObject([503, { error: { code: 'store-unavailable' } }]);
    expect(refused.headers.get('retry-after')).toBe('5');
    await expect.poll(async () => (await receiver.admin('/v1/events')).status, { timeout: 60_000 }).toBe(200);
    expect((await receiver.events()).map(({ messageId }) => messageId)).toEqual(['before', 'during']);
  });

  test.each(['before', 'after'])(
    'at an erasure, %s it was done: it is finished, and the log knows what the store knows',
    async (when) => {
      const inner = await open();
      const gone = async (): Promise<void> => {
        const pid = await engineOf();
        process.kill(pid, 'SIGKILL');
        await expect.poll(() => inner.state?.(), { timeout: 60_000, interval: 1 }).not.toBe('ready');
      };
      let crashes = 1;
      const erase: Store['erase'] = async (...asked) => {
        const isLast = crashes-- <= 0;
        if (!isLast && when === 'before') await gone();
        const erased = await inner.erase(...asked);
        if (isLast) return erased;
        await gone();
        throw Object.assign(new Error('crashed'), { code: 'store-crashed' });
      };
      const receiver = await startReceiver({ store: { ...inner, erase }, directory: join(path, 'log') });
      receivers.push(receiver);
      const ann = event({ userId: 'ann' });
      await receiver.post({ batch: [ann, event({ userId: 'bob', anonymousId: 'other' })] });
      const erased = await receiver.admin('/v1/people/ann', 'DELETE');
      expect([erased.status, await answerOf(erased)]).toMatchObject([200, { erased: { events: 1 } }]);
      const suppressed = (await receiver.entries()).flatMap(({ meta }) =>
        meta.kind === 'suppress' ? meta.identifiers : [],
      );
      expect(suppressed.sort()).toEqual([...new Set([...(await inner.suppressions()).keys()])].sort());
      expect(suppressed.length).toBeGreaterThan(0);
      expect(await answerOf(await receiver.post({ batch: [ann] }))).toMatchObject({
        rejected: [{ code: 'suppressed' }],
      });
    },
  );

  test('for want of memory at a question: that one fails, others are answered, and nothing is lost', async () => {
    const { NODE_OPTIONS = '' } = process.env;
    process.env.NODE_OPTIONS = `${NODE_OPTIONS} --max-old-space-size=32`;
    try {
      const receiver = await start();
      const properties = { text: 'x'.repeat(28_000) };
      for (let i = 0; i < 60; i += 1) {
        expect((await receiver.post({ batch: many(15, `${i}-`, properties) })).status).toBe(200);
      }
      expect(await receiver.receiver.settled()).toBe(true);
      expect(codes()).toEqual([]);
      await expect(all(receiver.store.events())).rejects.toMatchObject({ code: 'store-crashed' });
      expect((await receiver.post({ batch: many(3, 'later') })).status).toBe(200);
      expect(await receiver.receiver.settled()).toBe(true);
      const [total] = await receiver.store.kpis({ goal: 'x', by: 'total', bots: true });
      expect(total).toMatchObject({ pageViews: 903 });
    } finally {
      process.env.NODE_OPTIONS = NODE_OPTIONS;
    }
  });
});
