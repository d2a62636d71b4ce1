import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audienceHost, audiencePath, isAudienceHost } from '../../src/protocol/index.js';

describe('audiencePath', () => {
  it.each([
    ['/', '/'],
    ['/shop/red-shoes', '/shop/red-shoes'],
    ['/blog/2026-11-22-new-shop', '/blog/2026-11-22-new-shop'],
    ['/caf%C3%A9/', '/caf%C3%A9'],
    ['/%E4%B8%AD%E6%96%87%E4%B8%AD%E6%96%87%E4%B8%AD', '/%E4%B8%AD%E6%96%87%E4%B8%AD%E6%96%87%E4%B8%AD'],
    ['/product/12345', '/product/12345'],
    ['/a?token=secret#part', '/a'],
    ['/a;jsessionid=0A1B2C/b', '/a/b'],
    ['//a///b/', '/a/b'],
    ['/1/2/3/4/5/6/7/8/9/10', '/1/2/3/4/5/6/7/8'],
  ])('keeps of %s what many people share: %s', (path, kept) => {
    expect(audiencePath(path)).toBe(kept);
  });

  it.each([
    '/orders/1002345',
    '/u/ann@shop.example',
    '/u/ann%40shop.example',
    '/u/%61nn%40shop.example',
    '/c/550e8400-e29b-41d4-a716-446655440000',
    '/c/eeaeaeaf-abcd-cdef-aabb-aabbccddeeff',
    '/c/deadbeefdeadbeef',
    '/t/eyJhbGciOiJIUzI1NiJ9.e30.abc',
    '/tel/06-12-34-56-78',
    `/long/${'a'.repeat(81)}`,
    '/bad/%E0%A4%A',
    '/raw/é',
  ])('masks the part of %s that could be about one person', (path) => {
    expect(audiencePath(path)).toMatch(/^\/[a-z]+\/\*$/);
  });

  it('leaves alone what it gave, whatever it was given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webPath(), fc.webUrl()), (path) => {
        const once = audiencePath(path);
        expect(audiencePath(once)).toBe(once);
        expect(once).toMatch(/^\/[!-~]*$/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('audienceHost', () => {
  it.each([
    ['', ''],
    ['https://www.google.com/search?q=ann', 'google.com'],
    ['https://user:pw@News.Example:8443/a', 'news.example'],
    ['https://a1b2c3d4e5f6a7b8.mail.example/', '*.mail.example'],
    ['https://192.168.1.20/', ''],
    ['https://[::1]/', ''],
    ['android-app://com.example/', ''],
    ['https://shop.example/a', undefined],
    ['https://www.shop.example/a', undefined],
    ['https://help.shop.example/a', undefined],
    ['https://notshop.example/', 'notshop.example'],
  ])('keeps of the referrer %s its host: %s', (referrer, host) => {
    expect(audienceHost(referrer, 'www.shop.example:443')).toBe(host);
  });

  it('gives only what the receiver takes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.domain().map((host) => `https://${host}/`),
        ),
        (referrer) => {
          const host = audienceHost(referrer, 'shop.example');
          expect(host === undefined || isAudienceHost(host)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
    for (const host of ['www.a.example', 'A.example', 'a.example/x', 'a b', '1234567.example']) {
      expect(isAudienceHost(host), host).toBe(false);
    }
  });
});
