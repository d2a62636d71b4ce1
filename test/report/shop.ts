import { encodeRecord } from '../../src/log/record.js';
import type { Campaign, WireEvent } from '../../src/protocol/index.js';
import type { Store } from '../../src/stores/contract.js';
import { memoryStore } from '../../src/stores/memory.js';

/** A visit of one page: who, when, from where, and what was ordered a minute later. */
export interface Visit {
  who: string;
  at: string;
  campaign?: Campaign;
  referrer?: string;
  order?: { id: string; total: number; currency?: string };
}

/** The events that a Segment client sends for these visits. */
export function eventsOf(visits: readonly Visit[]): WireEvent[] {
  return visits.flatMap(({ who, at, campaign, referrer, order }, index) => {
    const page: WireEvent = {
      type: 'page',
      messageId: `page-${who}-${at}-${index}`,
      anonymousId: who,
      timestamp: new Date(at).toISOString(),
      context: {
        page: { url: 'https://shop.example/', path: '/', ...(referrer && { referrer }) },
        ...(campaign && { campaign }),
      },
    };
    if (!order) return [page];
    const { id, total, currency = 'EUR' } = order;
    const completed: WireEvent = {
      type: 'track',
      event: 'Order Completed',
      messageId: `order-${id}-${index}`,
      anonymousId: who,
      timestamp: new Date(Date.parse(at) + 60_000).toISOString(),
      properties: { order_id: id, total, currency },
      context: { page: { url: 'https://shop.example/thanks', path: '/thanks' } },
    };
    return [page, completed];
  });
}

/** A real store that has applied these visits; what happened later than they were received happened then. */
export async function storeOf(visits: readonly Visit[], receivedAt = '2026-11-22T12:00:00.000Z'): Promise<Store> {
  const store = memoryStore();
  const body = new TextEncoder().encode(JSON.stringify(eventsOf(visits)));
  await store.append([
    { position: 1, bytes: encodeRecord({ kind: 'batch', receivedAt, skewMs: 0, key: 'secret' }, body) },
  ]);
  return store;
}

/** Three people, four orders, every figure small enough to be checked by hand; see `reports.test.ts`. */
export const VISITS: readonly Visit[] = [
  // Ada: ad, newsletter, direct with an order of 100.00 after nine days.
  { who: 'ada', at: '2026-11-01T10:00:00Z', campaign: { source: 'google', medium: 'cpc', name: 'winter' } },
  { who: 'ada', at: '2026-11-03T10:00:00Z', campaign: { source: 'letter', medium: 'email', name: 'weekly' } },
  { who: 'ada', at: '2026-11-10T10:00:00Z', order: { id: 'A1', total: 100 } },
  // Bob: a search, an order of 50.01 at once, and one of 10.00 the next day by himself.
  { who: 'bob', at: '2026-11-02T09:00:00Z', referrer: 'https://www.google.com/', order: { id: 'B1', total: 50.01 } },
  { who: 'bob', at: '2026-11-03T09:00:00Z', order: { id: 'B2', total: 10 } },
  // Cy: looks only, sent by Facebook; comes back from PayPal, which is no visit from anywhere.
  { who: 'cy', at: '2026-11-03T23:30:00Z', referrer: 'https://l.facebook.com/' },
  { who: 'cy', at: '2026-11-05T12:00:00Z', referrer: 'https://www.sofort.com/', order: { id: 'C1', total: 20 } },
];
