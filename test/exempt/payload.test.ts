import fc from 'fast-check';
import { expect, expectTypeOf, it } from 'vitest';
import { type Audience, type AudienceOptions, createAudience, describeView } from '../../src/exempt/audience.js';
import type { AudienceView } from '../../src/protocol/index.js';
import { readAudienceView } from '../../src/receiver/audience-view.js';

const bytes = (...args: Parameters<typeof describeView>) => JSON.stringify(describeView(...args));

/** Everything that could tell two visitors of the same page apart in what the page can see. */
const trace = fc.record({
  query: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.uuid(), { minKeys: 1, maxKeys: 3 }),
  fragment: fc.uuid(),
  session: fc.uuid(),
  referrerPath: fc.webPath(),
  click: fc.uuid(),
});
type Trace = typeof trace extends fc.Arbitrary<infer T> ? T : never;

function seenBy({ query, fragment, session, referrerPath, click }: Trace, page: string): string {
  const search = new URLSearchParams({ ...query, gclid: click, utm_source: click, utm_campaign: fragment });
  return bytes('wk', `${page};sid=${session}?${search}#${fragment}`, {
    href: `https://shop.example${page};sid=${session}?${search}#${fragment}`,
    referrer: `https://news.example${referrerPath}?reader=${session}`,
  });
}

it('says the same bytes for any two visitors of a page', () => {
  fc.assert(
    fc.property(trace, trace, fc.constantFrom('/', '/shop', '/shop/red-shoes'), (one, other, page) => {
      expect(seenBy(one, page)).toBe(seenBy(other, page));
    }),
  );
});

it('says nothing but site, masked path, referring host and whether there was a campaign, and the receiver takes it', () => {
  fc.assert(
    fc.property(fc.webPath(), fc.webUrl({ withQueryParameters: true }), fc.webUrl(), (path, href, referrer) => {
      const view = describeView('wk', path, { href, referrer });
      expect(['v', 'writeKey', 'path', 'from', 'campaign']).toEqual(expect.arrayContaining(Object.keys(view)));
      expect(readAudienceView(new TextEncoder().encode(JSON.stringify(view)))).toEqual(view);
    }),
  );
});

it('tells a visit that begins from a move within the site', () => {
  const landing = { href: 'https://shop.example/?utm_source=mail', referrer: '' };
  expect(describeView('wk', '/', landing)).toEqual({ v: 1, writeKey: 'wk', path: '/', from: '', campaign: true });
  expect(describeView('wk', '/', { ...landing, href: 'https://shop.example/' })).toEqual({
    v: 1,
    writeKey: 'wk',
    path: '/',
    from: '',
  });
  const within = { ...landing, referrer: 'https://help.shop.example/a' };
  expect(describeView('wk', '/', within)).toEqual({ v: 1, writeKey: 'wk', path: '/' });
  expect(describeView('wk', '/', undefined)).toEqual({ v: 1, writeKey: 'wk', path: '/' });
});

it('has no place for an identifier in its types', () => {
  expectTypeOf<keyof AudienceView>().toEqualTypeOf<'v' | 'writeKey' | 'path' | 'from' | 'campaign'>();
  expectTypeOf<Parameters<Audience['view']>>().toEqualTypeOf<[]>();
  expectTypeOf<keyof Audience>().toEqualTypeOf<'view' | 'optOut' | 'optIn' | 'hasOptedOut' | 'stop'>();
  expectTypeOf<keyof AudienceOptions>().toEqualTypeOf<
    'url' | 'writeKey' | 'capture' | 'path' | 'unless' | 'cookieDomain'
  >();
  const options: AudienceOptions = { url: 'https://c.example', writeKey: 'wk' };
  // @ts-expect-error: nobody can be named.
  const named: AudienceOptions = { url: 'https://c.example', writeKey: 'wk', anonymousId: 'a1' };
  const audience = createAudience(options);
  // @ts-expect-error: nor can a view be.
  const call = () => audience.view({ userId: 'ann' });
  expect([typeof call, typeof named]).toEqual(['function', 'object']);
});
