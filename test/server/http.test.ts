import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startServer, toNodeHandler } from '../../src/server/index.js';
import { freshDirectory } from '../files.js';
import { event } from '../receiver/events.js';
import { startReceiver } from '../receiver/start.js';
import { serve, type TestServer } from './serve.js';

let server: TestServer;
beforeEach(async () => {
  server = await serve({ origins: ['https://shop.example'] });
});
afterEach(() => server.remove());

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify({ writeKey: 'wk', ...(body as object) }),
  });

/** Sends bytes as they are and resolves with everything that came back when the server closes, or `until` appears. */
function raw(text: string, until?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8').on('error', reject);
    socket.on('data', (chunk: string) => {
      answer += chunk;
      if (until && answer.includes(until)) socket.end();
    });
    socket.on('close', () => resolve(answer));
  });
}

describe('over the wire', () => {
  it('takes batches on one connection and streams them back', async () => {
    for (let i = 0; i < 30; i++) expect((await post({ batch: [event(), event()] })).status).toBe(200);
    expect(await server.events()).toHaveLength(60);
  });

  it('takes a body that comes byte by byte, and chunked', async () => {
    const body = JSON.stringify({ writeKey: 'wk', batch: [event({ properties: { text: 'é' } })] });
    const status = await new Promise((resolve, reject) => {
      const request = httpRequest(`${server.url}/v1/b`, { method: 'POST' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
      for (const byte of Buffer.from(body)) request.write(Buffer.from([byte]));
      request.end();
    });
    expect(status).toBe(200);
    expect((await server.events())[0]?.properties).toEqual({ text: 'é' });
  });

  it('answers a 1 MB event with 413 and stays alive', async () => {
    const response = await post({ batch: [event({ properties: { text: 'x'.repeat(1_000_000) } })] });
    expect([response.status, await response.json()]).toMatchObject([413, { error: { code: 'too-large' } }]);
    expect((await post({ batch: [event()] })).status).toBe(200);
  });

  it('cuts off an endless body, and answers it', async () => {
    const answer = await raw(
      `POST /v1/batch HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999\r\n\r\n${'x'.repeat(17 * 1024 * 1024)}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"code":"too-large"');
  });

  it('survives clients that go away in the middle', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => {
        socket.write('POST /v1/batch HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{"batch"');
        socket.resetAndDestroy();
      });
      socket.on('close', () => resolve());
    });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('answers malformed targets and hosts', async () => {
    expect(await raw('GET http://evil/ HTTP/1.1\r\nhost: ::::\r\nconnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 404 /,
    );
    expect(await raw('GET //evil.example/v1/events HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 404 /,
    );
    expect(await raw('OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 404 /);
    expect(await raw('TRACE /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 405 /);
  });

  it('answers preflights and origins as the receiver does', async () => {
    const headers = { origin: 'https://shop.example' };
    const preflight = await fetch(`${server.url}/v1/batch`, { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
      204,
      'https://shop.example',
    ]);
    expect((await post({ batch: [event()] }, headers)).headers.get('access-control-allow-origin')).toBe(
      'https://shop.example',
    );
    expect((await post({ batch: [event()] }, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ batch: [event()] }, { origin: server.url })).status).toBe(200);
  });

  it('serves HEAD without a body', async () => {
    for (const path of ['/healthz', '/metrics']) {
      const response = await fetch(server.url + path, { method: 'HEAD' });
      expect([response.status, await response.text()]).toEqual([200, '']);
    }
  });

  it('stops reading events when the client goes away', async () => {
    for (let i = 0; i < 20; i++)
      await post({ batch: Array.from({ length: 100 }, () => event({ properties: { text: 'x'.repeat(1000) } })) });
    const response = await server.admin('/v1/events');
    const reader = response.body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    await reader?.cancel();
    expect(await server.events()).toHaveLength(2000);
  });
});

describe('reports', () => {
  it('need the admin key and count what was acknowledged just before', async () => {
    expect((await fetch(`${server.url}/v1/reports/kpis`)).status).toBe(401);
    const timestamp = new Date().toISOString();
    await post({ batch: [event({ type: 'page', timestamp, context: { page: { url: 'https://shop.example/' } } })] });
    const report = (await (await server.admin('/v1/reports/kpis?by=total')).json()) as { totals: { sessions: number } };
    expect(report.totals.sessions).toBe(1);
    expect((await server.admin('/v1/reports/nothing')).status).toBe(404);
    expect((await server.admin('/v1/reports/kpis?from=x')).status).toBe(400);
  });

  it('and their page do not exist without an admin key', async () => {
    const open = await serve({ adminKeys: [] });
    for (const path of ['/report', '/v1/reports/kpis', '/v1/events']) expect((await open.admin(path)).status).toBe(404);
    await open.remove();
  });
});

describe('the tag', () => {
  it('is served for every page, compressed, and asked for again by its ETag', async () => {
    const directory = freshDirectory();
    await writeFile(join(directory, 'filrouge.js'), 'window.filrouge = "é";');
    const tagged = await serve({ tagDirectory: pathToFileURL(`${directory}/`) });
    const response = await fetch(`${tagged.url}/filrouge.js`, {
      headers: { origin: 'https://shop.example', 'accept-encoding': 'br' },
    });
    expect(await response.text()).toBe('window.filrouge = "é";');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'content-encoding': 'br',
      'x-content-type-options': 'nosniff',
    });
    const etag = response.headers.get('etag') ?? '';
    const again = await fetch(`${tagged.url}/filrouge.js`, {
      headers: { 'if-none-match': `"other", ${etag}`, 'accept-encoding': 'br' },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);
    // A page may read why a file is not there: a name in data-capture or data-consent that does not exist.
    const missing = await fetch(`${tagged.url}/filrouge-consent-klaroo.js`);
    expect([missing.status, missing.headers.get('access-control-allow-origin')]).toEqual([404, '*']);
    expect(await missing.text()).toContain('data-consent');
    await tagged.remove();
  });
});

describe('start and stop', () => {
  it('finishes requests that are under way, then closes', async () => {
    const body = JSON.stringify({ writeKey: 'wk', batch: [event({ messageId: 'late' })] });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(
        `${server.url}/v1/b`,
        // So that the server says when it has the request: what it has not read yet is not under way.
        { method: 'POST', headers: { 'content-length': Buffer.byteLength(body), expect: '100-continue' } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      request.on('error', reject);
      request.on('continue', () => {
        const closing = server.close();
        request.end(body);
        closing.catch(reject);
      });
      request.flushHeaders();
    });
    expect(await answered).toBe(200);
    await server.close();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    const again = await serve({ dataDir: server.dataDir });
    expect((await again.events()).map(({ messageId }) => messageId)).toEqual(['late']);
    await again.close();
  });

  it('makes its data directory for its owner only', async () => {
    const dataDir = join(server.dataDir, 'inner');
    const inner = await serve({ dataDir });
    expect((await stat(dataDir)).mode & 0o777).toBe(0o700);
    await inner.close();
  });

  it('keeps its secret readable to its owner only, and the same over restarts', async () => {
    const path = join(server.dataDir, 'secret');
    const secret = await readFile(path, 'utf8');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await server.close();
    const again = await serve({ dataDir: server.dataDir });
    expect(await readFile(path, 'utf8')).toBe(secret);
    await again.close();
  });

  it.each<[string, (occupied: TestServer) => Promise<unknown>, RegExp]>([
    ['a taken port', (taken) => serve({ port: taken.port }), /Port \d+ is taken: .*--port/],
    ['a directory in use', (taken) => serve({ dataDir: taken.dataDir }), /in use by process \d+|in use/],
    ['a directory below a file', () => serve({ dataDir: '/dev/null/data' }), /cannot be used \(ENOTDIR\): .*--data/],
    [
      'a directory that cannot be made',
      () => serve({ dataDir: '/proc/none/data' }),
      /cannot be used \(ENOENT\): .*--data/,
    ],
    ['a host of another machine', () => serve({ host: '192.0.2.1' }), /no address 192\.0\.2\.1.*--host/],
  ])('refuses %s and says what to do', async (_, start, message) => {
    await expect(start(server)).rejects.toThrow(message);
    expect((await post({ batch: [event()] })).status).toBe(200);
  });

  it('refuses a store without its log', async () => {
    await post({ batch: [event()] });
    const dataDir = freshDirectory();
    await writeFile(join(dataDir, 'store.duckdb'), '');
    await expect(startServer({ dataDir, port: 0, writeKeys: ['wk'], store: 'memory' })).rejects.toThrow(
      /secret is missing/,
    );
  });
});

describe('toNodeHandler', () => {
  it('mounts a receiver in any node:http server', async () => {
    const test = await startReceiver();
    const host = createServer(toNodeHandler(test.receiver.fetch));
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    const send = (body: string) =>
      fetch(`${url}/v1/batch`, { method: 'POST', headers: { 'content-type': 'text/plain' }, body });
    expect((await send(JSON.stringify({ writeKey: 'wk', batch: [event()] }))).status).toBe(200);
    expect((await send('x'.repeat(1_000_000))).status).toBe(413);
    expect(await (await fetch(`${url}/healthz`)).json()).toMatchObject({ status: 'ok' });
    await new Promise((resolve) => host.close(resolve));
    await test.close();
  });

  it('takes what a body parser before it has read, and says so where nothing is left of it', async () => {
    const test = await startReceiver();
    const handler = toNodeHandler(test.receiver.fetch);
    let parse = (bytes: Buffer): unknown => JSON.parse(bytes.toString());
    // As Express' parsers do it: read to the end, decompress, leave the headers alone, and go on.
    const host = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const body = parse(request.headers['content-encoding'] ? gunzipSync(bytes) : bytes);
      handler(body === undefined ? request : Object.assign(request, { body }), response);
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const send = async (headers: Record<string, string> = {}) => {
      const text = JSON.stringify({ writeKey: 'wk', batch: [event({ properties: { name: 'é' } })] });
      const body = headers['content-encoding'] ? gzipSync(text) : text;
      const url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/v1/batch`;
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
      });
      return answer.json();
    };
    for (const parser of [parse, (bytes: Buffer) => bytes.toString(), (bytes: Buffer) => bytes]) {
      parse = parser;
      expect(await send()).toEqual({ success: true, accepted: 1 });
      expect(await send({ 'content-encoding': 'gzip' })).toEqual({ success: true, accepted: 1 });
    }
    expect((await test.entries()).length).toBe(6);
    parse = () => undefined;
    expect(await send()).toMatchObject({
      error: { code: 'internal-error', message: expect.stringMatching(/before it/) },
    });
    await new Promise((resolve) => host.close(resolve));
    await test.close();
  });
});
