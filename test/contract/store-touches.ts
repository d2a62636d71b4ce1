import { expect, test } from 'vitest';
import type { Campaign } from '../../src/protocol/index.js';
import { GOAL, GOOGLE, MAIL } from './scenario.js';
import type { Filled } from './stores.js';
import { all, at, events, record } from './wire.js';

/** What is a touch and what is not. */
export function testTouches(filled: Filled): void {
  const paths = async (...sketches: Parameters<typeof events>) => {
    const store = await filled(record(1, events(...sketches, { minute: 10_000, event: GOAL })));
    const [journey] = await all(store.journeys({ goal: GOAL, lookbackDays: 30 }));
    return journey?.touches.map((touch) => [(Date.parse(touch.at) - Date.parse(at(0))) / 60_000, touch.sourceKey]);
  };
  const touch = (minute: number, source: Campaign = { source: 'google', medium: 'cpc', name: 'spring' }) => ({
    campaign: source,
    filrouge: { v: 1 as const, touch: { at: at(minute), campaign: source } },
  });
  const mail = { source: 'mail', medium: 'email' };
  const page = (url: string, referrer?: string) => ({ page: { url, ...(referrer ? { referrer } : {}) } });

  test('a touch that is repeated on every event is one touch', async () => {
    const context = touch(-0.01);
    expect(await paths({ minute: 0, context }, { minute: 1, context }, { minute: 2, context })).toEqual([[0, GOOGLE]]);
  });

  test('a touch of an earlier visit does not make a later direct one a campaign visit', async () => {
    const context = touch(0);
    expect(await paths({ minute: 0, context }, { minute: 100, context }, { minute: 101, context })).toEqual([
      [0, GOOGLE],
      [100, 'direct'],
    ]);
  });

  test('a landing before a late consent is the touch of the session; one long before is not', async () => {
    expect(await paths({ minute: 20, context: touch(0) })).toEqual([[20, GOOGLE]]);
    expect(await paths({ minute: 31, context: touch(0) })).toEqual([[31, 'direct']]);
  });

  test('other evidence within a session is a further touch, at the time of its landing', async () => {
    const [first, second] = [touch(0), touch(5, mail)];
    expect(
      await paths(
        { minute: 0, context: first },
        { minute: 6, context: second },
        { minute: 7, context: first },
        { minute: 8, context: second },
      ),
    ).toEqual([
      [0, GOOGLE],
      [5, MAIL],
    ]);
  });

  test('evidence that comes after a direct start adds a touch', async () => {
    const later = touch(5);
    expect(await paths({ minute: 0 }, { minute: 5, context: later })).toEqual([
      [0, 'direct'],
      [5, GOOGLE],
    ]);
  });

  test('a plain client: campaign and click ids from the address, own hosts are no source', async () => {
    const own = page('https://shop.example/b', 'https://www.shop.example/a');
    const paid = page('https://shop.example/thanks', 'https://www.paypal.com/pay');
    expect(
      await paths(
        {
          minute: 0,
          context: page('https://shop.example/?utm_source=bing&utm_medium=cpc&MSCLKID=1', 'https://www.bing.com/'),
        },
        { minute: 1, context: own },
        { minute: 2, context: paid },
      ),
    ).toEqual([
      [0, '["bing","cpc",null,null,null,null,"msclkid","www.bing.com"]'],
      // A fact; that it is a payment page, and so no touch, is known where channels are found.
      [2, '[null,null,null,null,null,null,null,"www.paypal.com"]'],
    ]);
  });

  test('after the landing page the referrer alone is not a new touch; another one is', async () => {
    const landing = page('https://shop.example/?utm_source=n', 'https://news.example/');
    const next = page('https://shop.example/b', 'https://news.example/');
    const blog = page('https://shop.example/c', 'https://blog.example/');
    expect(
      await paths({ minute: 0, context: landing }, { minute: 1, context: next }, { minute: 2, context: blog }),
    ).toEqual([
      [0, '["n",null,null,null,null,null,null,"news.example"]'],
      [2, '[null,null,null,null,null,null,null,"blog.example"]'],
    ]);
  });

  test('a touch after the conversion is not on its path', async () => {
    const store = await filled(
      record(1, events({ minute: 0 }, { minute: 5, event: GOAL }, { minute: 6, context: touch(6) })),
    );
    expect(await all(store.journeys({ goal: GOAL, lookbackDays: 1 }))).toMatchObject([
      { touches: [{ at: at(0), sourceKey: 'direct' }] },
    ]);
  });
}
