import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulate, simulateHistory } from '../../demo/simulate.mjs';
import { startServer } from '../../src/server/index.js';

const until = Date.UTC(2026, 10, 22);
const plan = { origin: 'http://localhost:4310', weeks: 2, visitors: 150, seed: 7, until };

test('the same plan gives the same events, another seed gives others', () => {
  const events = simulateHistory(plan);
  expect(simulateHistory(plan)).toEqual(events);
  expect(simulateHistory({ ...plan, seed: 8 })).not.toEqual(events);
});

test('every event says that it is simulated, has an id of its own, and lies within the weeks', () => {
  const events = simulateHistory(plan);
  expect(events.length).toBeGreaterThan(plan.visitors);
  expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(events.length);
  for (const { context, timestamp, event, properties } of events) {
    expect(context?.library?.name).toBe('filrouge-demo-simulator');
    expect(Date.parse(timestamp)).toBeLessThan(until);
    expect(Date.parse(timestamp)).toBeGreaterThanOrEqual(until - plan.weeks * 7 * 86_400_000);
    if (event === 'Order Completed') expect(properties?.order_id).toMatch(/^SIM-/);
  }
});

test('a receiver takes all of it, and a second sending changes nothing', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'filrouge-simulate-'));
  const server = await startServer({
    dataDir,
    port: 0,
    store: 'memory',
    writeKeys: ['wk'],
    secretKeys: ['sk'],
    adminKeys: ['ak'],
    tagDirectory: new URL('../../dist/', import.meta.url),
  });
  try {
    const count = async () => {
      const asked = { headers: { authorization: 'Bearer ak' } };
      return (await (await fetch(`${server.url}/v1/events`, asked)).text()).split('\n').filter(Boolean).length;
    };
    const target = { ...plan, receiverUrl: server.url, secretKey: 'sk' };
    const { events } = await simulate(target);
    await expect.poll(count, { timeout: 20_000 }).toBe(events);
    await simulate(target);
    await expect
      .poll(() => server.receiver.fetch(new Request(`${server.url}/healthz`)).then(({ status }) => status))
      .toBe(200);
    expect(await count()).toBe(events);
  } finally {
    await server.close();
    await rm(dataDir, { recursive: true });
  }
});
