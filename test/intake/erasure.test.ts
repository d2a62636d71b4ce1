import { afterEach, beforeEach, expect, test } from 'vitest';
import { answerOf, basic, type TestReceiver } from '../receiver/start.js';
import { logText, PERSON, startDoors } from './door.js';

let door: TestReceiver;
beforeEach(async () => {
  door = await startDoors({ webhooks: { brevo: { token: 'token of brevo' } } });
});
afterEach(() => door.close());

const opened = { event: 'opened', email: 'ann@example.com', 'message-id': '<1@mailin.fr>', ts_epoch: 1763456700123 };
const receipt = {
  id: ['T-1'],
  at: '2026-11-21T14:05:00Z',
  event: 'Order Completed',
  who: { loyaltyId: '4711' },
  properties: { order_id: 'T-1', total: 10 },
  channel: 'store',
};

const mailer = async () =>
  answerOf(
    await door.request('/v1/webhooks/brevo', {
      method: 'POST',
      headers: { authorization: 'Bearer token of brevo' },
      body: JSON.stringify(opened),
    }),
  );
const till = async (headers: Record<string, string> = { authorization: basic('sk') }) =>
  door.request('/v1/notices', {
    method: 'POST',
    headers,
    body: JSON.stringify({ source: 'till', notices: [receipt] }),
  });

test.each([
  ['an e-mail address', 'email:ann@example.com', mailer, 'Email Opened'],
  ['a loyalty card', 'loyalty_id:4711', async () => answerOf(await till()), 'Order Completed'],
])('who was erased by %s does not come back through the same door', async (_, name, bring, event) => {
  expect(await bring()).toMatchObject({ accepted: 1 });
  expect(await door.events()).toMatchObject([{ event }]);
  expect((await door.admin(`/v1/people/${encodeURIComponent(name)}`, 'DELETE')).status).toBe(200);
  expect(await door.events()).toEqual([]);
  expect(await bring()).toMatchObject({ accepted: 0, rejected: [{ index: 0, code: 'suppressed' }] });
  expect(await door.events()).toEqual([]);
  expect(await logText(door)).not.toContain(event);
});

test('notices are for secret keys, and say what is wrong with each', async () => {
  expect((await till({})).status).toBe(401);
  expect((await till({ authorization: basic('wk') })).status).toBe(401);
  expect((await till({ authorization: 'Bearer sk' })).status).toBe(200);
  const post = async (body: unknown) =>
    answerOf(
      await door.request('/v1/notices', {
        method: 'POST',
        headers: { authorization: basic('sk') },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    );
  const notices = [receipt, { ...receipt, id: [] }, { ...receipt, at: 'never' }, { ...receipt, event: '' }, null];
  expect(await post({ source: 'till', notices })).toMatchObject({
    accepted: 1,
    rejected: [
      { index: 1, code: 'bad-field', field: 'id' },
      { index: 2, code: 'bad-timestamp' },
      { index: 3, code: 'missing-event-name' },
      { index: 4, code: 'bad-event' },
    ],
  });
  // An id of one part need not be a list.
  expect(await post({ source: 'till', notices: [{ ...receipt, id: 'T-1' }] })).toMatchObject({ accepted: 1 });
  expect(await post('{')).toMatchObject({ error: { code: 'bad-json' } });
  expect(await post({ notices })).toMatchObject({ error: { code: 'bad-body' } });
  expect(await post({ source: 'a b', notices })).toMatchObject({ error: { code: 'bad-body' } });
  expect(await door.events()).toHaveLength(1);
});

test('a click by somebody whose browser says Global Privacy Control denies advertising', async () => {
  const made = await answerOf(
    await door.request('/v1/links', {
      method: 'POST',
      headers: { authorization: 'Bearer ak' },
      body: JSON.stringify({ url: 'https://shop.example/' }),
    }),
  );
  await door.request(new URL(String(made.link)).pathname, { headers: { ...PERSON, 'sec-gpc': '1' } });
  const clicks = (await door.events()).filter(({ event }) => event === 'Link Clicked');
  expect(clicks).toMatchObject([{ context: { consent: { categoryPreferences: { advertising: false } } } }]);
});
