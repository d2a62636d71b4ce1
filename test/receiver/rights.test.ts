import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/protocol/index.js';
import { jsonLogger } from '../../src/receiver/index.js';
import { allBytes } from '../files.js';
import { event } from './events.js';
import { answerOf, startReceiver, type TestReceiver } from './start.js';

let test: TestReceiver;
const lines: string[] = [];
const start = (over = {}) => startReceiver({ logger: jsonLogger((line) => lines.push(line)), ...over });
beforeEach(async () => {
  lines.length = 0;
  test = await start();
});
afterEach(() => test.close());

const GRANTED = { analytics: true, attribution: true };
const CAMPAIGN = { source: 'SECRET-CAMPAIGN' };
const time = (minute: number) => `2026-11-20T10:${String(minute).padStart(2, '0')}:00.000Z`;
const visit = (minute: number, over: JsonObject = {}, consent: JsonObject = GRANTED) =>
  event({
    type: 'page',
    anonymousId: 'dev-1',
    timestamp: time(minute),
    ...over,
    context: { campaign: CAMPAIGN, consent: { categoryPreferences: consent }, page: { url: 'https://shop.example/' } },
  });
const choice = (minute: number, preferences: JsonObject, over: JsonObject = {}) =>
  event({
    event: 'Segment Consent Preference Updated',
    anonymousId: 'dev-1',
    timestamp: time(minute),
    properties: { source: 'klaro', version: '7', string: 'CPX', secret: 'SECRET-EXTRA' },
    context: { consent: { categoryPreferences: preferences }, page: { url: 'https://shop.example/SECRET-PAGE' } },
    ...over,
  });
const ledger = async (id: string, from = test) => answerOf(await from.admin(`/v1/people/${id}/consent`));
const run = async () => answerOf(await test.admin('/v1/retention', 'POST'));
const bytes = () => allBytes(test.directory);
const rebuilt = async () => {
  await test.receiver.close();
  await test.log.close();
  return start({ directory: test.directory });
};

describe('the consent ledger', () => {
  it('says what was chosen, when, where, and what stood before; a rebuilt store says the same', async () => {
    await test.post({ batch: [choice(1, { ...GRANTED, attribution: false }), choice(2, GRANTED), choice(3, GRANTED)] });
    const { choices } = await ledger('dev-1');
    expect(choices).toMatchObject([
      { at: time(1), anonymousId: 'dev-1', preferences: { analytics: true, attribution: false }, source: 'klaro' },
      { at: time(2), preferences: GRANTED, before: { attribution: false }, version: '7', string: 'CPX' },
    ]);
    expect((await bytes()).includes('SECRET')).toBe(false);
    const again = await rebuilt();
    expect((await ledger('dev-1', again)).choices).toEqual(choices);
    await again.receiver.close();
    await again.log.close();
  });

  it('takes the proof of our SDK out of the first event, and the state of clients that only stamp, once', async () => {
    const context = {
      consent: { categoryPreferences: GRANTED },
      filrouge: { v: 1, consent: { source: 'tcf', string: 'CPY' } },
    };
    const answer = await answerOf(
      await test.post({
        batch: [event({ anonymousId: 'ours', context }), visit(1), visit(2), visit(3, {}, { analytics: true })],
      }),
    );
    expect(answer).toEqual({ success: true, accepted: 4 });
    expect((await ledger('ours')).choices).toMatchObject([{ source: 'tcf', string: 'CPY', preferences: GRANTED }]);
    expect((await ledger('dev-1')).choices).toMatchObject([
      { at: time(1), source: 'stamp', preferences: GRANTED },
      { at: time(3), preferences: { analytics: true }, before: GRANTED },
    ]);
    const stored = await test.events();
    expect(stored).toHaveLength(4);
    expect(stored[0]?.context?.filrouge).toEqual({ v: 1 });
  });

  it('keeps a refusal as proof and nothing around it; other refused events leave no trace', async () => {
    await test.post({
      batch: [choice(5, { analytics: false }), visit(6, { anonymousId: 'dev-2' }, { analytics: false })],
    });
    expect((await ledger('dev-1')).choices).toMatchObject([{ preferences: { analytics: false } }]);
    const text = (await bytes()).toString();
    for (const trace of ['SECRET', 'dev-2', '"page"']) expect(text).not.toContain(trace);
  });

  it('does not let the public key write in the name of the receiver', async () => {
    const forged = [{ event: 'Consent Withdrawal Applied' }, { event: 'Consent Recorded' }].map(event);
    expect(await answerOf(await test.post({ batch: forged }))).toMatchObject({
      accepted: 0,
      rejected: [{ code: 'wrong-key' }, { code: 'wrong-key' }],
    });
  });
});

describe('a withdrawal is acted on', () => {
  const fill = async () => {
    await test.post({ batch: [visit(1), visit(2), visit(1, { anonymousId: 'dev-2', messageId: 'other' })] });
  };

  it('of attribution: earlier events lose the campaign, later ones of another device do not', async () => {
    await fill();
    await test.post({ batch: [choice(5, { analytics: true, attribution: false })] });
    expect(await run()).toMatchObject({ withdrawals: { applied: 1, removed: 0, trimmed: 2 } });
    const stored = await test.events();
    expect(stored.map(({ context }) => context?.campaign)).toEqual([undefined, undefined, CAMPAIGN, undefined]);
    expect((await bytes()).toString().split('SECRET-CAMPAIGN')).toHaveLength(2);
    expect((await ledger('dev-1')).actions).toMatchObject([{ policy: 'trim', removed: 0, trimmed: 2 }]);
    expect(await run()).toMatchObject({ withdrawals: { applied: 0 } });
  });

  it('of analytics: earlier events go, from store and log; what comes after a new grant stays', async () => {
    await fill();
    await test.post({ batch: [choice(5, { analytics: false }), visit(9, { messageId: 'later' })] });
    expect(await run()).toMatchObject({ withdrawals: { applied: 1, removed: 2, trimmed: 0 } });
    expect((await test.events()).map(({ messageId }) => messageId).slice(0, 1)).toEqual(['other']);
    expect((await test.events()).some(({ messageId }) => messageId === 'later')).toBe(true);
    expect((await ledger('dev-1')).choices).toMatchObject([
      { preferences: GRANTED },
      { preferences: { analytics: false } },
      {},
    ]);
    expect(await test.receiver.metrics.text()).toContain('filrouge_events_removed_total{why="withdrawal"} 2');
    for (const line of lines) expect(line).not.toMatch(/dev-\d|m-\d/);
  });

  it('of users whom only a server knows: of each for themselves, also where several wait', async () => {
    const of = (userId: string) => ({ userId, anonymousId: undefined });
    await test.post({ batch: [visit(1, of('ann')), visit(2, of('bob')), visit(3, of('carl'))] });
    await test.post({
      batch: [
        choice(5, { analytics: false }, of('ann')),
        choice(1, { analytics: false }, of('carl')),
        choice(6, { analytics: true, attribution: false }, of('bob')),
      ],
    });
    expect(await run()).toMatchObject({ withdrawals: { applied: 2, removed: 1, trimmed: 1 } });
    const left = (await test.events()).filter(({ type }) => type === 'page');
    expect(left.map(({ userId, context }) => [userId, context?.campaign])).toEqual([
      ['bob', undefined],
      ['carl', CAMPAIGN],
    ]);
    expect((await ledger('ann')).actions).toMatchObject([{ removed: 1, trimmed: 0 }]);
    expect((await ledger('bob')).actions).toMatchObject([{ removed: 0, trimmed: 1 }]);
  });

  it('each up to its own time: what was granted between two of them is not taken for denied', async () => {
    await test.post({ batch: [visit(1, { messageId: 'first' })] });
    await test.post({ batch: [choice(5, { analytics: false })] });
    await test.post({ batch: [choice(6, GRANTED), visit(7, { messageId: 'between' })] });
    await test.post({ batch: [choice(9, { analytics: true, attribution: false })] });
    // One that was long on its way takes nothing back.
    await test.post({ batch: [choice(2, { analytics: true, attribution: false })] });
    expect(await run()).toMatchObject({ withdrawals: { removed: 1, trimmed: 1 } });
    const left = (await test.events()).filter(({ type }) => type === 'page');
    expect(left.map(({ messageId, context }) => [messageId, context?.campaign])).toEqual([['between', undefined]]);
  });

  it('is found again after a restart', async () => {
    await fill();
    const soon = new Date(Date.now() - 1000).toISOString();
    await test.post({ batch: [choice(5, { analytics: false }, { timestamp: soon })] });
    const again = await rebuilt();
    expect(await again.receiver.upkeep.run()).toMatchObject({ withdrawals: { applied: 1, removed: 2 } });
    await again.receiver.close();
    await again.log.close();
  });

  it('as the owner chose: purge takes everything, keep nothing', async () => {
    for (const [onWithdrawal, left] of [
      ['purge', 1],
      ['keep', 3],
    ] as const) {
      await test.close();
      test = await start({ onWithdrawal });
      await fill();
      await test.post({ batch: [choice(5, { analytics: true, attribution: false })] });
      await run();
      expect((await test.events()).filter(({ type }) => type === 'page')).toHaveLength(left);
    }
  });
});

describe('access and portability', () => {
  it('exports everything that is kept as JSON, by any identifier', async () => {
    await test.post({
      batch: [visit(1), event({ type: 'identify', anonymousId: 'dev-1', userId: 'ann', traits: { plan: 'x' } })],
    });
    const response = await test.admin('/v1/people/dev-1/export');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="person.json"');
    const person = await answerOf(response);
    expect(person).toMatchObject({ person: 'ann', traits: { plan: 'x' }, restricted: false, objected: [] });
    expect(person.timeline).toHaveLength(3);
    expect(person.consent).toMatchObject({ choices: [{ source: 'stamp' }] });
  });

  it('exports CSV in which no cell is a formula', async () => {
    const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'];
    await test.post({ batch: formulas.map((text) => event({ event: text, properties: { a: '"=2' } })) });
    const csv = await (await test.admin('/v1/people/device-1/export?format=csv')).text();
    expect(csv.split('\r\n')[0]).toBe(
      'timestamp,receivedAt,type,event,name,messageId,anonymousId,userId,groupId,previousId,properties,traits,context',
    );
    expect(csv).not.toMatch(/(?:^|,|\r\n)"?[=+\-@\t\r](?!\n)/);
    expect(csv).toContain("'=1+1");
  });

  it('refuses other formats and methods, and does not exist without the key', async () => {
    await test.post({ batch: [visit(1)] });
    expect((await test.admin('/v1/people/dev-1/export?format=xml')).status).toBe(400);
    expect((await test.admin('/v1/people/dev-1/export', 'POST')).status).toBe(405);
    for (const right of ['consent', 'export', 'restriction', 'objection']) {
      const path = `/v1/people/dev-1/${right}`;
      for (const authorization of ['', 'Bearer wk', 'Bearer sk'])
        expect((await test.request(path, { headers: { authorization } })).status).toBe(401);
    }
    expect((await test.admin('/v1/people/nobody/export')).status).toBe(404);
    expect((await test.admin('/v1/people/nobody/restriction', 'POST')).status).toBe(404);
  });
});

describe('restriction', () => {
  const person = [visit(1), visit(2, { userId: 'ann', type: 'identify', traits: { phone: 'SECRET-PHONE' } })];

  it('takes a person out of store and reports, keeps the data, refuses new events, and can be lifted', async () => {
    await test.post({ batch: [...person, visit(1, { anonymousId: 'dev-2', messageId: 'other' })] });
    const before = await answerOf(await test.admin('/v1/people/ann/export'));
    expect(await answerOf(await test.admin('/v1/people/dev-1/restriction', 'POST'))).toMatchObject({
      restricted: true,
    });
    expect((await test.events()).map(({ messageId }) => messageId)).toEqual(['other']);
    expect((await test.admin('/v1/people/ann')).status).toBe(404);
    expect((await bytes()).includes('SECRET-PHONE')).toBe(true);
    const aside = await answerOf(await test.admin('/v1/people/ann/export'));
    expect(aside).toMatchObject({ restricted: true, traits: { phone: 'SECRET-PHONE' } });
    expect(aside.timeline).toEqual(before.timeline);
    expect(await answerOf(await test.post({ batch: [visit(7)] }))).toMatchObject({
      rejected: [{ code: 'restricted' }],
    });

    const again = await rebuilt();
    expect((await again.events()).map(({ messageId }) => messageId)).toEqual(['other']);
    expect(await answerOf(await again.admin('/v1/people/ann/restriction'))).toEqual({ restricted: true, objected: [] });
    await answerOf(await again.admin('/v1/people/ann/restriction', 'DELETE'));
    expect((await answerOf(await again.admin('/v1/people/ann/export'))).timeline).toEqual(before.timeline);
    expect(await answerOf(await again.post({ batch: [visit(8)] }))).toMatchObject({ accepted: 1 });
    expect((await again.admin('/v1/people/ann/restriction', 'DELETE')).status).toBe(404);
    await again.receiver.close();
    await again.log.close();
  });

  it('does not stand in the way of erasure, which leaves no byte', async () => {
    await test.post({ batch: person });
    await test.admin('/v1/people/ann/restriction', 'POST');
    expect(await answerOf(await test.admin('/v1/people/ann', 'DELETE'))).toMatchObject({ erased: { events: 3 } });
    const left = await bytes();
    for (const trace of ['ann', 'dev-1', 'SECRET']) expect(left.includes(trace)).toBe(false);
    expect((await test.admin('/v1/people/ann/export')).status).toBe(404);
    expect(await answerOf(await test.post({ batch: [visit(1)] }))).toMatchObject({
      rejected: [{ code: 'suppressed' }],
    });
  });
});

describe('objection', () => {
  const object = (id: string, body?: string) =>
    test.request(`/v1/people/${id}/objection`, {
      method: 'POST',
      headers: { authorization: 'Bearer ak' },
      ...(body !== undefined && { body }),
    });

  it('against attribution: past and future events have no campaign, until it is lifted', async () => {
    await test.post({ batch: [visit(1)] });
    expect(await answerOf(await object('dev-1', '{"purposes":["attribution"]}'))).toMatchObject({
      trimmed: 1,
      removed: 0,
    });
    await test.post({ batch: [visit(2)] });
    expect((await test.events()).map(({ context }) => context?.campaign)).toEqual([undefined, undefined]);
    expect((await bytes()).includes('SECRET')).toBe(false);
    await test.admin('/v1/people/dev-1/objection', 'DELETE');
    await test.post({ batch: [visit(3)] });
    expect((await test.events()).at(-1)?.context?.campaign).toEqual(CAMPAIGN);
  });

  it('against everything: past events go, new ones are refused, also of somebody not known yet, also after a rebuild', async () => {
    await test.post({ batch: [visit(1, { userId: 'ann' })] });
    expect(await answerOf(await object('ann'))).toMatchObject({ removed: 1 });
    await object('bob');
    const again = await rebuilt();
    // The rebuilt store has to read the log before it knows.
    await again.events();
    for (const userId of ['ann', 'bob']) {
      expect(await answerOf(await again.post({ batch: [visit(9, { userId })] }))).toMatchObject({
        rejected: [{ code: 'objected' }],
      });
    }
    await again.receiver.close();
    await again.log.close();
    expect((await bytes()).includes('bob')).toBe(false);
  });

  it.each(['{}', '[]', 'x', '{"purposes":[]}', '{"purposes":["sale"]}', '{"purposes":"analytics"}'])(
    'refuses %s',
    async (body) => {
      expect((await object('dev-1', body)).status).toBe(400);
    },
  );
});

describe('retention', () => {
  const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

  it('removes what is due by class, from store and log, and says so', async () => {
    await test.close();
    test = await start({ retention: { default: 30, page: 10, 'Order Completed': 1000 } });
    await test.post({
      batch: [
        visit(0, { messageId: 'old-page', timestamp: day(11) }),
        visit(0, { messageId: 'new-page', timestamp: day(9) }),
        event({ messageId: 'old-track', timestamp: day(31), properties: { note: 'SECRET-NOTE' } }),
        event({ messageId: 'new-track', timestamp: day(29) }),
        event({ messageId: 'old-order', event: 'Order Completed', timestamp: day(900) }),
        event({ messageId: 'older-order', event: 'Order Completed', timestamp: day(1001) }),
        event({ messageId: 'old-identify', type: 'identify', timestamp: day(40) }),
        choice(0, GRANTED, { timestamp: day(2000) }),
      ],
    });
    expect(await answerOf(await test.admin('/v1/retention'))).toMatchObject({
      rules: { page: 10 },
      onWithdrawal: 'trim',
    });
    expect((await run()).retention).toMatchObject([
      { class: 'default', days: 30, removed: 2 },
      { class: 'page', days: 10, removed: 1 },
      { class: 'Order Completed', days: 1000, removed: 1 },
    ]);
    const left = (await test.events()).map(({ messageId }) => messageId);
    expect(left).toEqual(['new-page', 'new-track', 'old-order', expect.anything()]);
    expect((await bytes()).includes('SECRET-NOTE')).toBe(false);
    expect((await ledger('dev-1')).choices).toHaveLength(1);
    expect(await test.receiver.metrics.text()).toContain('filrouge_events_removed_total{why="retention"} 4');
    expect((await answerOf(await test.admin('/v1/retention'))).last).toMatchObject({ logRecords: expect.any(Number) });
    const again = await rebuilt();
    expect((await again.events()).map(({ messageId }) => messageId)).toEqual(left);
    await again.receiver.close();
    await again.log.close();
  });

  it('refuses rules that are no days', async () => {
    for (const days of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      await expect(start({ retention: { page: days } })).rejects.toThrow('"page" must be a number of days');
  });
});
