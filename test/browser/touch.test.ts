import { describe, expect, it } from 'vitest';
import type { DeviceRecord } from '../../src/browser/storage.js';
import { keepTouch, readTouch } from '../../src/browser/touch.js';

const AT = Date.UTC(2026, 0, 1);
const read = (url: string, from = '') => readTouch(url, from, AT);

describe('readTouch', () => {
  it('finds nothing in a direct visit', () => expect(read('https://shop.example/')).toBeUndefined());

  it('keeps origin and path of a foreign referrer, never its query', () => {
    expect(read('https://shop.example/', 'https://news.example/a/b?user=ann#x')).toEqual({
      at: '2026-01-01T00:00:00.000Z',
      referrer: 'https://news.example/a/b',
      landing: 'https://shop.example/',
    });
  });

  it.each([
    ['https://www.shop.example/', 'https://shop.example/a'],
    ['https://shop.example/', 'https://blog.shop.example/'],
    ['https://shop.co.uk/', 'https://www.shop.co.uk/'],
    ['http://127.0.0.1:81/', 'http://127.0.0.1:82/'],
    ['http://localhost:81/', 'http://localhost:82/'],
  ])('takes %s for the same site as %s', (url, from) => expect(read(url, from)).toBeUndefined());

  it.each([
    ['https://shop.co.uk/', 'https://other.co.uk/'],
    ['https://shop.example/', 'https://shop.other/'],
    ['http://127.0.0.1/', 'http://127.0.0.2/'],
    ['https://shop.example/', 'android-app://com.google.android.gm/'],
  ])('takes %s for another site than %s', (url, from) => expect(read(url, from)?.referrer).toBe(from));

  it('strips the landing', () => {
    expect(read('https://shop.example/a?utm_source=x&q=1&gclid=Z')).toMatchObject({
      campaign: { source: 'x' },
      clickIds: { gclid: 'Z' },
      landing: 'https://shop.example/a?q=1',
    });
  });
});

describe('keepTouch', () => {
  const touch = (source: string, landing = 'https://shop.example/') => ({ at: '', campaign: { source }, landing });

  it('keeps a reload of the landing page, or the same parameters on the next page, once', () => {
    const record: DeviceRecord = {};
    keepTouch(record, touch('a'));
    keepTouch(record, { ...touch('a', 'https://shop.example/b'), at: 'later' });
    expect(record.touches).toEqual([touch('a')]);
    // As after a round trip through storage, and in a new session.
    const stored: DeviceRecord = JSON.parse(JSON.stringify({ ...record, touch: undefined }));
    keepTouch(stored, touch('a'));
    expect(stored.touches?.length).toBe(2);
  });

  it('never forgets the first, and is bounded', () => {
    const record: DeviceRecord = {};
    for (let i = 0; i < 100; i++) keepTouch(record, touch(`s${i}`));
    expect(record.touches?.length).toBe(30);
    expect(record.touches?.[0]).toEqual(touch('s0'));
    expect(record.touches?.at(-1)).toEqual(touch('s99'));
    expect(record.touch).toEqual(touch('s99'));
  });
});
