import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchMeta } from '../../src/log/record.js';
import type { JsonObject } from '../../src/protocol/index.js';
import { jsonLogger } from '../../src/receiver/index.js';
import { event } from './events.js';
import { answerOf, startReceiver, type TestReceiver } from './start.js';

let test: TestReceiver;
const logLines: string[] = [];
beforeEach(async () => {
  logLines.length = 0;
  test = await startReceiver({ logger: jsonLogger((line) => logLines.push(line)) });
});
afterEach(() => test.close());

const consent = (preferences: JsonObject): JsonObject => ({ consent: { categoryPreferences: preferences } });

async function logText(): Promise<string> {
  let text = '';
  for await (const { bytes } of test.log.read(0)) text += Buffer.from(bytes).toString();
  return text;
}

describe('consent at the door', () => {
  it('does not write events whose visitor denied analytics', async () => {
    const refused = event({ messageId: 'secret-id', context: consent({ analytics: false }) });
    const answer = await answerOf(await test.post({ batch: [refused, event({ messageId: 'kept' })] }));
    expect(answer).toEqual({
      success: true,
      accepted: 1,
      rejected: [{ messageId: 'secret-id', index: 0, code: 'no-consent' }],
    });
    expect(await logText()).not.toContain('secret-id');
    expect((await test.events()).map(({ messageId }) => messageId)).toEqual(['kept']);
  });

  it('strips every trace of the campaign when attribution is denied', async () => {
    const href = 'https://shop.example/p?utm_source=MARK&gclid=MARK&size=4#utm_term=MARK';
    const touch = { at: '2026-11-20T10:00:00.000Z', campaign: { source: 'MARK' }, clickIds: { gclid: 'MARK' } };
    await test.post(
      event({
        type: 'page',
        properties: { url: href, search: '?utm_campaign=MARK&size=4', utm_source: 'MARK', fbclid: 'MARK', price: 3 },
        context: {
          ...consent({ analytics: true, attribution: false }),
          page: { url: href, search: '?gclid=MARK', referrer: 'https://www.google.com/?gclid=MARK' },
          campaign: { source: 'MARK' },
          referrer: { type: 'ad', id: 'MARK' },
          filrouge: { v: 1, touch, first: touch, pageView: 'pv' },
        },
      }),
      { path: '/v1/page' },
    );
    expect(await logText()).not.toContain('MARK');
    const [stored] = await test.events();
    expect(stored?.properties).toEqual({ url: 'https://shop.example/p?size=4', search: '?size=4', price: 3 });
    expect(stored?.context?.page?.referrer).toBe('https://www.google.com/');
    expect(stored?.context?.filrouge).toEqual({ v: 1, pageView: 'pv' });
  });

  it.each([
    ['the page', { context: { page: { url: 'https://shop.example/?gclid=MARK' } } }],
    ['the properties', { properties: { utm_source: 'MARK' } }],
    ['a block of the context', { context: { campaign: { source: 'MARK' } } }],
    ['a touch', { context: { filrouge: { v: 1, touch: { at: '2026-11-20T10:00:00.000Z', landing: 'MARK' } } } }],
  ])('strips the campaign also where it is in %s alone', async (_, { context, ...rest }: JsonObject) => {
    const choice = consent({ analytics: true, attribution: false });
    const denied = { ...(context as JsonObject), ...choice };
    // With the first word of a choice its entry in the ledger is written, and with that the whole request anew.
    await test.post({ batch: [event({ context: choice })] });
    await test.post({ batch: [event({ ...rest, context: denied, messageId: 'alone' })] });
    expect(await logText()).toContain('alone');
    expect(await logText()).not.toContain('MARK');
  });

  it('keeps the campaign when attribution is granted or not spoken of', async () => {
    const campaign = { source: 'newsletter' };
    await test.post({
      batch: [event({ context: { campaign } }), event({ context: { ...consent({ attribution: true }), campaign } })],
    });
    expect((await test.events()).map(({ context }) => context?.campaign)).toEqual([campaign, campaign]);
  });

  it('takes Global Privacy Control as a denial of advertising', async () => {
    await test.post(
      { batch: [event({ context: consent({ analytics: true, advertising: true }) }), event()] },
      { headers: { 'sec-gpc': '1' } },
    );
    const [entry] = await test.entries();
    expect(entry?.meta).toMatchObject({ gpc: true });
    expect(entry?.events.map(({ context }) => context?.consent?.categoryPreferences)).toEqual([
      { analytics: true, advertising: false },
      // The ledger's entry: the second event told no choice.
      { analytics: true, advertising: false },
      { advertising: false },
    ]);
  });

  it('stores no address and logs no ids, keys or values', async () => {
    await test.post(
      { batch: [event({ userId: 'ann@example.org', context: { ip: '203.0.113.9' } })] },
      { headers: { 'x-forwarded-for': '203.0.113.9' } },
    );
    await test.post(
      { batch: [event({ userId: 'ann@example.org', type: 'buy' })], writeKey: 'other' },
      { path: '/v1/batch?secret=1' },
    );
    await test.events();
    expect(await logText()).not.toContain('203.0.113.9');
    expect(logLines.length).toBeGreaterThan(0);
    for (const line of logLines) expect(line).not.toMatch(/ann|203|other|secret|wk|device-1|m-\d/);
  });
});

describe('clock skew', () => {
  const hour = 3_600_000;
  const metas = async (): Promise<BatchMeta[]> =>
    (await test.entries()).flatMap(({ meta }) => (meta.kind === 'batch' ? [meta] : []));
  const send = (clockErrorMs: number, anonymousId = 'device-1') =>
    test.post({
      batch: [event({ anonymousId, timestamp: new Date(Date.now() + clockErrorMs - 1000).toISOString() })],
      sentAt: new Date(Date.now() + clockErrorMs).toISOString(),
    });

  it('corrects a clock that is hours off, for this device only', async () => {
    await send(5 * hour);
    await send(0, 'device-2');
    const [wrong, right] = await metas();
    expect(Math.abs((wrong?.skewMs ?? 0) + 5 * hour)).toBeLessThan(10_000);
    expect(right?.skewMs).toBe(0);
    const [stored] = await test.events();
    expect(Math.abs(Date.parse(stored?.timestamp ?? '') - Date.now())).toBeLessThan(20_000);
    expect(Date.parse(stored?.originalTimestamp ?? '')).toBeGreaterThan(Date.now() + 4 * hour);
  });

  it('takes what the network needs for no skew', async () => {
    await send(-50_000);
    await send(20_000);
    expect((await metas()).map(({ skewMs }) => skewMs)).toEqual([0, 0]);
  });

  it('takes the least of several observations', async () => {
    await send(-2 * hour);
    await send(-2 * hour - 5 * 60_000);
    const [first, second] = await metas();
    expect(Math.abs((second?.skewMs ?? 0) - (first?.skewMs ?? 0))).toBeLessThan(10_000);
  });

  it('follows a clock that was set', async () => {
    await send(24 * hour);
    await send(0);
    expect((await metas())[1]?.skewMs).toBe(0);
  });

  it('goes by when a batch was sent, or an event that came alone, not by what an event in a batch says', async () => {
    const sentAt = new Date(Date.now() + 5 * hour).toISOString();
    await test.post({ batch: [event({ anonymousId: 'a', sentAt })] });
    await test.post(event({ anonymousId: 'b', sentAt }), { path: '/v1/track' });
    const [inBatch, alone] = await metas();
    expect(inBatch?.skewMs).toBe(0);
    expect(Math.abs((alone?.skewMs ?? 0) + 5 * hour)).toBeLessThan(10_000);
  });

  it('gives events without a time the time of arrival, whatever the clock', async () => {
    await test.post({
      batch: [event({ timestamp: undefined })],
      sentAt: new Date(Date.now() + 5 * hour).toISOString(),
    });
    const [stored] = await test.events();
    expect(Math.abs(Date.parse(stored?.timestamp ?? '') - Date.now())).toBeLessThan(10_000);
  });
});
