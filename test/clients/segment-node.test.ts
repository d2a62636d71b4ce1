import { Analytics } from '@segment/analytics-node';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serve, type TestServer } from '../server/serve.js';

let server: TestServer;
beforeEach(async () => {
  server = await serve();
});
afterEach(() => server.remove());

const timestamp = new Date(Date.UTC(2026, 9, 1, 12));
const context = { campaign: { name: 'spring', source: 'newsletter', medium: 'email' }, ip: '203.0.113.5' };

it('@segment/analytics-node: every call arrives, with ids, campaign and time right', async () => {
  const analytics = new Analytics({ writeKey: 'wk', host: server.url });
  const problems: unknown[] = [];
  analytics.on('error', (problem) => problems.push(problem));
  analytics.identify({ userId: 'ann', anonymousId: 'dev', traits: { plan: 'pro' }, timestamp, context });
  analytics.track({
    userId: 'ann',
    event: 'Order Completed',
    properties: { order_id: 'o1', total: 20 },
    timestamp,
    context,
  });
  analytics.page({
    anonymousId: 'dev',
    name: 'Cart',
    category: 'Shop',
    properties: { url: 'https://shop.example/cart' },
    timestamp,
    context,
  });
  analytics.screen({ anonymousId: 'dev', name: 'Home', timestamp, context });
  analytics.group({ userId: 'ann', groupId: 'acme', traits: { name: 'Acme' }, timestamp, context });
  analytics.alias({ userId: 'ann', previousId: 'dev', timestamp, context });
  analytics.track({ userId: 'ann', event: 'Without time', messageId: 'own-id' });
  await analytics.closeAndFlush({ timeout: 10_000 });
  expect(problems).toEqual([]);

  const events = await server.events();
  expect(events.map(({ type }) => type)).toEqual(['identify', 'track', 'page', 'screen', 'group', 'alias', 'track']);
  expect(events).toMatchObject([
    { userId: 'ann', anonymousId: 'dev', traits: { plan: 'pro' } },
    { userId: 'ann', event: 'Order Completed', properties: { order_id: 'o1', total: 20 } },
    { anonymousId: 'dev', name: 'Cart', category: 'Shop' },
    { anonymousId: 'dev', name: 'Home' },
    { userId: 'ann', groupId: 'acme', traits: { name: 'Acme' } },
    { userId: 'ann', previousId: 'dev' },
    { userId: 'ann', messageId: 'own-id' },
  ]);
  for (const { timestamp: at, context: stored } of events.slice(0, 6)) {
    expect(at).toBe(timestamp.toISOString());
    expect(stored?.campaign).toEqual(context.campaign);
    expect(stored?.library?.name).toBe('@segment/analytics-node');
  }
  expect(Math.abs(Date.parse(events[6]?.timestamp ?? '') - Date.now())).toBeLessThan(60_000);
  expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(7);
  expect(JSON.stringify(events)).not.toContain('203.0.113.5');
});

it('@segment/analytics-node: hears of a wrong key', async () => {
  const analytics = new Analytics({ writeKey: 'other', host: server.url, maxRetries: 0 });
  const problem = new Promise<{ reason?: unknown }>((resolve) => analytics.on('error', (error) => resolve(error)));
  analytics.track({ userId: 'ann', event: 'x' });
  await analytics.closeAndFlush({ timeout: 10_000 });
  expect(String((await problem).reason)).toContain('401');
  expect(await server.events()).toEqual([]);
});
