import { encodeRecord } from '../../../src/log/record.js';
import type { Campaign, JsonObject, WireEvent } from '../../../src/protocol/index.js';
import { createReports, type Reports, type ReportsOptions } from '../../../src/report/reports.js';
import type { Store } from '../../../src/stores/contract.js';
import { memoryStore } from '../../../src/stores/memory.js';

/** Something that somebody did: a page they came to, or an event with a name. */
export interface Deed {
  /** A device; people with a login say so in `user`. */
  who: string;
  user?: string;
  /** A day of November 2026 and a time, e.g. `3 10:00`; or an ISO time. */
  at: string;
  /** A visit: where it came from. */
  from?: Campaign | 'direct';
  event?: string;
  properties?: JsonObject;
  /** `context.channel`. */
  channel?: string;
  /** What the event says of its visitor's consent. */
  consent?: { [category: string]: boolean };
  /** The event happens on a page of the site, so inside a session. */
  onSite?: boolean;
}

/** Campaigns with the channels that the rules give them. */
export const AD: Campaign = { source: 'google', medium: 'cpc', name: 'winter' };
export const MAIL: Campaign = { source: 'letter', medium: 'email', name: 'weekly' };
export const SOCIAL: Campaign = { source: 'facebook', medium: 'social', name: 'post' };

/** The events of these deeds, as Segment clients send them. */
export function deedsToEvents(deeds: readonly Deed[]): WireEvent[] {
  return deeds.map((deed, i): WireEvent => {
    const { who, user, from, event, properties, channel, onSite, consent } = deed;
    const page = from !== undefined || onSite ? { url: 'https://shop.example/', path: '/' } : undefined;
    return {
      type: event === undefined ? 'page' : 'track',
      messageId: `m-${String(i).padStart(5, '0')}`,
      ...(who && { anonymousId: who }),
      ...(user !== undefined && { userId: user }),
      timestamp: timeOf(deed.at),
      ...(event !== undefined && { event, properties: properties ?? {} }),
      context: {
        ...(page && { page }),
        ...(from !== undefined && from !== 'direct' && { campaign: from }),
        ...(channel !== undefined && { channel }),
        ...(consent && { consent: { categoryPreferences: consent } }),
      },
    };
  });
}

/** `3 10:00` is the 3rd of November 2026 at ten in UTC. */
function timeOf(at: string): string {
  const short = /^(\d+) (\d\d:\d\d)$/.exec(at);
  return short ? `2026-11-${(short[1] ?? '').padStart(2, '0')}T${short[2]}:00.000Z` : new Date(at).toISOString();
}

/** Puts deeds into a store, all at once. */
export async function fill<S extends Store>(store: S, deeds: readonly Deed[]): Promise<S> {
  const body = new TextEncoder().encode(JSON.stringify(deedsToEvents(deeds)));
  const meta = { kind: 'batch', receivedAt: '2028-01-01T00:00:00.000Z', skewMs: 0, key: 'secret' } as const;
  await store.append([{ position: 1, bytes: encodeRecord(meta, body) }]);
  return store;
}

/** Reports over a real store with these deeds; now is 1 December 2026 unless told. */
export async function reportsOf(deeds: readonly Deed[], options: ReportsOptions = {}): Promise<Reports> {
  const store = await fill(memoryStore(), deeds);
  return createReports(store, { now: () => new Date('2026-12-01T00:00:00Z'), ...options });
}

/** The period of most examples. */
export const NOVEMBER = { from: '2026-11-01', to: '2026-11-30' };

/** An order. */
export function order(who: string, at: string, id: string, total: number, more: Partial<Deed> = {}): Deed {
  const { properties, ...rest } = more;
  return {
    who,
    at,
    event: 'Order Completed',
    properties: { order_id: id, total, currency: 'EUR', ...properties },
    ...rest,
  };
}
