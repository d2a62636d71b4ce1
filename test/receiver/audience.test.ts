import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AudienceBook, audienceBook } from '../../src/audience/index.js';
import { readAudienceView } from '../../src/receiver/audience-view.js';
import type { ReceiverOptions } from '../../src/receiver/index.js';
import { allBytes, freshDirectory } from '../files.js';
import { answerOf, startReceiver, type TestReceiver } from './start.js';

const CHROME =
  'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36';
const VIEW = { v: 1, writeKey: 'wk', path: '/shop', from: 'news.example', campaign: true };
const ORIGIN = { origin: 'https://shop.example' };
const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-22T10:00:00Z');

let receiver: TestReceiver;
let book: AudienceBook;

async function start(over: Partial<ReceiverOptions> = {}): Promise<void> {
  const directory = freshDirectory();
  book = over.audience ?? (await openBook(directory));
  receiver = await startReceiver({ directory, audience: book, ...over });
}
const openBook = (directory: string, now = NOW) =>
  audienceBook({ directory: join(directory, 'audience'), now: () => now });
const stop = async () => {
  await book.close();
  await receiver.close();
};
beforeEach(() => start());
afterEach(stop);

const view = (body: unknown, headers: Record<string, string> = {}) =>
  receiver.request('/v1/audience', {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': CHROME, ...ORIGIN, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const codeOf = async (response: Response) => ((await answerOf(response)).error as { code: string }).code;
const today = async () =>
  Object.fromEntries(Object.entries((await book.read('2026-11-22', '2026-11-22'))[0]?.counts ?? {}));

describe('POST /v1/audience', () => {
  it('counts a view at once, each thing by itself', async () => {
    const response = await view(VIEW);
    expect([response.status, await answerOf(response)]).toEqual([200, { success: true }]);
    await view({ v: 1, writeKey: 'wk', path: '/shop' });
    expect(await (await receiver.request('/metrics')).text()).toMatch(/^filrouge_audience_views_total 2$/m);
    expect(await today()).toEqual({
      hour: new Map([['10', { views: 2, entries: 1 }]]),
      page: new Map([['/shop', { views: 2, entries: 1 }]]),
      from: new Map([['news.example', { views: 1, entries: 1 }]]),
      campaign: new Map([['yes', { views: 1, entries: 1 }]]),
      device: new Map([['mobile', { views: 2, entries: 1 }]]),
    });
  });

  it('answers pages of listed origins, without a word on cookies', async () => {
    const { headers } = await view(VIEW, { cookie: 'fr_id=somebody' });
    expect(headers.get('access-control-allow-origin')).toBe('https://shop.example');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('set-cookie')).toBeNull();
    const foreign = await view(VIEW, { origin: 'https://evil.example' });
    expect([foreign.status, await codeOf(foreign)]).toEqual([403, 'wrong-origin']);
    const preflight = await receiver.request('/v1/audience', { method: 'OPTIONS', headers: ORIGIN });
    expect([preflight.status, preflight.headers.get('access-control-allow-methods')]).toEqual([204, 'POST']);
    const read = await receiver.request('/v1/audience', { headers: ORIGIN });
    expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });

  it.each([
    ['an id', { ...VIEW, anonymousId: 'a1' }],
    ['a message id', { ...VIEW, messageId: 'm1' }],
    ['a session', { ...VIEW, session: '1' }],
    ['a time', { ...VIEW, timestamp: '2026-11-22T10:00:00Z' }],
    ['the value of a campaign', { ...VIEW, campaign: 'spring' }],
    ['a campaign where no visit begins', { v: 1, writeKey: 'wk', path: '/', campaign: true }],
    ['a query', { ...VIEW, path: '/shop?id=1' }],
    ['an e-mail address in the path', { ...VIEW, path: '/u/ann@shop.example' }],
    ['an order number in the path', { ...VIEW, path: '/orders/1002345' }],
    ['the address of the page before', { ...VIEW, from: 'https://news.example/a' }],
    ['an id in the host of the page before', { ...VIEW, from: 'a1b2c3d4e5f6a7b8c9.mail.example' }],
    ['another version', { ...VIEW, v: 2 }],
    ['a list', [VIEW]],
    ['no JSON', '{'],
    ['nothing', ''],
  ])('refuses %s', async (_, body) => {
    const response = await view(body);
    expect([response.status, await codeOf(response)]).toEqual([400, 'bad-view']);
    expect(await book.read('2026-01-01', '2026-12-31')).toEqual([]);
  });

  it('takes nothing but views, whatever the JSON', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.jsonValue().map((extra) => JSON.stringify({ ...VIEW, extra })),
        ),
        (body) => {
          expect(readAudienceView(new TextEncoder().encode(body))).toBeUndefined();
        },
      ),
    );
  });

  it('refuses wrong keys, secret keys and bodies larger than a view', async () => {
    for (const writeKey of ['sk', 'ak', 'none']) {
      const response = await view({ ...VIEW, writeKey });
      expect([response.status, await codeOf(response)]).toEqual([401, 'wrong-key']);
    }
    expect((await view(`${JSON.stringify(VIEW)}${' '.repeat(5000)}`)).status).toBe(413);
  });

  it('keeps no trace of the request in any file', async () => {
    const marks = ['Marker/77.1', '203.0.113.9', 'cookie-marker', 'language-marker', 'referer-marker', 'query-marker'];
    await view(VIEW, {
      'user-agent': `${CHROME} Marker/77.1`,
      'x-forwarded-for': '203.0.113.9',
      cookie: 'fr_id=cookie-marker',
      'accept-language': 'language-marker',
      referer: 'https://shop.example/referer-marker',
    });
    await receiver.request('/v1/audience?query-marker', {
      method: 'POST',
      headers: ORIGIN,
      body: JSON.stringify({ ...VIEW, anonymousId: 'id-marker' }),
    });
    await receiver.receiver.settled();
    const bytes = await allBytes(receiver.directory);
    expect(bytes.includes('news.example')).toBe(true);
    for (const mark of [...marks, 'id-marker', 'Chrome', 'Android']) expect(bytes.includes(mark), mark).toBe(false);
    expect(await receiver.entries()).toEqual([]);
  });

  it('counts machines apart', async () => {
    await view(VIEW, { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' });
    expect(await today()).toMatchObject({ device: new Map([['bot', { views: 1, entries: 1 }]]), page: new Map() });
  });

  it('says so when it cannot write', async () => {
    await stop();
    await start({ audience: { ...book, add: () => Promise.reject(new Error('no room')), close: async () => {} } });
    const response = await view(VIEW);
    expect([response.status, await codeOf(response)]).toEqual([503, 'storage-unavailable']);
  });

  it('does not exist without a book', async () => {
    const without = await startReceiver();
    const response = await without.request('/v1/audience', {
      method: 'POST',
      headers: ORIGIN,
      body: JSON.stringify(VIEW),
    });
    expect(response.status).toBe(404);
    await without.close();
  });

  it('keeps to the limits of addresses and keys', async () => {
    await stop();
    await start({ limits: { perKey: { requests: 1, seconds: 60 } } });
    await view(VIEW);
    const response = await view(VIEW);
    expect([response.status, response.headers.has('retry-after')]).toEqual([429, true]);
  });

  it('forgets days when their time is over, and keeps none for longer than the exemption allows', async () => {
    await view(VIEW);
    const { log, store, directory } = receiver;
    const retain = async (days: number, later: number) => {
      const keeper = await startReceiver({
        log,
        store,
        directory,
        audience: book,
        audienceDays: days,
        now: () => later,
      });
      const { retention } = await answerOf(await keeper.admin('/v1/retention', 'POST'));
      await keeper.receiver.close();
      return retention;
    };
    expect(await retain(30, NOW + 30 * DAY_MS)).toMatchObject([{ class: 'audience', days: 30, removed: 0 }]);
    expect(await book.read('2026-11-01', '2026-11-30')).toHaveLength(1);
    expect(await retain(30, NOW + 31 * DAY_MS)).toMatchObject([{ class: 'audience', days: 30, removed: 1 }]);
    expect((await readdir(join(directory, 'audience'))).filter((name) => name.endsWith('.json'))).toEqual([]);
    await expect(retain(761, NOW)).rejects.toThrow('25 months');
  });
});
