import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { event } from './events.js';
import { answerOf, basic, startReceiver, type TestReceiver } from './start.js';

let test: TestReceiver;
beforeEach(async () => {
  test = await startReceiver();
});
afterEach(() => test.close());

const batch = (...events: unknown[]) => ({ batch: events, sentAt: new Date().toISOString() });

describe('the way of a request', () => {
  it('acknowledges a batch and stores each event', async () => {
    const events = [event(), event(), event()];
    const response = await test.post(batch(...events));
    expect(response.status).toBe(200);
    expect(await answerOf(response)).toEqual({ success: true, accepted: 3 });
    expect((await test.events()).map(({ messageId }) => messageId)).toEqual(events.map(({ messageId }) => messageId));
  });

  it('writes the body to the log byte for byte when every event is good', async () => {
    const body = JSON.stringify(
      { batch: [event({ properties: { text: 'é \u2028' } })], sentAt: new Date().toISOString(), writeKey: 'wk' },
      null,
      1,
    );
    await test.post(body);
    for await (const { bytes } of test.log.read(0)) {
      const text = Buffer.from(bytes).toString();
      expect(text.slice(text.indexOf('\n') + 1)).toBe(body);
    }
    expect(test.log.last()).toBe(1);
  });

  it('leaves bad events out of the log and names them', async () => {
    const response = await test.post(batch(event({ messageId: 'good' }), event({ messageId: 'bad', event: 7 })));
    expect(await answerOf(response)).toEqual({
      success: true,
      accepted: 1,
      rejected: [{ messageId: 'bad', index: 1, code: 'bad-field', field: 'event' }],
    });
    expect(JSON.stringify(await test.entries())).not.toContain('"bad"');
  });

  it('writes nothing to the log when no event is good', async () => {
    expect(await answerOf(await test.post(batch(7)))).toMatchObject({ success: true, accepted: 0 });
    expect(await answerOf(await test.post(batch()))).toEqual({ success: true, accepted: 0 });
    expect(test.log.last()).toBe(0);
  });

  it('counts repeats as duplicates and stores them once', async () => {
    const body = batch(event(), event());
    await test.post(body);
    await test.post(body);
    expect(await test.events()).toHaveLength(2);
    expect(await test.receiver.metrics.text()).toContain('filrouge_events_duplicate_total 2');
  });

  it.each([
    ['/v1/track', { event: 'Paid' }, 'track'],
    ['/v1/t', { event: 'Paid' }, 'track'],
    ['/v1/page', {}, 'page'],
    ['/v1/p', {}, 'page'],
    ['/v1/screen', {}, 'screen'],
    ['/v1/s', {}, 'screen'],
    ['/v1/identify', { traits: { plan: 'x' } }, 'identify'],
    ['/v1/i', {}, 'identify'],
    ['/v1/group', { groupId: 'g' }, 'group'],
    ['/v1/g', { groupId: 'g' }, 'group'],
    ['/v1/alias', { previousId: 'p' }, 'alias'],
    ['/v1/a/', { previousId: 'p' }, 'alias'],
    ['/v1/track', { event: 'Paid', type: null }, 'track'],
  ])('takes a single event without type at %s', async (path, fields, type) => {
    const answer = await test.post({ userId: 'u', messageId: 'one', ...fields }, { path });
    expect(await answerOf(answer)).toEqual({ success: true, accepted: 1 });
    expect(await test.events()).toMatchObject([{ type, messageId: 'one', userId: 'u' }]);
  });

  it.each(['/v1/batch', '/v1/import', '/v1/b'])('takes a batch at %s', async (path) => {
    expect(await answerOf(await test.post(batch(event()), { path }))).toEqual({ success: true, accepted: 1 });
  });

  it('gives events of servers an id and the time of arrival', async () => {
    const before = Date.now();
    await test.post({ userId: 'u', event: 'Paid' }, { path: '/v1/track' });
    const [stored] = await test.events();
    expect(stored?.messageId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(Date.parse(stored?.timestamp ?? '')).toBeGreaterThanOrEqual(before);
    expect(Date.parse(stored?.timestamp ?? '')).toBeLessThanOrEqual(Date.now());
  });
});

describe('the charset', () => {
  const send = (type: string, body: Buffer) => test.post(body, { headers: { 'content-type': type } });
  const sale = JSON.stringify(batch(event({ event: 'Café payé' })));

  it.each<[string, BufferEncoding]>([
    ['application/json; charset=iso-8859-1', 'latin1'],
    ['application/json;charset="Windows-1252"', 'latin1'],
    ['text/plain; charset=utf-16le', 'utf16le'],
    ['application/json; charset=utf8', 'utf8'],
  ])('is read as %s says', async (type, encoding) => {
    expect(await answerOf(await send(type, Buffer.from(sale, encoding)))).toEqual({ success: true, accepted: 1 });
    expect(await test.events()).toMatchObject([{ event: 'Café payé' }]);
  });

  it('is refused where nobody knows it', async () => {
    const response = await send('application/json; charset=klingon', Buffer.from(sale));
    expect([response.status, await answerOf(response)]).toMatchObject([415, { error: { code: 'bad-content-type' } }]);
  });
});

describe('the user agent', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', true],
    ['Googlebot/2.1 (+http://www.google.com/bot.html)', true],
    ['node', false],
    ['analytics-node-next/latest', false],
    ['okhttp/4.12.0', false],
  ])('"%s" says who the visitor is: %s', async (agent, isKept) => {
    await test.post(batch(event()), { headers: { 'user-agent': agent } });
    const [entry] = await test.entries();
    expect(entry?.meta).toEqual(
      isKept ? expect.objectContaining({ userAgent: agent }) : expect.not.objectContaining({ userAgent: agent }),
    );
  });
});

describe('keys', () => {
  const noKey = { authorization: '' };

  it('takes the key from the header, the batch or the event', async () => {
    expect((await test.post(batch(event()))).status).toBe(200);
    expect((await test.post({ ...batch(event()), writeKey: 'wk' }, { headers: noKey })).status).toBe(200);
    expect((await test.post(batch(event({ writeKey: 'wk' })), { headers: noKey })).status).toBe(200);
    expect((await test.post(event({ writeKey: 'wk' }), { path: '/v1/t', headers: noKey })).status).toBe(200);
  });

  it('refuses no key and wrong keys', async () => {
    const none = await test.post(batch(event()), { headers: noKey });
    expect([none.status, await answerOf(none)]).toMatchObject([401, { success: false, error: { code: 'no-key' } }]);
    const wrong = await test.post({ ...batch(event()), writeKey: 'other' }, { headers: noKey });
    expect([wrong.status, await answerOf(wrong)]).toMatchObject([
      401,
      { success: false, error: { code: 'wrong-key' } },
    ]);
    expect((await test.post(batch(event()), { headers: { authorization: basic('ak') } })).status).toBe(401);
    expect(
      (await test.post({ ...batch(event()), writeKey: 'wk' }, { headers: { authorization: basic('no') } })).status,
    ).toBe(401);
    expect(test.log.last()).toBe(0);
  });

  it('marks what a secret key sent, and keeps the key out of the log', async () => {
    await test.post(batch(event({ writeKey: 'sk' })), { headers: { authorization: basic('sk') } });
    await test.post({ ...batch(event()), writeKey: 'sk' }, { headers: noKey });
    await test.post({ ...batch(event()), writeKey: 'sk' });
    const entries = await test.entries();
    expect(entries.map(({ meta }) => meta.kind === 'batch' && meta.key)).toEqual(['secret', 'secret', 'write']);
    for await (const { bytes } of test.log.read(0)) expect(Buffer.from(bytes).toString()).not.toContain('"sk"');
  });

  it('refuses empty keys and keys of two kinds at start', async () => {
    await expect(startReceiver({ keys: { write: [''] } })).rejects.toThrow('must not be empty');
    await expect(startReceiver({ keys: { write: ['k'], secret: ['k'] } })).rejects.toThrow('cannot be both');
  });
});

describe('bodies', () => {
  it.each([
    ['broken JSON', '{"batch":[', 400, 'bad-json'],
    ['nothing', '', 400, 'bad-json'],
    ['a number', '7', 400, 'bad-body'],
    ['null', 'null', 400, 'bad-body'],
    ['an array', '[]', 400, 'bad-body'],
    ['a batch that is none', '{"batch":{}}', 400, 'bad-body'],
    ['no batch and no type', '{"writeKey":"wk"}', 400, 'bad-body'],
  ])('refuses %s', async (_, body, status, code) => {
    const response = await test.post(body);
    expect(response.status).toBe(status);
    expect(await answerOf(response)).toMatchObject({ success: false, error: { code, message: expect.any(String) } });
  });

  it('takes a byte order mark', async () => {
    expect((await test.post(`\uFEFF${JSON.stringify(batch(event()))}`)).status).toBe(200);
    expect(await test.events()).toHaveLength(1);
  });

  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'TEXT/PLAIN;charset=UTF-8',
    'application/vnd.x+json',
  ])('takes %s', async (type) => {
    expect((await test.post(batch(event()), { headers: { 'content-type': type } })).status).toBe(200);
  });

  it.each(['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/html'])(
    'refuses %s',
    async (type) => {
      const response = await test.post(batch(event()), { headers: { 'content-type': type } });
      expect([response.status, await answerOf(response)]).toMatchObject([415, { error: { code: 'bad-content-type' } }]);
    },
  );

  it('inflates gzip, labelled or not, and logs it inflated', async () => {
    const body = JSON.stringify(batch(event()));
    expect((await test.post(gzipSync(body), { headers: { 'content-encoding': 'gzip' } })).status).toBe(200);
    expect((await test.post(gzipSync(body))).status).toBe(200);
    expect(await test.entries()).toMatchObject([{ events: [{ type: 'track' }] }, { events: [{ type: 'track' }] }]);
  });

  it.each<[string, Uint8Array, string, number, string]>([
    ['broken gzip', gzipSync('{"batch":[]}').subarray(0, 20), 'gzip', 400, 'bad-encoding'],
    ['gzip that is none', Buffer.from('{"batch":[]}'), 'gzip', 400, 'bad-encoding'],
    ['an unknown encoding', Buffer.from('{"batch":[]}'), 'zstd', 415, 'bad-encoding'],
    ['a gzip bomb', gzipSync(Buffer.alloc(50_000_000)), 'gzip', 413, 'too-large'],
  ])('refuses %s', async (_, body, encoding, status, code) => {
    const response = await test.post(body, { headers: { 'content-encoding': encoding } });
    expect([response.status, await answerOf(response)]).toMatchObject([status, { error: { code } }]);
  });

  it('refuses a body over the limit with 413', async () => {
    const response = await test.post(batch(event({ properties: { text: 'x'.repeat(1_000_000) } })));
    expect([response.status, await answerOf(response)]).toMatchObject([
      413,
      { success: false, error: { code: 'too-large' } },
    ]);
  });

  it('refuses more events than a body of real ones has: each would be named in the answer', async () => {
    const response = await test.post(`{"writeKey":"wk","batch":[${'0,'.repeat(5000)}0]}`);
    expect([response.status, await answerOf(response)]).toMatchObject([413, { error: { code: 'too-large' } }]);
    const most = await test.post(`{"writeKey":"wk","batch":[${'0,'.repeat(4999)}0]}`);
    expect([most.status, ((await answerOf(most)) as { rejected: unknown[] }).rejected.length]).toEqual([200, 5000]);
  });

  it('takes a batch whatever its clock says', async () => {
    const context = { consent: { categoryPreferences: { attribution: false } } };
    for (const sentAt of ['-271821-04-20T00:00:00.000Z', '+275760-09-13T00:00:00.000Z', '0000-01-01T00:00:00.000Z']) {
      const response = await test.post({ sentAt, batch: [event({ context })] });
      expect(await answerOf(response)).toEqual({ success: true, accepted: 1 });
    }
  });

  it('refuses one large event alone', async () => {
    const response = await test.post(
      batch(event({ messageId: 'a' }), event({ messageId: 'large', properties: { text: 'x'.repeat(40_000) } })),
    );
    expect(await answerOf(response)).toMatchObject({
      accepted: 1,
      rejected: [{ messageId: 'large', code: 'too-large' }],
    });
  });

  it('refuses events by the limit of its owner, the larger and the smaller one', async () => {
    const sized = (bytes: number) => event({ messageId: `${bytes}`, properties: { text: 'x'.repeat(bytes) } });
    const refusedBy = async (maxEventBytes: number) => {
      const own = await startReceiver({ maxEventBytes });
      const answer = await answerOf(await own.post(batch(sized(500), sized(5000), sized(40_000))));
      await own.close();
      return (answer as { rejected?: { messageId: string }[] }).rejected?.map(({ messageId }) => messageId) ?? [];
    };
    expect(await refusedBy(2000)).toEqual(['5000', '40000']);
    expect(await refusedBy(44_000)).toEqual([]);
  });

  it('survives 100,000 levels wherever they stand', async () => {
    const deep = `${'{"a":'.repeat(50_000)}${'['.repeat(50_000)}${']'.repeat(50_000)}${'}'.repeat(50_000)}`;
    const good = JSON.stringify(event());
    const inEvent = await test.post(
      `{"batch":[{"type":"track","event":"x","messageId":"deep","userId":"u","properties":${deep}},${good}]}`,
    );
    expect(await answerOf(inEvent)).toMatchObject({ accepted: 1, rejected: [{ messageId: 'deep', code: 'too-deep' }] });
    const inContext = await test.post(`{"batch":[${good}],"context":${deep}}`);
    expect([inContext.status, await answerOf(inContext)]).toMatchObject([400, { error: { code: 'too-deep' } }]);
    const beside = await test.post(`{"batch":[${JSON.stringify(event())}],"beside":${deep}}`);
    expect(await answerOf(beside)).toEqual({ success: true, accepted: 1 });
    expect(await test.events()).toHaveLength(2);
  });
});

describe('routes and origins', () => {
  it('answers unknown routes with 404 and other methods with 405', async () => {
    const unknown = await test.request('/v1/nothing', { method: 'POST' });
    expect([unknown.status, await answerOf(unknown)]).toMatchObject([404, { error: { code: 'not-found' } }]);
    const get = await test.request('/v1/batch');
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });

  it('lets listed origins, the own host and servers in', async () => {
    for (const origin of ['https://shop.example', 'https://SHOP.example', undefined]) {
      const response = await test.post(batch(event()), { headers: origin ? { origin } : {} });
      expect(response.status).toBe(200);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin ?? null);
      expect(response.headers.get('vary')).toBe(origin ? 'Origin' : null);
    }
    const own = await test.post(batch(event()), {
      headers: { origin: 'https://c.shop.example', host: 'c.shop.example' },
    });
    expect(own.status).toBe(200);
  });

  it.each(['https://evil.example', 'http://shop.example', 'https://shop.example.evil.example', 'null'])(
    'refuses %s',
    async (origin) => {
      const response = await test.post(batch(event()), { headers: { origin } });
      expect([response.status, await answerOf(response)]).toMatchObject([403, { error: { code: 'wrong-origin' } }]);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect((await test.request('/v1/batch', { method: 'OPTIONS', headers: { origin } })).status).toBe(403);
      expect(test.log.last()).toBe(0);
    },
  );

  it('answers a preflight', async () => {
    const headers = { origin: 'https://shop.example', 'access-control-request-headers': 'authorization,content-type' };
    const response = await test.request('/v1/t', { method: 'OPTIONS', headers });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'authorization,content-type',
    });
  });

  it('lets readable errors through to listed origins', async () => {
    const response = await test.post('{', { headers: { origin: 'https://shop.example' } });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([
      400,
      'https://shop.example',
    ]);
  });
});

describe('health and metrics', () => {
  it('answers /healthz and counts in /metrics', async () => {
    await test.post(batch(event(), event({ messageId: 'bad', type: 'buy' })));
    await test.post('{');
    await test.receiver.settled();
    const health = await test.request('/healthz');
    expect([health.status, await answerOf(health)]).toEqual([200, { status: 'ok', lagRecords: 0, lagSeconds: 0 }]);
    const text = await (await test.request('/metrics')).text();
    for (const line of [
      'filrouge_events_accepted_total 1',
      'filrouge_events_stored_total 1',
      'filrouge_events_rejected_total{code="bad-type"} 1',
      'filrouge_requests_refused_total{code="bad-json"} 1',
      'filrouge_request_duration_seconds_count{status="200"} 1',
      'filrouge_applier_lag_records 0',
      'filrouge_applier_lag_seconds 0',
      `filrouge_log_bytes ${test.log.bytes()}`,
    ])
      expect(text).toContain(line);
  });
});
