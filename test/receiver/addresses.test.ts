import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cleanAddress } from '../../src/receiver/check/addresses.js';
import { allBytes } from '../files.js';
import { event } from './events.js';
import { answerOf, basic, startReceiver, type TestReceiver } from './start.js';

describe('an address', () => {
  it.each([
    ['https://shop.example/p?size=4&email=ann', 'https://shop.example/p?size=4'],
    ['https://shop.example/p?user[email]=x&user%5Bpassword%5D=y&q=shoes', 'https://shop.example/p?q=shoes'],
    ['https://shop.example/?reset_token=abc#access_token=def&state=1', 'https://shop.example/#state=1'],
    ['https://shop.example/?PHPSESSID=1&jsessionid=2&sid=3&session=4&session_id=5', 'https://shop.example/'],
    [
      'https://shop.example/?q=ann@example.com&r=ann%40example.com&s=ann%2540example.com&t=1',
      'https://shop.example/?t=1',
    ],
    ['https://shop.example/?ann@example.com', 'https://shop.example/'],
    ['https://shop.example/?t=eyJhbGciOi.eyJzdWIi.c2ln', 'https://shop.example/'],
    ['https://ann:secret@shop.example/x', 'https://shop.example/x'],
    ['https://ann%40example.com:secret@shop.example/x', 'https://shop.example/x'],
    ['https://shop.example/unsubscribe/ann@example.com/now', 'https://shop.example/unsubscribe/[email]/now'],
    ['/unsubscribe/ann%40example.com?x=1', '/unsubscribe/[email]?x=1'],
    ['?phone=%2B336&api_key=1&first-name=Ann&colour=red', '?colour=red'],
    ['https://shop.example/?utm_source=ann@example.com&utm_medium=email', 'https://shop.example/?utm_medium=email'],
  ])('%s becomes %s', (address, cleaned) => {
    expect(cleanAddress(address)).toBe(cleaned);
    expect(cleanAddress(cleaned)).toBe(cleaned);
  });

  it.each([
    'https://shop.example/p?utm_source=google&utm_medium=email&gclid=x&mc_eid=y&size=4&code=SPRING&page=2',
    'https://social.example/@ann/status/1?s=20',
    'https://shop.example/?q=a+b&price=1..5&sort=name&key=3&tokens=',
    'https://shop.example/?at_medium=email&xtor=EPR-1#top',
    'https://shop.example/%E2%82%AC?%E0%A4%A=1',
    'https://shop.example/?',
    'https://shop.example/#',
    '',
  ])('%s stays', (address) => {
    expect(cleanAddress(address)).toBe(address);
  });

  it('never throws, and cleaning twice is cleaning once', () => {
    const part = fc.constantFrom(...'?#&=/@.%40:', 'email', 'token=', 'ann@example.com', '%', 'a', '%2540');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 30 }), (parts) => {
        const once = cleanAddress(parts.join(''));
        expect(cleanAddress(once)).toBe(once);
      }),
    );
  });
});

describe('events of any client', () => {
  let test: TestReceiver;
  beforeEach(async () => {
    test = await startReceiver();
  });
  afterEach(() => test.close());

  it('leave no secret in log and store, wherever they carry addresses', async () => {
    const href = 'https://shop.example/p?token=SECRET&email=SECRET&x=1';
    const touch = { at: '2026-11-20T10:00:00.000Z', landing: href, referrer: 'https://a.example/?sid=SECRET' };
    const context = {
      page: { url: href, path: '/u/SECRET@example.com', search: '?password=SECRET', referrer: href, title: 'T' },
      filrouge: { v: 1, touch, first: touch },
    };
    const properties = { url: href, referrer: href, search: '?pwd=SECRET', link_url: href, note: 'a=b, c@d', price: 3 };
    for (const key of ['wk', 'sk']) {
      const batch = [event({ type: 'page', context, properties }), event({ context, properties })];
      const response = await test.post({ batch }, { headers: { authorization: basic(key) } });
      expect(await answerOf(response)).toEqual({ success: true, accepted: 2 });
    }
    for (const stored of await test.events()) {
      expect(stored.context?.page).toEqual({
        url: 'https://shop.example/p?x=1',
        path: '/u/[email]',
        search: '',
        referrer: 'https://shop.example/p?x=1',
        title: 'T',
      });
      expect(stored.properties).toMatchObject({ link_url: 'https://shop.example/p?x=1', note: 'a=b, c@d', price: 3 });
    }
    expect((await allBytes(test.directory)).includes('SECRET')).toBe(false);
  });

  it('are written as they came where there is nothing to clean', async () => {
    const body = JSON.stringify({ batch: [event({ context: { page: { url: 'https://shop.example/?q=shoes' } } })] });
    await test.post(body);
    expect((await allBytes(test.directory)).includes(body)).toBe(true);
  });
});
