import type { Collector, QueuedEvent } from '../../src/browser/contracts.js';
import { amplitude } from '../../src/collectors/amplitude.js';
import { google } from '../../src/collectors/google.js';
import { jitsu } from '../../src/collectors/jitsu.js';
import { json } from '../../src/collectors/json.js';
import { matomo } from '../../src/collectors/matomo.js';
import { plausible } from '../../src/collectors/plausible.js';
import { posthog } from '../../src/collectors/posthog.js';
import { rudderstack } from '../../src/collectors/rudderstack.js';
import { segment } from '../../src/collectors/segment.js';
import { snowplow } from '../../src/collectors/snowplow.js';
import { umami } from '../../src/collectors/umami.js';
import type { WireEvent } from '../../src/protocol/index.js';

export const WEBSITE = '6f9ca0c5-8ee2-4f20-9d6a-0d5e7e8a9c11';

/** Every collector there is, pointed at one server. */
export function everyCollector(url: string): { [name: string]: Collector } {
  return {
    segment: segment({ url, writeKey: 'wk' }),
    rudderstack: rudderstack({ url, writeKey: 'wk' }),
    jitsu: jitsu({ url, writeKey: 'key:secret' }),
    snowplow: snowplow({ url, appId: 'shop' }),
    'snowplow post': snowplow({ url, appId: 'shop', method: 'post', namespace: 'post' }),
    'snowplow schemas': snowplow({
      url,
      appId: 'shop',
      method: 'post',
      namespace: 'schemas',
      schemas: {
        'Order Completed': 'iglu:com.acme/order/jsonschema/1-0-0',
        identify: 'iglu:com.acme/customer/jsonschema/1-0-0',
      },
    }),
    posthog: posthog({ url, apiKey: 'phc_1' }),
    matomo: matomo({ url, siteId: 3 }),
    amplitude: amplitude({ url, apiKey: 'ak' }),
    plausible: plausible({ url, domain: 'shop.example' }),
    umami: umami({ url, website: WEBSITE }),
    json: json({ url: `${url}/own` }),
    'json lines': json({ url: `${url}/own`, form: 'lines', name: 'lines' }),
    google: google({ pages: true }),
  };
}

/** An event as the queue holds it. */
export function queued(event: WireEvent): QueuedEvent {
  return { id: event.messageId, json: JSON.stringify(event) };
}

const AT = '2026-11-20T10:00:05.000Z';
const SESSION = { id: '019aa0c5-8ee2-7f20-ad6a-0d5e7e8a9c11', start: '2026-11-20T10:00:00.000Z' };

const shared = (n: number): Omit<WireEvent, 'type'> => ({
  messageId: `019aa0c5-9000-7000-a000-00000000000${n}`,
  timestamp: AT,
  anonymousId: '019aa0c5-8000-7000-a000-0123456789ab',
  context: {
    page: {
      url: 'https://shop.example/p/1?size=m#top',
      path: '/p/1',
      search: '?size=m',
      title: 'Linen shirt',
      referrer: 'https://news.example/',
    },
    campaign: { name: 'spring', source: 'news', medium: 'email' },
    locale: 'fr-FR',
    timezone: 'Europe/Paris',
    filrouge: {
      v: 1,
      session: SESSION,
      pageView: '019aa0c5-8ee3-7000-a000-000000000001',
      touch: {
        at: '2026-11-20T10:00:04.000Z',
        campaign: { name: 'spring', source: 'news', medium: 'email' },
        clickIds: { gclid: 'AbC' },
        landing: 'https://shop.example/p/1?size=m#top',
      },
    },
  },
});

/** One event of each kind, as our SDK makes them. */
export const SAMPLES = {
  page: { type: 'page', ...shared(1), properties: { url: 'https://shop.example/p/1?size=m#top' } },
  viewed: {
    type: 'track',
    ...shared(2),
    event: 'Product Viewed',
    properties: { product_id: 's1', name: 'Linen shirt', price: 12.5, currency: 'EUR', category: 'shirts' },
  },
  order: {
    type: 'track',
    ...shared(3),
    userId: 'customer-7',
    event: 'Order Completed',
    properties: {
      order_id: 'A-1',
      total: 30.5,
      tax: 5,
      shipping: 5.5,
      currency: 'EUR',
      products: [{ product_id: 's1', sku: 'SKU1', name: 'Linen shirt', price: 12.5, quantity: 2 }],
    },
  },
  identify: { type: 'identify', ...shared(4), userId: 'customer-7', traits: { plan: 'gold' } },
  group: { type: 'group', ...shared(5), userId: 'customer-7', groupId: 'acme', traits: { size: 5 } },
  alias: { type: 'alias', ...shared(6), userId: 'customer-7', previousId: 'old-7' },
  screen: { type: 'screen', ...shared(7), name: 'Start' },
} satisfies { [name: string]: WireEvent };
