import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allBytes } from '../files.js';
import { event } from './events.js';
import { answerOf, startReceiver, type TestReceiver } from './start.js';

let test: TestReceiver;
beforeEach(async () => {
  test = await startReceiver();
});
afterEach(() => test.close());

describe('who may read', () => {
  it('does not exist without an admin key', async () => {
    const open = await startReceiver({ keys: { write: ['wk'] } });
    for (const path of ['/v1/events', '/v1/people/u']) expect((await open.admin(path)).status).toBe(404);
    await open.close();
  });

  it.each(['', 'Bearer', 'Bearer wk', 'Bearer sk', 'Basic YWs6'])('refuses "%s"', async (authorization) => {
    for (const path of ['/v1/events', '/v1/people/u']) {
      const response = await test.request(path, { headers: { authorization } });
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    }
    expect((await test.request('/v1/people/u', { method: 'DELETE', headers: { authorization } })).status).toBe(401);
  });
});

describe('GET /v1/events', () => {
  it('streams everything that was acknowledged, oldest first', async () => {
    const ids = Array.from({ length: 1050 }, (_, i) => `id-${i}`);
    for (let i = 0; i < ids.length; i += 50)
      await test.post({ batch: ids.slice(i, i + 50).map((messageId) => event({ messageId })) });
    expect((await test.events()).map(({ messageId }) => messageId)).toEqual(ids);
    const response = await test.admin('/v1/events');
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    await response.body?.cancel();
  });

  it('takes limit, after, from and to', async () => {
    await test.post({
      batch: ['a', 'b', 'c', 'd'].map((messageId, i) => event({ messageId, timestamp: `2026-11-1${i}T00:00:00.000Z` })),
    });
    const ids = async (query: string) => (await test.events(query)).map(({ messageId }) => messageId).join('');
    expect(await ids('?limit=2')).toBe('ab');
    expect(await ids('?after=b')).toBe('cd');
    expect(await ids('?after=a&limit=1')).toBe('b');
    expect(await ids('?from=2026-11-11&to=2026-11-13')).toBe('bc');
  });

  it('does not begin anew after an event that was erased: it says so', async () => {
    await test.post({ batch: [event({ messageId: 'a', userId: 'ann' }), event({ messageId: 'b', userId: 'bob' })] });
    expect(await test.events('?after=a')).toMatchObject([{ messageId: 'b' }]);
    await test.admin('/v1/people/ann', 'DELETE');
    const response = await test.admin('/v1/events?after=a');
    expect([response.status, await answerOf(response)]).toMatchObject([
      400,
      { error: { code: 'bad-query', message: expect.stringMatching(/"after".*erased.*"from"/) } },
    ]);
  });

  it.each(['?limit=0', '?from=yesterday', '?to=2026-13-01', '?from=2026-11-13&to=2026-11-11', '?page=2', '?after='])(
    'refuses %s',
    async (query) => {
      const response = await test.admin(`/v1/events${query}`);
      expect([response.status, await answerOf(response)]).toMatchObject([400, { error: { code: 'bad-query' } }]);
    },
  );

  it('refuses other methods', async () => {
    expect((await test.admin('/v1/events', 'DELETE')).status).toBe(405);
    expect((await test.admin('/v1/people/u', 'PUT')).status).toBe(405);
  });
});

describe('people', () => {
  const visit = (anonymousId: string, over = {}) => event({ type: 'page', anonymousId, ...over });

  it('shows a person by any of their identifiers', async () => {
    await test.post({
      batch: [
        visit('dev/1 ü'),
        event({ type: 'identify', anonymousId: 'dev/1 ü', userId: 'ann', traits: { plan: 'x' } }),
        visit('dev-2'),
      ],
    });
    const byUser = await answerOf(await test.admin('/v1/people/ann'));
    expect(byUser).toMatchObject({ person: 'ann', traits: { plan: 'x' } });
    expect(byUser.timeline).toHaveLength(2);
    expect(await answerOf(await test.admin(`/v1/people/${encodeURIComponent('dev/1 ü')}`))).toEqual(byUser);
    expect((await test.admin('/v1/people/nobody')).status).toBe(404);
    expect((await test.admin('/v1/people/%E0%A4%A')).status).toBe(400);
  });

  it('erases from store and log, says what, and is over after once', async () => {
    const mine = [
      visit('dev-mine'),
      event({ type: 'identify', anonymousId: 'dev-mine', userId: 'ann-secret', traits: { name: 'Ann Secret' } }),
    ];
    await test.post({ batch: [...mine, visit('dev-other', { messageId: 'other-1' })] });
    await test.post({ batch: [visit('dev-mine')] });
    const response = await test.admin('/v1/people/ann-secret', 'DELETE');
    expect(response.status).toBe(200);
    const { erased } = await answerOf(response);
    expect(erased).toMatchObject({ events: 3, logRecords: 2 });
    expect(JSON.stringify(erased)).toContain('dev-mine');

    expect((await test.events()).map(({ messageId }) => messageId)).toEqual(['other-1']);
    const bytes = await allBytes(test.directory);
    for (const trace of ['ann-secret', 'Ann Secret', 'dev-mine']) expect(bytes.includes(trace)).toBe(false);
    expect(bytes.includes('dev-other')).toBe(true);
    for (const id of ['ann-secret', 'dev-mine']) {
      expect((await test.admin(`/v1/people/${id}`)).status).toBe(404);
      expect((await test.admin(`/v1/people/${id}`, 'DELETE')).status).toBe(404);
    }
  });

  it('refuses what is sent again from before the erasure, and takes what comes after', async () => {
    const before = visit('dev-mine', { userId: 'ann' });
    await test.post({ batch: [before] });
    await test.admin('/v1/people/ann', 'DELETE');
    const again = await answerOf(await test.post({ batch: [before, visit('dev-mine')] }));
    expect(again).toMatchObject({ accepted: 0, rejected: [{ code: 'suppressed' }, { code: 'suppressed' }] });
    const later = visit('dev-mine', { timestamp: new Date(Date.now() + 1000).toISOString(), userId: 'ann' });
    expect(await answerOf(await test.post({ batch: [later] }))).toEqual({ success: true, accepted: 1 });
    expect(await test.receiver.metrics.text()).toContain('filrouge_events_suppressed_total 2');
  });

  it('keeps a person erased when the store is rebuilt from the log', async () => {
    const directory = test.directory;
    await test.post({ batch: [visit('dev-mine', { userId: 'ann' }), visit('dev-other', { messageId: 'other-1' })] });
    await test.admin('/v1/people/ann', 'DELETE');
    await test.receiver.close();
    await test.log.close();
    const rebuilt = await startReceiver({ directory });
    expect((await rebuilt.events()).map(({ messageId }) => messageId)).toEqual(['other-1']);
    const again = await answerOf(await rebuilt.post({ batch: [visit('dev-mine', { userId: 'ann' })] }));
    expect(again).toMatchObject({ accepted: 0, rejected: [{ code: 'suppressed' }] });
    await rebuilt.receiver.close();
    await rebuilt.log.close();
  });
});
