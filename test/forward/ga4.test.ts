import { describe, expect, it } from 'vitest';
import { ga4 } from '../../src/forward/index.js';
import type { WireEvent } from '../../src/protocol/index.js';
import { queued, SAMPLES } from '../collectors/samples.js';

/** Against the Measurement Protocol's reference (recorded 22 November 2026); Google answers 2xx to anything. */
const SENT_AT = '2026-11-20T10:00:06.000Z';
const destination = ga4({ measurementId: 'G-1', apiSecret: 's' });
const encode = (...events: WireEvent[]) => [...destination.encode(events.map(queued), SENT_AT)];
const bodies = (...events: WireEvent[]) =>
  encode(...events)
    .filter(({ url }) => url)
    .map(({ body }) => JSON.parse(body));
const named = (event: string, properties = {}): WireEvent => ({ ...SAMPLES.viewed, event, properties });

describe('GA4', () => {
  it('says a purchase with ids, amount, items, time and session', () => {
    const [request] = encode(SAMPLES.order);
    expect(request?.url).toBe('https://www.google-analytics.com/mp/collect?measurement_id=G-1&api_secret=s');
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      client_id: SAMPLES.order.anonymousId,
      user_id: 'customer-7',
      events: [
        {
          name: 'purchase',
          timestamp_micros: Date.parse(SAMPLES.order.timestamp) * 1000,
          params: {
            transaction_id: 'A-1',
            value: 30.5,
            currency: 'EUR',
            session_id: `${Date.parse('2026-11-20T10:00:00.000Z') / 1000}`,
            engagement_time_msec: 1,
            items: [{ item_id: 's1', item_name: 'Linen shirt', price: 12.5, quantity: 2 }],
          },
        },
      ],
    });
  });

  it('takes client and session ids of the page’s own Google tag where it hands them on', () => {
    const integrations = { 'Google Analytics 4': { clientId: '1.2', sessionId: '77' } };
    const [body] = bodies({ ...SAMPLES.page, integrations });
    expect(body).toMatchObject({ client_id: '1.2', events: [{ name: 'page_view', params: { session_id: '77' } }] });
  });

  it('makes up a device for a user without one, always the same, and not that of another property', () => {
    const { anonymousId: _, ...till } = SAMPLES.order;
    const [body] = bodies(till);
    expect(body.client_id).toMatch(/^\d+\.\d+$/);
    expect(body).toMatchObject({ user_id: 'customer-7' });
    expect(bodies({ ...till, messageId: 'm2' })[0].client_id).toBe(body.client_id);
    expect(bodies({ ...till, userId: 'customer-8' })[0].client_id).not.toBe(body.client_id);
    const elsewhere = ga4({ measurementId: 'G-2', apiSecret: 's' }).encode([queued(till)], SENT_AT);
    expect(JSON.parse([...elsewhere][0]?.body ?? '').client_id).not.toBe(body.client_id);
  });

  it('sends 25 events of one device at most, devices apart, each event once', () => {
    const events = Array.from({ length: 60 }, (_, i) => ({
      ...SAMPLES.viewed,
      messageId: `m${i}`,
      anonymousId: i % 2 ? 'odd' : 'even',
    }));
    const requests = encode(...events);
    expect(requests.map(({ ids }) => ids.length)).toEqual([25, 5, 25, 5]);
    expect(new Set(requests.flatMap(({ ids }) => ids)).size).toBe(60);
    expect(
      requests.every(({ body }) => new Set(JSON.parse(body).events.map(() => JSON.parse(body).client_id)).size === 1),
    ).toBe(true);
  });

  it('passes over what is older than 72 hours, and calls without an event', () => {
    const requests = encode(
      { ...SAMPLES.viewed, timestamp: '2026-11-17T10:00:05.000Z' },
      SAMPLES.identify,
      SAMPLES.alias,
    );
    expect(requests.every(({ url }) => url === '')).toBe(true);
    expect(requests.flatMap(({ ids }) => ids).length).toBe(3);
    expect(bodies({ ...SAMPLES.viewed, timestamp: '2026-11-17T10:00:07.000Z' }).length).toBe(1);
  });

  it('keeps to the rules of names and numbers', () => {
    const name = (event: string) => bodies(named(event))[0].events[0].name;
    expect(name('Newsletter Joined!')).toBe('newsletter_joined_');
    expect(name('session_start')).toBe('own_session_start');
    expect(name('ga_x')).toBe('own_ga_x');
    expect(name('3D seen')).toBe('own_3d_seen');
    expect(name('x'.repeat(60)).length).toBe(40);
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`p${i}`, 'y'.repeat(300)]));
    const { params } = bodies(named('Seen', many))[0].events[0];
    expect(Object.keys(params).length).toBeLessThanOrEqual(25);
    expect(
      Object.entries(params).filter(
        ([key, value]) => key.startsWith('p') && /^p\d/.test(key) && `${value}`.length > 100,
      ),
    ).toEqual([]);
  });

  it('hands on what was said about advertising', () => {
    const consent = { categoryPreferences: { analytics: true, advertising: true, personalization: false } };
    const [body] = bodies({ ...SAMPLES.viewed, context: { consent } });
    expect(body.consent).toEqual({ ad_user_data: 'GRANTED', ad_personalization: 'DENIED' });
  });
});
