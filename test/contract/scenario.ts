import type { LogRecord } from '../../src/log/contract.js';
import { events, record } from './wire.js';

/** The goal of all questions. */
export const GOAL = 'Order Completed';
/** Keys of the sources that come up. */
export const GOOGLE = '["google","cpc","spring",null,null,null,null,null]';
export const MAIL = '["mail","email",null,null,null,null,null,null]';
export const NEWS = '[null,null,null,null,null,null,null,"news.example"]';

/** Ann: an ad on Monday on her phone, direct on her laptop, an order there; somebody else; an order at the till; a bot. */
export function week(): LogRecord[] {
  const ad = { campaign: { source: 'google', medium: 'cpc', name: 'spring' } };
  const url = { page: { url: 'https://shop.example/' } };
  const order = (id: string, total: number) => ({ event: GOAL, properties: { order_id: id, total, currency: 'EUR' } });
  const browser = events(
    { minute: 0, anonymousId: 'phone', context: ad },
    { minute: 0.5, anonymousId: 'phone', context: ad },
    { minute: 60, anonymousId: 'laptop', userId: 'ann' },
    { minute: 70, anonymousId: 'laptop', context: url, ...order('A', 20.1) },
    { minute: 71, anonymousId: 'laptop', context: url, ...order('A', 20.1) },
    { minute: 90, anonymousId: 'phone', userId: 'ann', type: 'identify' },
    { minute: 100, anonymousId: 'other', context: { page: { ...url.page, referrer: 'https://news.example/x' } } },
    { minute: 100, anonymousId: 'bot', context: { userAgent: 'Googlebot/2.1' } },
    { minute: 101, anonymousId: 'bot', context: { ...url, userAgent: 'Googlebot/2.1' }, ...order('B', 999) },
  );
  const till = events(
    { minute: 1500, userId: 'ann', messageId: 'till1', ...order('T', 5.2) },
    { minute: 1501, userId: 'stranger', messageId: 'till2', event: GOAL, properties: { revenue: '7.5' } },
  );
  return [record(1, browser), record(2, till, { key: 'secret' })];
}
