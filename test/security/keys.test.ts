import * as crypto from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keyRing } from '../../src/receiver/keys.js';
import { event } from '../receiver/events.js';
import { basic } from '../receiver/start.js';
import { serve, type TestServer } from '../server/serve.js';

// A spy that lets everything through: only the number of comparisons is of interest.
vi.mock('node:crypto', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:crypto')>();
  return { ...original, timingSafeEqual: vi.fn(original.timingSafeEqual) };
});

let server: TestServer;
beforeEach(async () => {
  server = await serve({ origins: ['https://shop.example'] });
});
afterEach(() => server.remove());

const POWERFUL: readonly [method: string, path: string][] = [
  ['GET', '/v1/events'],
  ['GET', '/v1/people/ann'],
  ['DELETE', '/v1/people/ann'],
  ['GET', '/v1/people/ann/consent'],
  ['GET', '/v1/people/ann/export'],
  ['GET', '/v1/people/ann/merges'],
  ['POST', '/v1/people/ann/restriction'],
  ['DELETE', '/v1/people/ann/restriction'],
  ['POST', '/v1/people/ann/objection'],
  ['GET', '/v1/retention'],
  ['POST', '/v1/retention'],
  ['GET', '/v1/identity-problems'],
  ['GET', '/v1/reports/kpis'],
  ['GET', '/v1/reports/attribution'],
  ['GET', '/v1/export/events'],
  ['GET', '/v1/export/persons'],
  ['POST', '/v1/links'],
];

const send = (batch: unknown[], key = 'wk', to = server) =>
  fetch(`${to.url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: basic(key) },
    body: JSON.stringify({ batch }),
  });
const eventsOf = async (id: string) =>
  ((await (await server.admin(`/v1/people/${id}`)).json()) as { timeline?: unknown[] }).timeline?.length;

describe('what reads, changes or removes', () => {
  it.each([
    undefined,
    'Bearer wk',
    'Bearer sk',
    'Bearer',
    'Bearer ak2',
    'Bearer a',
    'Bearer ak, Bearer ak',
    basic('wk'),
    basic('sk'),
    basic('ak'),
    `Basic ${Buffer.from('wk:ak').toString('base64')}`,
  ])('is refused to "%s", and does nothing', async (authorization) => {
    await send([event({ userId: 'ann' })]);
    const before = await eventsOf('ann');
    for (const [method, path] of POWERFUL) {
      const headers = authorization === undefined ? {} : { authorization };
      const response = await fetch(server.url + path, { method, headers });
      expect([path, response.status, await response.text()]).toEqual([
        path,
        401,
        expect.stringContaining('"code":"wrong-key"'),
      ]);
    }
    expect(await eventsOf('ann')).toBe(before);
    expect(before).toBe(1);
  });

  it('takes no key from the address or the body', async () => {
    for (const [method, path] of POWERFUL) {
      const body = method === 'POST' ? { body: '{"writeKey":"ak","adminKey":"ak","key":"ak"}' } : {};
      const response = await fetch(`${server.url + path}?key=ak&adminKey=ak&authorization=Bearer%20ak`, {
        method,
        ...body,
      });
      expect([path, response.status]).toEqual([path, 401]);
    }
  });

  it('does not exist without an admin key, and looks like nothing else there', async () => {
    const open = await serve({ adminKeys: [] });
    const nothing = await (await fetch(`${open.url}/v1/nothing`)).text();
    for (const [method, path] of POWERFUL) {
      for (const authorization of ['Bearer ak', 'Bearer ', 'Bearer undefined', basic('sk')]) {
        const response = await fetch(open.url + path, { method, headers: { authorization } });
        expect([path, response.status, await response.text()]).toEqual([path, 404, nothing]);
      }
    }
    for (const path of ['/report', '/report/app.js']) expect((await fetch(open.url + path)).status).toBe(404);
    await open.remove();
  });
});

describe('the public key', () => {
  it('cannot say that two people are one; the secret key can', async () => {
    await send([event({ userId: 'ann' }), event({ userId: 'bob', anonymousId: 'device-2' })]);
    const alias = (by: string) => event({ type: 'alias', previousId: 'ann', userId: 'bob', messageId: `alias-${by}` });
    await send([alias('write')]);
    expect(await eventsOf('ann')).toBe(1);
    await send([alias('secret')], 'sk');
    expect(await eventsOf('ann')).toBe(await eventsOf('bob'));
  });

  it('cannot bring events under a door for servers', async () => {
    for (const headers of [{}, { authorization: basic('wk') }, { authorization: 'Bearer wk' }]) {
      const notices = { source: 'till', notices: [{ id: ['1'], at: '2026-11-21T14:05:00Z', event: 'X', who: {} }] };
      const response = await fetch(`${server.url}/v1/notices`, {
        method: 'POST',
        headers,
        body: JSON.stringify(notices),
      });
      expect(response.status).toBe(401);
    }
  });

  it('learns nothing about people from the answers: known and unknown ids are answered alike', async () => {
    await send([event({ userId: 'ann', anonymousId: 'device-1', messageId: 'known' })]);
    await server.events();
    const answers = await Promise.all([
      send([event({ userId: 'ann', messageId: 'known' })]),
      send([event({ userId: 'nobody-yet', messageId: 'fresh' })]),
    ]);
    const [one, other] = await Promise.all(answers.map((answer) => answer.text()));
    expect(one).toBe(other);
  });
});

describe('keys are compared', () => {
  it('as digests of one length, all of them, whichever is right', () => {
    const compare = vi.mocked(crypto.timingSafeEqual);
    const kindOf = keyRing({ write: ['first', 'second'], admin: ['third'] });
    for (const key of ['first', 'second', 'third', 'f', '', 'x'.repeat(10_000)]) {
      compare.mockClear();
      kindOf(key);
      expect(compare.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength])).toEqual(Array(3).fill([32, 32]));
    }
  });
});

describe('a guesser', () => {
  it('is slowed down like everybody else who sends', async () => {
    const limited = await serve({ privacy: { limits: { perKey: { requests: 2, seconds: 60 } } } });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i++) statuses.push((await send([event()], 'wk', limited)).status);
    expect(statuses).toEqual([200, 200, 429, 429]);
    await limited.remove();
  });
});
