import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createReceiver, jsonLogger } from '../../src/receiver/index.js';
import type { Store } from '../../src/stores/contract.js';
import { memoryStore } from '../../src/stores/memory.js';
import { event } from './events.js';
import { answerOf, PEPPER, startReceiver } from './start.js';

/** The reference store with one method in the test's hands. */
function storeWith(over: Partial<Store>): Store {
  return { ...memoryStore({ pepper: PEPPER }), ...over };
}

describe('starting', () => {
  it('refuses a pepper that is not the store’s, and says what to do', async () => {
    const test = await startReceiver();
    const { log } = test;
    const keys = { write: ['wk'] };
    for (const pepper of [undefined, `${PEPPER}!`]) {
      const options = { log, keys, store: memoryStore({ pepper: PEPPER }), ...(pepper !== undefined && { pepper }) };
      expect(() => createReceiver(options)).toThrow(/not the store's: .* Give createReceiver the pepper/);
    }
    await createReceiver({ log, keys, store: memoryStore(), pepper: 'any' }).close();
    await test.close();
  });
});

describe('applying', () => {
  it('repeats what fails until it is in, and skips nothing', async () => {
    const inner = memoryStore({ pepper: PEPPER });
    let failures = 3;
    const lines: string[] = [];
    const store: Store = {
      ...inner,
      append: (records) =>
        failures-- > 0 ? Promise.reject(new Error('disk of "ann@example.org" is full')) : inner.append(records),
    };
    const test = await startReceiver({ store, logger: jsonLogger((line) => lines.push(line)) });
    await test.post({ batch: [event({ messageId: 'a' })] });
    await test.post({ batch: [event({ messageId: 'b' })] });
    expect((await test.events()).map(({ messageId }) => messageId)).toEqual(['a', 'b']);
    expect(await test.receiver.metrics.text()).toContain('filrouge_apply_failures_total 3');
    expect(lines.filter((line) => line.includes('apply-failed'))).toHaveLength(3);
    expect(lines.join()).not.toContain('ann');
    await test.close();
  });

  it('says 503 overloaded when too much waits, and goes on when it is applied', async () => {
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const inner = memoryStore({ pepper: PEPPER });
    const store: Store = { ...inner, append: (records) => gate.then(() => inner.append(records)) };
    const test = await startReceiver({ store, maxLagRecords: 2 });
    const answers: number[] = [];
    for (let i = 0; i < 4; i++) answers.push((await test.post({ batch: [event()] })).status);
    expect(answers).toEqual([200, 200, 200, 503]);
    const refused = await test.post({ batch: [event()] });
    expect([refused.headers.get('retry-after'), await answerOf(refused)]).toMatchObject([
      '5',
      { error: { code: 'overloaded' } },
    ]);
    expect((await test.request('/healthz')).status).toBe(503);
    open();
    await test.receiver.settled();
    expect((await test.post({ batch: [event()] })).status).toBe(200);
    await test.close();
  });

  it('takes nothing when the store knows more than the log', async () => {
    const test = await startReceiver({ store: storeWith({ position: async () => 7 }) });
    const response = await test.post({ batch: [event()] });
    expect([response.status, await answerOf(response)]).toMatchObject([
      503,
      { error: { code: 'storage-unavailable' } },
    ]);
    expect(test.log.last()).toBe(0);
    await test.close();
  });

  it('takes events while its store is away; says so to who asks, and 503 to its keeper once only a new start helps', async () => {
    let state: 'restarting' | 'stopped' = 'restarting';
    const away = () => Promise.reject(Object.assign(new Error('away'), { code: 'store-unavailable' }));
    const test = await startReceiver({ store: storeWith({ state: () => state, position: away, append: away }) });
    const health = async () => {
      const response = await test.request('/healthz');
      return [response.status, (await answerOf(response)).status];
    };
    expect((await test.post({ batch: [event()] })).status).toBe(200);
    expect(await health()).toEqual([200, 'store-failing']);
    state = 'stopped';
    expect((await test.post({ batch: [event()] })).status).toBe(200);
    expect(await health()).toEqual([503, 'store-stopped']);
    const refused = await test.admin('/v1/events');
    expect([refused.status, await answerOf(refused)]).toMatchObject([503, { error: { code: 'store-stopped' } }]);
    await test.close();
  });

  it('says 503 when the log cannot write, and takes nothing', async () => {
    const test = await startReceiver();
    const broken = await startReceiver({
      log: { ...test.log, append: () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' })) },
    });
    const response = await broken.post({ batch: [event()] });
    expect([response.status, response.headers.get('retry-after'), await answerOf(response)]).toMatchObject([
      503,
      '5',
      { success: false, error: { code: 'storage-unavailable' } },
    ]);
    expect(await broken.receiver.metrics.text()).not.toContain('filrouge_events_accepted_total 1');
    await broken.receiver.close();
    await test.close();
  });

  it('goes on where the store was after a restart, and close leaves nothing behind', async () => {
    const store = memoryStore({ pepper: PEPPER });
    const test = await startReceiver({ store });
    await Promise.all(Array.from({ length: 30 }, () => test.post({ batch: [event(), event()] })));
    await test.receiver.close();
    expect(await store.position()).toBe(test.log.last());
    const second = await startReceiver({ store, log: test.log });
    await second.post({ batch: [event({ messageId: 'later' })] });
    const events = await second.events();
    expect(events).toHaveLength(61);
    expect(events.at(-1)?.messageId).toBe('later');
    await second.receiver.close();
    await test.close();
  });

  it('answers settled(timeout) with false while the store stands still', async () => {
    const test = await startReceiver({ store: storeWith({ append: () => new Promise(() => {}) }) });
    await test.post({ batch: [event()] });
    expect(await test.receiver.settled(10)).toBe(false);
    await test.log.close();
    await rm(test.directory, { recursive: true });
  });
});
