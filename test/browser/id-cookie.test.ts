import { afterEach, expect, it, vi } from 'vitest';
import { writeIdCookie } from '../../src/browser/storage.js';

afterEach(() => vi.unstubAllGlobals());

/** A stand-in for a browser's cookies: takes the id only for `accepted`, or at the hundredth attempt, so that a loop ends. */
function cookieJar(hostname: string, accepted: string | undefined): string[] {
  const tried: string[] = [];
  let kept = '';
  vi.stubGlobal('location', { hostname, protocol: 'https:' });
  vi.stubGlobal('document', {
    get cookie() {
      return kept;
    },
    set cookie(text: string) {
      const domain = /domain=([^;]*)/.exec(text)?.[1] ?? '';
      tried.push(domain);
      if (domain === accepted || tried.length > 99) kept = text.split(';')[0] ?? '';
    },
  });
  return tried;
}

it.each<[string, string, string | undefined, string | undefined, string[]]>([
  ['the widest that is taken', 'www.shop.co.uk', 'shop.co.uk', undefined, ['co.uk', 'shop.co.uk']],
  ['a host of one label', 'localhost', 'localhost', undefined, ['localhost']],
  ['the domain that is named', 'www.shop.example', 'www.shop.example', 'www.shop.example', ['www.shop.example']],
  ['no cookies at all', 'www.shop.example', undefined, undefined, ['shop.example', 'www.shop.example']],
])('the id goes to %s', (_, hostname, accepted, cookieDomain, domains) => {
  const tried = cookieJar(hostname, accepted);
  writeIdCookie('id-1', cookieDomain);
  expect(tried).toEqual(domains);
});

it.each(['www.shop.example', 'preview.host.example', '127.0.0.1', 'localhost'])(
  'gives up where %s may not set the cookie of the named domain, or the visitor allows none',
  (hostname) => {
    const tried = cookieJar(hostname, undefined);
    writeIdCookie('id-1', 'shop.example');
    expect(tried.length).toBeLessThan(4);
    expect(new Set(tried)).toEqual(new Set(['shop.example']));
  },
);
