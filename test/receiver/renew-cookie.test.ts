import { afterEach, expect, it } from 'vitest';
import { type JsonObject, uuidv7 } from '../../src/protocol/index.js';
import { cookieRenewal } from '../../src/receiver/renew-cookie.js';
import type { Store } from '../../src/stores/contract.js';
import { memoryStore } from '../../src/stores/memory.js';
import { basic, PEPPER, startReceiver, type TestReceiver } from './start.js';

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-11-22T10:00:00Z');
const idOf = (ageDays: number, fill = 1) => uuidv7(NOW - ageDays * DAY_MS, new Uint32Array(3).fill(fill));
const ID = idOf(10);
const OTHER = idOf(10, 2);
const GRANTED = { analytics: true };
const page = (over: JsonObject = {}, consent: JsonObject = GRANTED): JsonObject => ({
  type: 'page',
  messageId: `m${count++}`,
  anonymousId: ID,
  timestamp: '2026-11-22T10:00:00.000Z',
  context: { consent: { categoryPreferences: consent } },
  ...over,
});
let count = 0;
let receiver: TestReceiver;
afterEach(() => receiver.close());

interface Case {
  events?: JsonObject[];
  headers?: Record<string, string | undefined>;
  cookieDomain?: string | undefined;
  origins?: string[] | '*';
}

/** What the answer to a batch sets, with everything right but what the case changes. */
async function setCookie({ events = [page()], headers = {}, ...over }: Case): Promise<string | null> {
  await start(over);
  return send(events, headers);
}

async function start(over: Omit<Case, 'events' | 'headers'> & { directory?: string; store?: Store }): Promise<void> {
  receiver = await startReceiver({
    origins: ['https://www.shop.example', 'https://other.example', 'http://dev.shop.example'],
    ...('cookieDomain' in over ? {} : { cookieDomain: 'shop.example' }),
    ...(over.cookieDomain !== undefined && { cookieDomain: over.cookieDomain }),
    ...(over.origins && { origins: over.origins }),
    ...(over.directory && { directory: over.directory }),
    ...(over.store && { store: over.store }),
    now: () => NOW,
  });
}

async function send(events: JsonObject[], headers: Case['headers'] = {}): Promise<string | null> {
  const all = { origin: 'https://www.shop.example', cookie: `theme=dark; fr_id=${ID}; x=1`, ...headers };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const answer = await receiver.request('/v1/batch', {
    method: 'POST',
    headers: { 'content-type': 'text/plain', authorization: basic('wk'), ...Object.fromEntries(given) },
    body: JSON.stringify({ batch: events }),
  });
  expect(answer.status).toBe(headers.origin === 'https://evil.example' ? 403 : 200);
  return answer.headers.get('set-cookie');
}

it.each<[string, Case, number]>([
  ['the visitor’s own cookie', {}, 385],
  ['where another visitor’s events are in the batch too', { events: [page({ anonymousId: OTHER }, {}), page()] }, 385],
  ['for a domain that begins with a dot', { cookieDomain: '.Shop.Example' }, 385],
  [
    'for an id made just now',
    { events: [page({ anonymousId: idOf(0) })], headers: { cookie: `fr_id=${idOf(0)}` } },
    395,
  ],
  [
    'by a clock a little ahead',
    { events: [page({ anonymousId: idOf(-0.5) })], headers: { cookie: `fr_id=${idOf(-0.5)}` } },
    395,
  ],
])('renews %s, for what is left of 13 months', async (_, given, days) => {
  const cookie = await setCookie(given);
  expect(cookie).toMatch(/^fr_id=[\w-]{36}; Domain=shop\.example; Path=\/; Max-Age=\d+; SameSite=Lax; Secure$/);
  expect(Number(/Max-Age=(\d+)/.exec(cookie ?? '')?.[1])).toBe(days * 86_400);
});

it('says Secure as the page’s own writing would', async () => {
  expect(await setCookie({ headers: { origin: 'http://dev.shop.example' } })).toMatch(/SameSite=Lax$/);
});

it.each<[string, Case]>([
  ['no cookie domain is configured', { cookieDomain: undefined }],
  ['the request carries no id', { headers: { cookie: 'theme=dark' } }],
  ['the request carries no cookie', { headers: { cookie: undefined } }],
  ['two ids that differ', { headers: { cookie: `fr_id=${ID}; fr_id=${OTHER}` } }],
  ['the name of the cookie only ends alike', { headers: { cookie: `xfr_id=${ID}` } }],
  ['the id is not the event’s', { headers: { cookie: `fr_id=${OTHER}` } }],
  ['the event has no device', { events: [page({ anonymousId: undefined as never, userId: 'ann' })] }],
  ['the event says nothing of consent', { events: [page({ context: {} })] }],
  ['analytics is pending', { events: [page({}, { advertising: true })] }],
  ['one of the events is without consent', { events: [page(), page({}, {})] }],
  ['one of the events was refused', { events: [page(), page({}, { analytics: false })] }],
  ['the last event withdraws', { events: [page(), withdrawal()] }],
  ['the page’s origin is not listed', { headers: { origin: 'https://evil.example' } }],
  ['all origins are listed, hence none', { origins: '*' }],
  [
    'the origin is the receiver’s own host, and not listed',
    { headers: { origin: 'https://c.shop.example', host: 'c.shop.example' } },
  ],
  ['the origin is listed, but of another domain', { headers: { origin: 'https://other.example' } }],
  ['no origin is named', { headers: { origin: undefined } }],
  ['13 months are over', { events: [page({ anonymousId: idOf(395) })], headers: { cookie: `fr_id=${idOf(395)}` } }],
  [
    'the id is from the future',
    { events: [page({ anonymousId: idOf(-2) })], headers: { cookie: `fr_id=${idOf(-2)}` } },
  ],
  [
    'the id does not tell when it was made',
    { events: [page({ anonymousId: 'abc' })], headers: { cookie: 'fr_id=abc' } },
  ],
])('sets no cookie when %s', async (_, given) => {
  expect(await setCookie(given)).toBeNull();
});

it('never brings back an id that withdrew, whatever is still on its way', async () => {
  expect(await setCookie({})).not.toBeNull();
  expect(await send([withdrawal()])).toBeNull();
  expect(await send([page()])).toBeNull();
  expect(await send([page({ anonymousId: OTHER })], { cookie: `fr_id=${OTHER}` })).not.toBeNull();
});

it('remembers over a restart who withdrew, and renews nothing before it does', async () => {
  await start({});
  await send([page(), page({ anonymousId: OTHER })]);
  await send([withdrawal()]);
  const { directory } = receiver;
  await receiver.receiver.close();
  await receiver.log.close();
  let open = () => {};
  const isOpen = new Promise<void>((resolve) => {
    open = resolve;
  });
  const store = memoryStore({ pepper: PEPPER });
  const slow: Store = {
    ...store,
    async *events(query) {
      await isOpen;
      yield* store.events(query);
    },
  };
  await start({ directory, store: slow });
  const other = () => send([page({ anonymousId: OTHER })], { cookie: `fr_id=${OTHER}` });
  expect(await other()).toBeNull();
  open();
  await expect.poll(other, { timeout: 20_000 }).not.toBeNull();
  expect(await send([page()])).toBeNull();
});

it('does not bring back the id of somebody who was erased', async () => {
  await start({});
  await expect.poll(() => send([page()]), { timeout: 20_000 }).not.toBeNull();
  expect((await receiver.admin(`/v1/people/${ID}`, 'DELETE')).status).toBe(200);
  const later = new Date(Date.now() + 1000).toISOString();
  expect(await send([page({ timestamp: later })])).toBeNull();
});

it('lets a page of a listed origin send cookies, and no other', async () => {
  await setCookie({});
  const ask = async (origin: string) =>
    (await receiver.request('/v1/batch', { method: 'POST', headers: { origin }, body: '{}' })).headers;
  const listed = await ask('https://www.shop.example');
  expect(listed.get('access-control-allow-credentials')).toBe('true');
  expect(listed.get('access-control-allow-origin')).toBe('https://www.shop.example');
  expect((await ask('https://evil.example')).get('access-control-allow-credentials')).toBeNull();
});

it('refuses a domain that is none', async () => {
  receiver = await startReceiver();
  for (const domain of ['', 'localhost', 'https://shop.example', '127.0.0.1', 'shop.example; Path=/']) {
    expect(
      () => cookieRenewal({ cookieDomain: domain, origins: [], isErased: () => false, now: Date.now }),
      domain,
    ).toThrow('must be a host name');
  }
});

function withdrawal(): JsonObject {
  return page({ type: 'track', event: 'Segment Consent Preference Updated' }, { analytics: false });
}
