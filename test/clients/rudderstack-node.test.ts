import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serve, type TestServer } from '../server/serve.js';

let server: TestServer;
beforeEach(async () => {
  server = await serve();
});
afterEach(() => server.remove());

const at = new Date(Date.UTC(2026, 9, 1, 12));
const context = { campaign: { name: 'spring', source: 'newsletter' } };

it.each([true, false])('@rudderstack/rudder-sdk-node: every call arrives (gzip: %s)', async (gzip) => {
  const client = new RudderAnalytics('wk', { dataPlaneUrl: server.url, flushAt: 20, gzip });
  client.identify({ userId: '4711', anonymousId: 'dev', traits: { plan: 'pro' }, context, timestamp: at });
  client.track({ userId: '4711', event: 'Order Completed', properties: { total: 20 }, context, timestamp: at });
  client.page({
    anonymousId: 'dev',
    name: 'Cart',
    properties: { url: 'https://shop.example/cart' },
    context,
    timestamp: at,
  });
  client.screen({ anonymousId: 'dev', name: 'Home', context, timestamp: at });
  client.group({ userId: '4711', groupId: 'acme', context, timestamp: at });
  client.alias({ userId: '4711', previousId: 'dev', context, timestamp: at });
  client.track({ userId: '4711', event: 'Without time' });
  await client.flush();
  await client.flush();

  const events = (await server.events()).sort((a, b) => (a.type < b.type ? -1 : 1));
  expect(events).toMatchObject([
    { type: 'alias', userId: '4711', previousId: 'dev' },
    { type: 'group', userId: '4711', groupId: 'acme' },
    { type: 'identify', userId: '4711', anonymousId: 'dev', traits: { plan: 'pro' } },
    { type: 'page', anonymousId: 'dev', name: 'Cart' },
    { type: 'screen', anonymousId: 'dev', name: 'Home' },
    { type: 'track', userId: '4711', event: 'Order Completed', properties: { total: 20 } },
    { type: 'track', userId: '4711', event: 'Without time' },
  ]);
  for (const { timestamp, context: stored } of events.slice(0, 6)) {
    expect(timestamp).toBe(at.toISOString());
    expect(stored?.campaign).toEqual(context.campaign);
  }
  expect(Math.abs(Date.parse(events[6]?.timestamp ?? '') - Date.now())).toBeLessThan(60_000);
});
