import { afterEach, describe, expect, it } from 'vitest';
import type { RateLimits } from '../../src/receiver/index.js';
import { event } from './events.js';
import { basic, startReceiver, type TestReceiver } from './start.js';

let test: TestReceiver | undefined;
afterEach(async () => {
  await test?.close();
  test = undefined;
});

const FEW = { requests: 2, seconds: 60 };

/** Sends one event from an address; resolves with status and headers of the answer. */
async function send(address: string | undefined, headers: { [name: string]: string } = {}, key = 'wk') {
  const all: { [name: string]: string } = { authorization: basic(key), ...headers };
  const body = new TextEncoder().encode(JSON.stringify({ batch: [event()] }));
  return test?.receiver.ingest({ method: 'POST', target: '/v1/batch', header: (name) => all[name], body, address });
}
async function statuses(limits: RateLimits | false, ...requests: Parameters<typeof send>[]): Promise<unknown[]> {
  test = await startReceiver({ limits });
  const all: unknown[] = [];
  for (const one of requests) all.push((await send(...one))?.status);
  return all;
}

describe('rate limits', () => {
  it('let a sender pass again after the time that the answer says, in words that a page may read', async () => {
    test = await startReceiver({ limits: { perKey: { requests: 1, seconds: 1 } } });
    await send(undefined);
    const refused = await send(undefined, { origin: 'https://shop.example' });
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'retry-after': '1', 'access-control-expose-headers': 'retry-after' },
      body: expect.stringContaining('"rate-limited"'),
    });
    await expect.poll(async () => (await send(undefined))?.status, { timeout: 5000 }).toBe(200);
    expect(await test.receiver.metrics.text()).toContain('filrouge_requests_refused_total{code="rate-limited"}');
  });

  it('count each address by itself, a household with IPv6 as one', async () => {
    const addresses = ['203.0.113.1', '203.0.113.1', '203.0.113.2', '203.0.113.1'];
    expect(await statuses({ perAddress: FEW }, ...addresses.map((one): [string] => [one]))).toEqual([
      200, 200, 200, 429,
    ]);
    await test?.close();
    const household = ['2001:db8:1:2::1', '2001:db8:1:2:ffff::', '2001:db8:1:2:3:4:5:6', '2001:db8:1:3::1'];
    expect(await statuses({ perAddress: FEW }, ...household.map((one): [string] => [one]))).toEqual([
      200, 200, 429, 200,
    ]);
  });

  it.each(['127.0.0.1', '::1', '10.1.2.3', '::ffff:192.168.0.9', '172.31.0.1', 'fd00::1', '100.64.0.1'])(
    'take %s for a proxy, whose visitors must not share one limit',
    async (address) => {
      expect(await statuses({ perAddress: FEW }, [address], [address], [address])).toEqual([200, 200, 200]);
    },
  );

  it('read the address behind trusted proxies, and only there', async () => {
    const from = (list: string): [string, object] => ['10.0.0.1', { 'x-forwarded-for': list }];
    const forged = ['6.6.6.1, 203.0.113.9', '6.6.6.2, 203.0.113.9', '6.6.6.3, 203.0.113.9'].map(from) as [
      string,
      { [name: string]: string },
    ][];
    expect(await statuses({ perAddress: FEW, trustedProxies: 1 }, ...forged)).toEqual([200, 200, 429]);
    await test?.close();
    expect(await statuses({ perAddress: FEW }, ...forged)).toEqual([200, 200, 200]);
  });

  it('leave out the port that some proxies add', async () => {
    const from = (list: string): [string, { [name: string]: string }] => ['10.0.0.1', { 'x-forwarded-for': list }];
    const ports = [
      '203.0.113.9:4711',
      '203.0.113.9:4712',
      '203.0.113.9',
      '[2001:db8::1]:1',
      '[2001:db8::2]',
      '2001:db8::3',
    ];
    expect(await statuses({ perAddress: FEW, trustedProxies: 1 }, ...ports.map(from))).toEqual([
      200, 200, 429, 200, 200, 429,
    ]);
  });

  it('do not hold up servers, and can be switched off', async () => {
    const server: Parameters<typeof send> = ['203.0.113.1', {}, 'sk'];
    expect(await statuses({ perAddress: FEW, perKey: FEW }, server, server, server)).toEqual([200, 200, 200]);
    await test?.close();
    const page: [string] = ['203.0.113.1'];
    expect(await statuses(false, page, page, page)).toEqual([200, 200, 200]);
    await test?.close();
    expect(await statuses({ perAddress: false, perKey: FEW }, page, page, page)).toEqual([200, 200, 429]);
  });

  it('refuse limits that let nobody in', async () => {
    await expect(startReceiver({ limits: { perKey: { requests: 0, seconds: 1 } } })).rejects.toThrow('at least 1');
  });
});
