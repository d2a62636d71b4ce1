import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { event } from '../receiver/events.js';
import { basic } from '../receiver/start.js';
import { serve, type TestServer } from '../server/serve.js';
import { hostileRequests, MARK } from './hostile.js';
import { raw, readAnswer, requestText } from './raw.js';

let server: TestServer;
beforeAll(async () => {
  server = await serve({
    origins: ['https://shop.example'],
    intake: { webhooks: { brevo: { token: 'token of brevo' } } },
  });
});
afterAll(() => server.remove());

const ask = async (text: string | Uint8Array) => readAnswer(await raw(server.port, text));
const statusOf = async (text: string) => (await ask(text)).status;
const eventBody = (over = {}) => JSON.stringify({ writeKey: 'wk', batch: [event(over)] });
const isAlive = async () => expect(await statusOf(requestText('GET', '/healthz'))).toBe(200);

describe('hostile requests', () => {
  it('come back in no answer, as no page and with no redirect, and stand in no log line', async () => {
    const requests = hostileRequests();
    expect(requests.length).toBeGreaterThan(500);
    for (let start = 0; start < requests.length; start += 20) {
      const some = requests.slice(start, start + 20);
      const answers = await Promise.all(some.map(ask));
      answers.forEach(({ status, headers, body }, i) => {
        const what = `${status} to ${JSON.stringify(some[i]?.slice(0, 200))}`;
        expect(JSON.stringify([...headers]) + body, what).not.toContain(MARK);
        expect(status, what).toBeLessThan(500);
        expect(headers.get('location'), what).toBeUndefined();
        expect(headers.get('set-cookie'), what).toBeUndefined();
        // Node itself refuses what is no HTTP, without a body.
        if (body && status !== 400) expect(headers.get('x-content-type-options'), what).toBe('nosniff');
        if (/html/.test(headers.get('content-type') ?? '')) expect(some[i], what).toMatch(/^(GET|HEAD) \/report[ ?]/);
      });
    }
    for (const line of server.lines) {
      expect(line).not.toContain(MARK);
      expect(line).toMatch(/^[\x20-\uffff]*\n$/);
      expect(JSON.parse(line)).toMatchObject({ at: expect.any(String), event: expect.any(String) });
    }
    await isAlive();
  });

  it('are explained in JSON to who has the admin key, never as a page', async () => {
    for (const path of [
      '/v1/reports/kpis?<script>=1',
      '/v1/reports/kpis?by=<script>',
      '/v1/export/events?format=<b>',
    ]) {
      const response = await server.admin(path);
      expect([response.status, response.headers.get('content-type')]).toEqual([
        400,
        expect.stringMatching(/^application\/json/),
      ]);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });
});

describe('addresses', () => {
  it.each([
    '//evil.example/',
    '//evil.example/%2f..',
    '///evil.example',
    '/\\evil.example',
    '/%5Cevil.example',
    '/r//evil.example',
    '/r/https:%2F%2Fevil.example',
    '/r/..%2F..%2Fevil.example',
    '/r/@evil.example',
    '/r/%09//evil.example',
    '/r/%E2%80%AE//evil.example',
    '/r/eyJ1IjoiaHR0cHM6Ly9ldmlsLmV4YW1wbGUvIn0.AAAAAAAAAAAAAAAAAAAAAA',
    '/report//evil.example',
    '/report?next=//evil.example',
    '/report/../../etc/passwd',
    '/report/%2e%2e/%2e%2e/etc/passwd',
    '/filrouge.js/../../package.json',
    '/filrouge-consent-..%2f..%2fpackage.js',
    '/filrouge-consent-/../server/cli.js',
    '/..%2fpackage.json',
    '/package.json',
    '/server/cli.js',
    '/secret',
    'http://evil.example/v1/events',
    'http://evil.example/r/x',
    '*',
  ])('%s leads nowhere', async (target) => {
    for (const method of ['GET', 'HEAD', 'POST']) {
      const { status, headers, body } = await ask(requestText(method, target));
      expect([400, 401, 404, 405]).toContain(status === 200 && target.startsWith('/report?') ? 404 : status);
      expect(headers.get('location')).toBeUndefined();
      expect(body).not.toMatch(/root:|"name": "filrouge"/);
    }
  });

  it('are what stands in the request line: neither host nor headers choose the route', async () => {
    const asKnown = { authorization: 'Bearer ak' };
    for (const host of ['x/v1/events?', 'x/v1/events#', 'a@b', 'a:b@c/v1/events?', '[', 'x y', `${'/'.repeat(8000)}`]) {
      expect(await statusOf(requestText('GET', '/nothing', { host, ...asKnown }))).not.toBe(200);
    }
    for (const name of ['x-original-url', 'x-rewrite-url', 'x-forwarded-prefix', 'x-forwarded-uri']) {
      expect(await statusOf(requestText('GET', '/nothing', { [name]: '/v1/events', ...asKnown }))).toBe(404);
    }
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      await ask(requestText('POST', '/v1/batch', {}, eventBody({ userId: 'ann' })));
      const { status } = await ask(
        requestText('GET', '/v1/people/ann?_method=DELETE', { [name]: 'DELETE', ...asKnown }),
      );
      expect(status).toBe(200);
      expect(await statusOf(requestText('GET', '/v1/people/ann', asKnown))).toBe(200);
    }
  });

  it('of forged hosts let no other origin in and stand in no answer', async () => {
    const forged = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example', 'x-forwarded-proto': 'https' };
    const from = { origin: 'https://evil.example', 'content-type': 'text/plain', ...forged };
    expect(await ask(requestText('POST', '/v1/batch', from, eventBody()))).toMatchObject({
      status: 403,
      body: expect.not.stringContaining('evil'),
    });
  });
});

describe('requests that two servers could read differently', () => {
  const body = eventBody();
  const length = String(body.length);
  it.each([
    [
      'two lengths',
      [
        ['content-length', length],
        ['content-length', '5'],
      ],
    ],
    [
      'two equal lengths',
      [
        ['content-length', length],
        ['content-length', length],
      ],
    ],
    [
      'a length and chunks',
      [
        ['content-length', length],
        ['transfer-encoding', 'chunked'],
      ],
    ],
    ['chunks named oddly', [['transfer-encoding', 'xchunked']]],
    ['chunks twice', [['transfer-encoding', 'chunked, chunked']]],
    ['a space before the colon', [['content-length ', length]]],
    ['a negative length', [['content-length', '-1']]],
    ['a length with a sign', [['content-length', `+${length}`]]],
    ['a bare line feed', [['x', 'a\ncontent-length: 5']]],
    [
      'two hosts',
      [
        ['host', 'a'],
        ['host', 'b'],
      ],
    ],
    ['a null byte', [['x', 'a\0b']]],
  ] as const)('with %s are refused or read in one way', async (name, headers) => {
    const before = (await server.events()).length;
    const second = 'GET /v1/smuggled HTTP/1.1\r\nhost: x\r\n\r\n';
    const answer = await raw(server.port, requestText('POST', '/v1/batch', headers, body + second));
    const answers = answer.match(/HTTP\/1\.1 \d+/g) ?? [];
    expect(answers.length, name).toBe(1);
    if (name !== 'two hosts') {
      expect(answers[0]).toBe('HTTP/1.1 400');
      expect(await server.events()).toHaveLength(before);
    }
    await isAlive();
  });

  it('with a header given twice grant nothing', async () => {
    const twice = [
      ['authorization', 'Bearer wk'],
      ['authorization', 'Bearer ak'],
    ] as const;
    expect(await statusOf(requestText('GET', '/v1/events', twice))).toBe(401);
  });
});

describe('too much', () => {
  it('of headers is refused', async () => {
    expect(await statusOf(requestText('GET', '/healthz', { x: 'y'.repeat(200_000) }))).toBe(431);
    const many = Array.from({ length: 5000 }, (_, i): [string, string] => [`x-${i}`, 'y']);
    expect([400, 431]).toContain(await statusOf(requestText('GET', '/healthz', many)));
    await isAlive();
  });

  it('in little gzip is refused while it is inflated', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    for (const [path, key] of [
      ['/v1/batch', 'wk'],
      ['/v1/import', 'sk'],
    ] as const) {
      const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: ${basic(key)}\r\ncontent-encoding: gzip\r\ncontent-length: ${bomb.length}\r\nconnection: close\r\n\r\n`;
      expect((await ask(Buffer.concat([Buffer.from(head), bomb]))).status).toBe(413);
    }
    await isAlive();
  });

  it.each(['[', '{"a":', '{"batch":[', '{"writeKey":"wk","context":{"a":', '[{"a":'])(
    'nesting of %s is refused',
    async (open) => {
      for (const path of ['/v1/batch', '/v1/track', '/v1/notices', '/v1/webhooks/brevo']) {
        const { status } = await ask(requestText('POST', path, { authorization: basic('sk') }, open.repeat(20_000)));
        expect([400, 401, 413]).toContain(status);
      }
      await isAlive();
    },
  );

  it('time for a body holds up nobody else', async () => {
    const slow = fetch(`${server.url}/v1/batch`, {
      method: 'POST',
      body: new ReadableStream({
        async start(controller) {
          controller.enqueue(new TextEncoder().encode('{"writeKey":"wk",'));
          // Others are answered between two pieces of this body.
          for (let i = 0; i < 5; i++) await isAlive();
          controller.enqueue(new TextEncoder().encode(eventBody().slice(1)));
          controller.close();
        },
      }),
      duplex: 'half',
    } as RequestInit);
    expect((await slow).status).toBe(200);
  });
});
