import { expect, test } from 'vitest';
import { simulate, simulateHistory } from '../../demo/simulate.mjs';
import { serve } from '../server/serve.js';

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
  const server = await serve();
  try {
    const target = { ...plan, receiverUrl: server.url, secretKey: 'sk' };
    const { events } = await simulate(target);
    expect(await server.events()).toHaveLength(events);
    await simulate(target);
    expect(await server.events()).toHaveLength(events);
  } finally {
    await server.remove();
  }
});
