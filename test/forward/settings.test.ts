import { describe, expect, it } from 'vitest';
import { readForwardSettings } from '../../src/forward/index.js';

const read = (destinations: unknown, environment = {}) =>
  readForwardSettings(JSON.stringify({ destinations }), environment);

describe('the settings of forwarding', () => {
  it('make every kind of destination, secrets from the environment', () => {
    const url = 'https://c.example';
    const made = read(
      {
        ga: { type: 'ga4', measurementId: 'G-1', apiSecret: 'env:GA_SECRET' },
        hook: { type: 'webhook', url, secret: 's', events: 'Order Completed, Order Refunded' },
        segment: { type: 'segment', url, writeKey: 'wk', purpose: 'personalization' },
        rudder: { type: 'rudderstack', url, writeKey: 'wk' },
        jitsu: { type: 'jitsu', url, writeKey: 'wk' },
        snow: { type: 'snowplow', url, appId: 'shop' },
        hog: { type: 'posthog', url, apiKey: 'k' },
        amp: { type: 'amplitude', apiKey: 'k' },
        matomo: { type: 'matomo', url, siteId: 3 },
        plausible: { type: 'plausible', domain: 'shop.example' },
        umami: { type: 'umami', url, website: 'w' },
        json: { type: 'json', url },
      },
      { GA_SECRET: 'top' },
    );
    expect(Object.keys(made).length).toBe(12);
    expect(made.segment?.purpose).toBe('personalization');
    const event = { id: 'm', json: '{"type":"page","messageId":"m","timestamp":"2026-11-20T10:00:00.000Z"}' };
    const [request] = made.ga?.encode([event], '2026-11-20T10:00:00.000Z') ?? [];
    expect(request?.url).toContain('api_secret=top');
  });

  it.each<[string, unknown, RegExp]>([
    ['nothing', {}, /has no "destinations"/],
    ['an unknown type', { x: { type: 'fax' } }, /destinations\.x\.type must be one of ga4, webhook/],
    ['a missing value', { x: { type: 'ga4', measurementId: 'G-1' } }, /destinations\.x needs "apiSecret"/],
    ['an unknown value', { x: { type: 'json', url: 'https://a', uri: 'b' } }, /destinations\.x\.uri is not known/],
    [
      'a variable that is not set',
      { x: { type: 'webhook', url: 'https://a', secret: 'env:NO' } },
      /variable NO, which is not set/,
    ],
    ['an address without scheme', { x: { type: 'json', url: 'a.example' } }, /must begin with http/],
    ['an unknown purpose', { x: { type: 'json', url: 'https://a', purpose: 'fun' } }, /purpose must be one of/],
  ])('say what is wrong with %s', (_, destinations, sentence) => {
    expect(() => read(destinations)).toThrow(sentence);
  });
});
