import { describe, expect, test } from 'vitest';
import type { BatchMeta } from '../../src/log/record.js';
import type { JsonObject, WireEvent } from '../../src/protocol/index.js';
import { NETWORKS } from '../../src/report/channels/rules/networks.js';
import { dayAt, daysBetween } from '../../src/stores/days.js';
import { isBlockedId } from '../../src/stores/persons/blocked.js';
import { createAgentReader } from '../../src/stores/stamp/agent.js';
import { placeOf } from '../../src/stores/stamp/referrer.js';
import { createSourceReader, readEvidence } from '../../src/stores/stamp/source.js';
import { createStamper, storedEvent } from '../../src/stores/stamp/stamp.js';
import { textNumber } from '../../src/stores/text-number.js';

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const meta: BatchMeta = { kind: 'batch', receivedAt: '2026-11-02T12:00:00.000Z', skewMs: 0, key: 'write' };
const wire: WireEvent = { type: 'page', messageId: 'm', timestamp: '2026-11-02T10:00:00.000Z', anonymousId: 'd' };
const stamp = (event: Partial<WireEvent>, more: Partial<BatchMeta> = {}) =>
  createStamper({ pepper: 'p' })({ ...wire, ...event }, { ...meta, ...more });

describe('times', () => {
  test.each([
    ['2026-11-02T10:00:00.000Z', 0, '2026-11-02T10:00:00.000Z'],
    ['2026-11-02T11:00:00+01:00', 500, '2026-11-02T10:00:00.500Z'],
    ['2026-11-02T13:00:00.000Z', 0, '2026-11-02T12:00:00.000Z'],
    ['2026-11-02T13:00:00.000Z', -7_200_000, '2026-11-02T11:00:00.000Z'],
    ['0001-01-01T00:00:00.000Z', 0, '1970-01-01T00:00:00.000Z'],
    ['no date', 0, '2026-11-02T12:00:00.000Z'],
  ])('%s with a skew of %d ms happened at %s', (timestamp, skewMs, expected) => {
    const { wire: event, row } = stamp({ timestamp }, { skewMs });
    expect(storedEvent(event, row)).toMatchObject({
      timestamp: expected,
      originalTimestamp: timestamp,
      receivedAt: meta.receivedAt,
    });
    expect(new Date(row.at).toISOString()).toBe(expected);
  });

  test('the landing is corrected like the event, and never after it', () => {
    const touched = (at: string, skewMs: number) =>
      stamp({ context: { filrouge: { v: 1, touch: { at, referrer: 'https://a.example' } } } }, { skewMs }).row.landedAt;
    expect(touched('2026-11-02T09:59:00.000Z', 1000)).toBe(Date.parse('2026-11-02T09:59:01.000Z'));
    expect(touched('2026-11-02T11:00:00.000Z', 0)).toBe(Date.parse(wire.timestamp));
  });
});

describe('columns', () => {
  test.each([
    [{ total: 20.1, revenue: 5 }, 201_000],
    [{ revenue: '39.95', value: 1 }, 399_500],
    [{ total: 'much', value: -3 }, -30_000],
    [{ total: null }, null],
    [{ total: 1e300 }, null],
    [{ total: '' }, null],
  ])('the amount of %j is %s', (properties, amount) => {
    expect(stamp({ properties }).row.amount).toBe(amount);
  });

  test('order id and currency', () => {
    expect(stamp({ properties: { order_id: 7, currency: 'eur' } }).row).toMatchObject({
      orderId: '7',
      currency: 'EUR',
    });
    expect(stamp({ properties: { order_id: '', currency: 5 } }).row.orderId).toBeNull();
  });

  test('the browser: the event’s own User-Agent wins over the request’s; bots and headless browsers are automated', () => {
    expect(stamp({ context: { userAgent: IPHONE } }, { userAgent: CHROME }).row).toMatchObject({
      browser: 'Safari',
      os: 'iOS',
      deviceType: 'mobile',
      automated: false,
    });
    expect(stamp({}, { userAgent: CHROME }).row).toMatchObject({
      browser: 'Chrome',
      os: 'Windows',
      deviceType: 'desktop',
    });
    expect(stamp({}, { userAgent: CHROME.replace('Chrome', 'HeadlessChrome') }).row.automated).toBe(false);
    expect(stamp({}).row).toMatchObject({ browser: null, automated: false });
  });

  test('an agent is read once, also after thousands of others', () => {
    const read = createAgentReader();
    const first = read(CHROME);
    expect(read(CHROME)).toBe(first);
    for (let i = 0; i < 6000; i += 1) read(`${CHROME} ${i}`);
    expect(read(CHROME)).toEqual(first);
  });

  test('session and sequence, ours and RudderStack’s', () => {
    const ours = { v: 1 as const, session: { id: 's', start: '' }, sequence: { lane: 'l', n: 3 } };
    expect(stamp({ context: { filrouge: ours } }).row).toMatchObject({
      sessionNo: textNumber('s'),
      laneNo: textNumber('l'),
      n: 3,
    });
    const rudder = { sessionId: 1_762_000_000_000 } as WireEvent['context'];
    expect(stamp({ ...(rudder ? { context: rudder } : {}) }).row.sessionNo).toBe(textNumber('1762000000000'));
  });
});

describe('evidence', () => {
  const facts = (context: WireEvent['context']) =>
    readEvidence({ ...wire, ...(context ? { context } : {}) }, createSourceReader())?.facts;

  test('campaign, click ids and referrer of a touch', () => {
    const touch = {
      at: wire.timestamp,
      campaign: {
        source: ' Google ',
        medium: 'cpc',
        name: 'n',
        id: '7',
        term: 't',
        content: 'c',
        source_platform: 'x',
      },
      clickIds: { gclid: 'SECRET', gbraid: 'b' },
      referrer: 'android-app://com.google.android.gm/',
    };
    const found = facts({ filrouge: { v: 1, touch } });
    expect(found).toEqual({
      key: '["Google","cpc","n","7","t","c","gbraid gclid","android-app://com.google.android.gm"]',
      source: 'Google',
      medium: 'cpc',
      campaign: 'n',
      campaignId: '7',
      term: 't',
      content: 'c',
      clickIds: ['gbraid', 'gclid'],
      referrer: 'android-app://com.google.android.gm',
    });
    expect(JSON.stringify(found)).not.toContain('SECRET');
  });

  test.each([
    ['https://shop.example/', undefined],
    ['https://www.shop.example/x', undefined],
    ['https://blog.shop.example/x', undefined],
    ['https://user:pass@News.Example:8080/x?q=1', 'news.example'],
    ['https://notshop.example/', 'notshop.example'],
    // Who only passed through a login page is told where channels are found; the fact is kept.
    ['https://accounts.google.com/signin', 'accounts.google.com'],
    ['https://www.bing.com/chat?q=secret', 'www.bing.com/chat'],
    ['https://www.bing.com/chats', 'www.bing.com'],
    ['https://x.com/i/grok/123', 'x.com/i/grok'],
    ['https://www.google.co.uk:443/shopping/x', 'www.google.co.uk/shopping'],
    ['https://news.example/shopping', 'news.example'],
    ['', undefined],
    ['garbage', undefined],
  ])('the referrer %j of a page of shop.example counts as %s', (referrer, host) => {
    expect(facts({ page: { url: 'https://shop.example/a', referrer } })?.referrer).toBe(host);
  });

  test('every page that the channel rules know by its path is told apart in history, too', () => {
    const pages = NETWORKS.flatMap(({ hosts }) => hosts.split(' ')).filter((host) => host.includes('/'));
    expect(pages.length).toBeGreaterThan(20);
    const known = pages.map((page) => page.replace(/[=+]/g, ''));
    for (const page of known.map((one) => one.replace('*', 'fr'))) expect(placeOf(`https://${page}/x`)).toBe(page);
  });

  test.each([
    ['?mtm_source=nl&mtm_medium=email&mtm_campaign=m', { source: 'nl', medium: 'email', campaign: 'm' }],
    ['?at_medium=affiliate&at_platform=effi&at_campaign=p', { source: 'effi', medium: 'affiliate', campaign: 'p' }],
    ['?s_cid=abc&_hsenc=1', { campaignId: 'abc', clickIds: ['_hsenc'] }],
    ['?utm_source=x&mtm_source=y&mtm_medium=cpc', { source: 'x', medium: 'cpc' }],
  ])('the parameters of other tools count: %s', (query, expected) => {
    const url = `https://shop.example/${query}`;
    expect(facts({ page: { url } })).toMatchObject(expected);
    // The browser's touch does not know them; the page it landed on still has them.
    const touch = { at: wire.timestamp, referrer: 'https://a.example/', landing: url };
    expect(facts({ page: { url }, filrouge: { v: 1, touch } })).toMatchObject({ ...expected, referrer: 'a.example' });
    const before = { at: '2026-11-01T00:00:00.000Z', campaign: { source: 'old' }, landing: 'https://shop.example/' };
    expect(facts({ page: { url }, filrouge: { v: 1, touch: before } })).toMatchObject(expected);
  });

  describe('a page call of a server, which has its page in the properties', () => {
    const page = (properties: JsonObject, context?: WireEvent['context']) =>
      stamp({ properties, ...(context ? { context } : {}) });
    const url = 'https://shop.example/a';

    test.each<[JsonObject, object]>([
      [{ url: `${url}?utm_source=nl&utm_medium=email` }, { source: 'nl', medium: 'email' }],
      [
        { url, search: '?utm_source=x&gclid=1' },
        { source: 'x', clickIds: ['gclid'] },
      ],
      [{ url, referrer: 'https://www.google.com/' }, { referrer: 'www.google.com' }],
      [{ search: '?utm_source=x' }, { source: 'x' }],
    ])('%j is evidence', (properties, expected) => {
      expect(page(properties).facts).toMatchObject(expected);
      expect(page(properties, { page: {} }).facts).toMatchObject(expected);
    });

    test.each<[JsonObject, WireEvent['context']?]>([
      [{ url, referrer: 'https://www.shop.example/b' }],
      // Without the page's own host, its referrer would make each visit one from the site itself.
      [{ path: '/a', referrer: 'https://shop.example/b' }],
      [{ url: '/a', referrer: 'https://shop.example/b' }],
      [{ url: ['https://a.example?utm_source=x'], referrer: { a: 1 }, search: 7 }],
      // What the browser says of its page stands for all of it.
      [{ url: `${url}?utm_source=x`, referrer: 'https://news.example/' }, { page: { url } }],
    ])('%j with %j is none', (properties, context) => {
      expect(page(properties, context).facts).toBeUndefined();
    });

    test('a campaign of the context counts before that of the address', () => {
      const campaign = { source: 'own', name: 'n' };
      expect(page({ url: `${url}?utm_source=x&utm_medium=email` }, { campaign }).facts).toMatchObject({
        ...{ source: 'own', medium: 'email', campaign: 'n' },
      });
    });

    test('its address and title are those of the event; other events have such properties for other things', () => {
      const told = { url, path: '/a', title: 'A', referrer: 'https://news.example/' };
      expect(page(told).row).toMatchObject({ url, path: '/a', title: 'A', interactive: true });
      const track = stamp({ type: 'track', event: 'Product Viewed', properties: told });
      expect(track.facts).toBeUndefined();
      expect(track.row).toMatchObject({ url: null, path: null, title: null, interactive: false });
    });
  });

  test('a plain client: the query in `search` is read too', () => {
    expect(facts({ page: { url: 'https://shop.example/a', search: '?utm_source=x&gclid=1' } })).toMatchObject({
      source: 'x',
      clickIds: ['gclid'],
    });
  });
});

test.each(['', ' ', 'NULL', 'Undefined', '0', '000-000', '-1', '(not set)', 'd41d8cd98f00b204e9800998ecf8427e'])(
  'the id %j is nobody’s',
  (id) => expect(isBlockedId(id)).toBe(true),
);

test.each([
  '               null',
  'none\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0',
  '\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000guest',
  ' 00000000-0000-0000-0000-000000000000',
  '--------------------',
  'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855',
])('the long id %j is nobody’s, too', (id) => {
  expect(isBlockedId(id)).toBe(true);
});

test.each([
  '1',
  'ann',
  'nullify',
  '00000000-0000-7000-8000-000000000001',
  '0199d2b1-7000-7000-8000-000000000001',
  'a0000000000000000000',
])('the id %j is somebody’s', (id) => {
  expect(isBlockedId(id)).toBe(false);
});

test('days have the length that the clocks of the zone give them', () => {
  const hours = (from: string, to: string, zone: string) => {
    const days = daysBetween(Date.parse(from), Date.parse(to), zone);
    return days.map(({ day, start }, i) => `${day} ${((days[i + 1]?.start ?? start) - start) / 3_600_000}`);
  };
  expect(hours('2026-03-28T12:00Z', '2026-03-30T12:00Z', 'Europe/Paris')).toEqual([
    '2026-03-28 24',
    '2026-03-29 23',
    '2026-03-30 0',
  ]);
  expect(hours('2026-10-25T12:00Z', '2026-10-26T12:00Z', 'Europe/Paris')).toEqual(['2026-10-25 25', '2026-10-26 0']);
  // In Beirut clocks go forward at midnight: the day begins at one o'clock.
  expect(hours('2026-03-28T12:00Z', '2026-03-30T12:00Z', 'Asia/Beirut')).toEqual([
    '2026-03-28 24',
    '2026-03-29 23',
    '2026-03-30 0',
  ]);
  const days = daysBetween(Date.parse('2026-10-24T00:00Z'), Date.parse('2026-10-27T00:00Z'), 'Europe/Paris');
  expect(dayAt(days, Date.parse('2026-10-25T22:59:59.999Z'))).toBe('2026-10-25');
  expect(dayAt(days, Date.parse('2026-10-25T23:00:00.000Z'))).toBe('2026-10-26');
  expect(dayAt(days, Date.parse('2020-01-01T00:00Z'))).toBe('');
});

test('numbers of texts are whole, below 2^53, and differ', () => {
  const numbers = Array.from({ length: 50_000 }, (_, i) => textNumber(`device-${i}`));
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.every((number) => Number.isSafeInteger(number) && number >= 0)).toBe(true);
});
