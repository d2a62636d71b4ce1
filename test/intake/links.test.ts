import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LinkRequest } from '../../src/intake/index.js';
import { createStamper } from '../../src/stores/stamp/stamp.js';
import { answerOf, startReceiver, type TestReceiver } from '../receiver/start.js';
import { logText, PERSON, startDoors } from './door.js';

const TARGET = 'https://shop.example/winter?color=red%20blue&utm_source=old#top';
const CAMPAIGN = { source: 'flyer', medium: 'qr', name: 'winter sale' };

let door: TestReceiver;
beforeEach(async () => {
  door = await startDoors();
});
afterEach(() => door.close());

async function make(asked: LinkRequest | { links: unknown[] }, at: TestReceiver = door): Promise<Response> {
  return at.request('/v1/links', {
    method: 'POST',
    headers: { authorization: 'Bearer ak' },
    body: JSON.stringify(asked),
  });
}

async function pathOf(asked: LinkRequest, at: TestReceiver = door): Promise<string> {
  const { link, image } = await answerOf(await make(asked, at));
  return new URL(String(link ?? image)).pathname;
}

const click = (path: string, headers: Record<string, string> = PERSON, at = door) => at.request(path, { headers });

describe('a signed link', () => {
  test('records the click with its campaign, and shows the campaign to the site', async () => {
    const answer = await click(await pathOf({ url: TARGET, campaign: CAMPAIGN, id: 'flyer-7' }));
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe(
      'https://shop.example/winter?color=red%20blue&utm_source=flyer&utm_medium=qr&utm_campaign=winter%20sale#top',
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    const [event, ...others] = await door.events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      type: 'track',
      event: 'Link Clicked',
      anonymousId: 'anonymous',
      properties: { link_id: 'flyer-7', link_url: 'https://shop.example/winter?color=red%20blue#top' },
      context: { campaign: CAMPAIGN },
    });
    expect(event?.context?.filrouge?.automated).toBeUndefined();
  });

  test('names its recipient by hashes only, in the link as in the log', async () => {
    const path = await pathOf({ url: TARGET, recipient: { email: 'Ann@Example.com', loyaltyId: '4711' } });
    expect(Buffer.from(path.split(/[/.]/)[2] ?? '', 'base64url').toString()).not.toMatch(/example\.com"|ann/i);
    await click(path);
    const [event] = await door.events();
    expect(event).toMatchObject({
      userId: 'loyalty_id:4711',
      context: { externalIds: [{ type: 'email_hash' }, { type: 'loyalty_id', id: '4711' }] },
    });
    expect(await logText(door)).not.toMatch(/ann@/i);
  });

  test('forgets the recipient where the settings say so', async () => {
    const strict = await startDoors({ links: { recipient: 'never' } });
    await click(await pathOf({ url: TARGET, recipient: { userId: 'customer-7' } }, strict), PERSON, strict);
    expect(await logText(strict)).not.toMatch(/customer-7/);
    expect(await strict.events()).toHaveLength(1);
    await strict.close();
  });

  test('ends when it was said to end, on a page of the site where there is one', async () => {
    const asked = { url: TARGET, expires: '2026-01-01T00:00:00Z' };
    const late = await click(await pathOf(asked));
    expect(late.status).toBe(410);
    expect(await answerOf(late)).toMatchObject({ error: { code: 'expired-link' } });
    const kind = await startDoors({ links: { fallback: 'https://shop.example/' } });
    expect((await click(await pathOf(asked, kind), PERSON, kind)).headers.get('location')).toBe(
      'https://shop.example/',
    );
    expect([...(await door.events()), ...(await kind.events())]).toEqual([]);
    await kind.close();
  });

  test('leads on when the event cannot be written, and counts that', async () => {
    const log = { ...door.log, append: () => Promise.reject(new Error('disk')) };
    const broken = await startDoors({}, { log });
    const answer = await click(await pathOf({ url: TARGET }, broken), PERSON, broken);
    expect(answer.status).toBe(302);
    expect(await broken.receiver.metrics.text()).toMatch(/refused_total\{code="storage-unavailable"\} 1/);
    await broken.receiver.close();
  });

  test.each([
    ['a prefetch', { ...PERSON, 'sec-purpose': 'prefetch;prerender' }, 503, 'prefetch'],
    ['a preview', { ...PERSON, 'x-purpose': 'preview' }, 302, 'prefetch'],
    ['a bot', { ...PERSON, 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }, 302, 'user-agent'],
    ['a tool without a name', { 'user-agent': '' }, 302, 'user-agent'],
    ['a link scanner', { ...PERSON, 'user-agent': 'Barracuda Sentinel (EE)' }, 302, 'scanner'],
    ['a scanner with a borrowed name', { 'user-agent': PERSON['user-agent'] }, 302, 'no-language'],
  ])('marks %s', async (_, headers, status, automation) => {
    expect((await click(await pathOf({ url: TARGET }), headers)).status).toBe(status);
    const [event] = await door.events();
    expect(event).toMatchObject({
      properties: { automated: true, automation },
      context: { filrouge: { automated: true } },
    });
    const [entry] = await door.entries();
    if (entry?.meta.kind !== 'batch' || !entry.events[0]) throw new Error('no record');
    expect(createStamper({ pepper: 'p' })(entry.events[0], entry.meta).row.automated).toBe(true);
  });

  test('does not count HEAD, and takes no other method', async () => {
    const path = await pathOf({ url: TARGET });
    expect((await door.request(path, { method: 'HEAD', headers: PERSON })).headers.get('location')).toContain(
      'shop.example',
    );
    expect((await door.request(path, { method: 'POST', body: '' })).status).toBe(405);
    expect(await door.events()).toEqual([]);
  });
});

describe('the signature', () => {
  test('holds against every changed character, and a link is no open', async () => {
    const path = await pathOf({ url: TARGET, campaign: CAMPAIGN });
    const token = path.slice('/r/'.length);
    await fc.assert(
      fc.asyncProperty(fc.nat(token.length - 1), fc.constantFrom(...'abcXYZ019-_.'), async (at, letter) => {
        if (token[at] === letter) return;
        const forged = token.slice(0, at) + letter + token.slice(at + 1);
        expect((await click(`/r/${forged}`)).status).toBe(404);
      }),
      { numRuns: 200 },
    );
    expect((await click(`/o/${token}.gif`)).status).toBe(404);
    expect((await click('/r/https:%2F%2Fevil.example')).status).toBe(404);
    expect(await door.events()).toEqual([]);
  });

  test('of an old secret goes on counting beside the new one', async () => {
    const [old, young] = ['an old secret of links', 'a new secret of links'];
    const before = await startDoors({ links: { secrets: [old] } });
    const path = await pathOf({ url: TARGET }, before);
    const after = await startDoors({ links: { secrets: [young, old] } });
    const other = await startDoors({ links: { secrets: [young] } });
    expect((await click(path, PERSON, after)).status).toBe(302);
    expect((await click(path, PERSON, other)).status).toBe(404);
    await Promise.all([before, after, other].map((one) => one.close()));
  });
});

describe('making links', () => {
  test.each([
    [{ url: 'javascript:alert(1)' }, /^url must be http/],
    [{ url: 'data:text/html,x' }, /^url must be http/],
    [{ url: '//evil.example' }, /^url must be an absolute/],
    [{ url: 'https://a:b@shop.example' }, /without user name/],
    [{ url: `https://shop.example/${'x'.repeat(2000)}` }, /at most 2000/],
    [{ url: TARGET, campaign: { source: 'ann@example.com' } }, /campaign.source must be no e-mail/],
    [{ url: TARGET, campaign: { 'Source&x': 'y' } }, /small letters/],
    [{ url: TARGET, expires: 'soon' }, /expires must be an ISO/],
    [{ url: TARGET, id: 'a b' }, /id must be letters/],
    [{ url: TARGET, recipient: { mail: 'x' } }, /recipient.mail must be left out/],
    [{ url: TARGET, target: 'x' }, /target must be left out/],
    [{ type: 'open', url: TARGET }, /url must be left out/],
  ])('refuses %j and says why', async (asked, why) => {
    const answer = await make(asked as LinkRequest);
    expect(answer.status).toBe(400);
    expect(await answerOf(answer)).toMatchObject({ error: { code: 'bad-query', message: expect.stringMatching(why) } });
  });

  test('never leads to another host than the one that was asked for', async () => {
    await fc.assert(
      fc.asyncProperty(fc.webUrl({ withQueryParameters: true, withFragments: true }), async (url) => {
        const to = (await click(await pathOf({ url, campaign: CAMPAIGN }))).headers.get('location') ?? '';
        expect(new URL(to).host).toBe(new URL(url).host);
        expect(new URL(to).searchParams.get('utm_source')).toBe('flyer');
        expect(new URL(to).hash).toBe(new URL(url).hash);
      }),
      { numRuns: 25 },
    );
  });

  test('is for the admin key, many at once, and one wrong one spoils none silently', async () => {
    const body = JSON.stringify({ url: TARGET });
    expect((await door.request('/v1/links', { method: 'POST', body })).status).toBe(401);
    const links = [
      { url: TARGET, recipient: { userId: 'a' } },
      { url: TARGET, recipient: { userId: 'b' } },
    ];
    const made = await answerOf(await make({ links }));
    expect(made.links).toHaveLength(2);
    expect(await answerOf(await make({ links: [...links, {}] }))).toMatchObject({ error: { message: /url must be/ } });
    const open = await startReceiver();
    expect((await open.request('/v1/links', { method: 'POST', body })).status).toBe(404);
    await open.close();
  });

  test('gives QR codes to everybody who has a link, and to nobody else', async () => {
    const { qr } = await answerOf(await make({ url: TARGET, campaign: CAMPAIGN }));
    const path = new URL(String(qr)).pathname;
    const svg = await door.request(path);
    expect(svg.headers.get('content-type')).toBe('image/svg+xml');
    expect(await svg.text()).toMatch(/^<svg [^>]*viewBox="0 0 (\d+) \1"[\s\S]*<\/svg>\s*$/);
    const png = Buffer.from(await (await door.request(path.replace('.svg', '.png'))).arrayBuffer());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBe(png.readUInt32BE(20));
    expect((await door.request('/v1/links/e30.AAAAAAAAAAAAAAAAAAAAAA.svg')).status).toBe(404);
  });
});

describe('the picture in an e-mail', () => {
  const mail: LinkRequest = {
    type: 'open',
    id: 'letter-12',
    campaign: { ...CAMPAIGN, id: 'c9' },
    recipient: { userId: 'ann' },
  };

  test('records Email Opened and is a picture that nobody keeps', async () => {
    const answer = await click(await pathOf(mail));
    expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toMatch(/^GIF89a/);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(await door.events()).toMatchObject([
      {
        event: 'Email Opened',
        userId: 'ann',
        properties: { email_id: 'letter-12', campaign_id: 'c9', campaign_name: 'winter sale' },
      },
    ]);
    expect(await door.events()).not.toMatchObject([{ properties: { machine: true } }]);
  });

  test.each([
    ['Apple’s privacy proxy', 'Mozilla/5.0', 'apple-privacy'],
    [
      'Gmail’s proxy',
      'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
      'google-proxy',
    ],
    ['Yahoo’s proxy', 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html', 'yahoo-proxy'],
    ['a scanner', 'Mimecast/1.0', 'scanner'],
  ])('marks an open by %s', async (_, userAgent, reason) => {
    await click(await pathOf(mail), { 'user-agent': userAgent });
    expect(await door.events()).toMatchObject([{ properties: { machine: true, machine_reason: reason } }]);
  });

  test('takes a mail program without a language for its reader', async () => {
    await click(await pathOf(mail), { 'user-agent': `${PERSON['user-agent']} Thunderbird/140.0` });
    expect(await door.events()).not.toMatchObject([{ properties: { machine: true } }]);
  });

  test('shows no broken picture when the e-mail is too old, and records nothing then', async () => {
    const answer = await click(await pathOf({ ...mail, expires: '2026-01-01' }));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/gif']);
    expect((await click('/o/e30.AAAAAAAAAAAAAAAAAAAAAA.gif')).status).toBe(404);
    expect(await door.events()).toEqual([]);
  });
});
