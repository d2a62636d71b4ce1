import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDoors, createIdentities, createSigner, readIntakeSettings } from '../../src/intake/index.js';
import { webhookDoor } from '../../src/intake/webhook-door.js';
import { mailgun as mailgunWebhook } from '../../src/intake/webhooks/mailgun.js';
import { sendgrid as sendgridWebhook } from '../../src/intake/webhooks/sendgrid.js';
import { ses as sesWebhook } from '../../src/intake/webhooks/ses.js';
import { twilio as twilioWebhook } from '../../src/intake/webhooks/twilio.js';
import { instantOf } from '../../src/intake/webhooks/values.js';
import { runCommand } from '../../src/server/program.js';
import { describeWebhook } from '../contract/webhook.js';
import { freshDirectory } from '../files.js';
import { answerOf, PEPPER, startReceiver } from '../receiver/start.js';
import { startDoors } from './door.js';
import { brevo, mailgun, mailjet, postmark } from './samples/mail.js';
import { twilio } from './samples/messages.js';
import { mapped, shopify, woocommerce } from './samples/shops.js';
import { certificate, forgedSns, sendgrid, ses, snsMessage } from './samples/signed-mail.js';

for (const sample of [brevo, mailjet, sendgrid, mailgun, postmark, ses, twilio, shopify, woocommerce, mapped]) {
  describeWebhook(sample);
}

describe('signatures that the services themselves have published', () => {
  test('SendGrid’s example, of its own libraries', () => {
    const key =
      'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==';
    const headers = new Headers({
      'x-twilio-email-event-webhook-timestamp': '1588788367',
      'x-twilio-email-event-webhook-signature':
        'MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=',
    });
    const body = '{"category":"example_payload","event":"test_event","message_id":"message_id"}';
    const webhook = sendgridWebhook({ publicKey: key });
    expect(webhook.verify({ url: '', headers, body })).toBeUndefined();
    expect(webhook.verify({ url: '', headers, body: body.replace('test', 'text') })).toMatch(/does not match/);
  });

  test('Mailgun’s, which says nothing of the event, counts for a day', () => {
    const [timestamp, token] = ['1529006854', 'a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0'];
    const signature = createHmac('sha256', 'key')
      .update(timestamp + token)
      .digest('hex');
    const body = JSON.stringify({ signature: { timestamp, token, signature }, 'event-data': {} });
    const verdictAfter = (seconds: number) =>
      mailgunWebhook({ signingKey: 'key', now: () => (Number(timestamp) + seconds) * 1000 }).verify({
        url: '',
        headers: new Headers(),
        body,
      });
    expect([verdictAfter(0), verdictAfter(8 * 3600), verdictAfter(-60)]).toEqual([undefined, undefined, undefined]);
    for (const wrong of [verdictAfter(2 * 86_400), verdictAfter(-2 * 3600)])
      expect(wrong).toMatch(/"timestamp" is not of today/);
  });

  test('Twilio’s example, of its documentation', () => {
    const body = 'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212';
    const headers = new Headers({ 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' });
    const url = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    const webhook = twilioWebhook({ authToken: '12345' });
    expect(webhook.verify({ url, headers, body })).toBeUndefined();
    expect(webhook.verify({ url: `${url}3`, headers, body })).toMatch(/does not match/);
  });
});

test('no webhook stumbles over any JSON: it is taken, or refused with a reason', async () => {
  const own = [brevo, mailjet, postmark, sendgrid, twilio, shopify, woocommerce, mapped];
  const door = await startDoors({
    publicUrl: 'https://c.shop.example',
    webhooks: Object.fromEntries(own.map(({ service, settings }) => [service, settings])),
  });
  const words = own.flatMap(({ requests }) => requests.map(({ body }) => body));
  // Real bodies with one value in them exchanged come deeper into the code than JSON that is made up.
  const mutated = fc
    .tuple(fc.constantFrom(...words), fc.nat(), fc.jsonValue())
    .map(([body, at, value]) => mutate(body, at, value));
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.json(), mutated), async (body) => {
      for (const { service, sign, requests, contentType = 'application/json' } of own) {
        const path = `/v1/webhooks/${service}`;
        const headers = {
          'content-type': contentType,
          ...requests[0]?.headers,
          ...sign(body, `https://c.shop.example${path}`),
        };
        const answer = await door.request(path, { method: 'POST', headers, body });
        // Twilio signs forms in another way than JSON; what is no form has no one way to be signed as one.
        expect(service === 'twilio' ? [200, 400, 401] : [200, 400]).toContain(answer.status);
      }
    }),
    { numRuns: 60 },
  );
  await door.close();
});

/** The JSON with one of its values, somewhere, replaced. */
function mutate(body: string, at: number, value: unknown): string {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return body;
  }
  const places: string[] = [];
  JSON.stringify(json, (key, inner) => {
    places.push(key);
    return inner;
  });
  let i = 0;
  return JSON.stringify(json, (_, inner) => (i++ === at % places.length ? value : inner));
}

describe('lists of entries', () => {
  test('keep the good ones and name the others', async () => {
    const door = await startDoors({ webhooks: { brevo: brevo.settings } });
    const good = { event: 'delivered', email: 'ann@example.com', 'message-id': 'm', ts_epoch: 1763456700123 };
    const body = JSON.stringify([
      good,
      null,
      { ...good, ts_epoch: 'soon' },
      { event: 'opened' },
      { ...good, event: 'click' },
      { ...good, event: 'constructor' },
    ]);
    const answer = await door.request('/v1/webhooks/brevo', { method: 'POST', headers: brevo.sign('', ''), body });
    expect([answer.status, await answerOf(answer)]).toEqual([
      200,
      {
        success: true,
        accepted: 2,
        ignored: 1,
        rejected: [
          { messageId: null, index: 1, code: 'bad-event' },
          { messageId: null, index: 2, code: 'bad-timestamp' },
          { messageId: null, index: 3, code: 'bad-event' },
        ],
      },
    ]);
    expect(await door.events()).toHaveLength(2);
    const broken = await door.request('/v1/webhooks/brevo', {
      method: 'POST',
      headers: brevo.sign('', ''),
      body: '{"event":',
    });
    expect([broken.status, await answerOf(broken)]).toMatchObject([400, { error: { code: 'bad-json' } }]);
    await door.close();
  });

  test('are asked for again when they cannot be written', async () => {
    const real = await startReceiver();
    const log = { ...real.log, append: () => Promise.reject(new Error('disk')) };
    const door = await startDoors({ webhooks: { brevo: brevo.settings } }, { log });
    const request = { method: 'POST', headers: brevo.sign('', ''), body: brevo.requests[0]?.body ?? '' };
    const answer = await door.request('/v1/webhooks/brevo', request);
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    await door.receiver.close();
    await real.close();
  });
});

describe('Amazon’s envelope', () => {
  const topic = 'arn:aws:sns:eu-west-3:123456789012:mail';
  const subscribe = {
    Type: 'SubscriptionConfirmation',
    Token: '2336412f37',
    Message: 'You have chosen to subscribe to the topic',
    SubscribeURL: 'https://sns.eu-west-3.amazonaws.com/?Action=ConfirmSubscription&Token=2336412f37',
  };

  async function post(body: string, topics = [topic]) {
    const confirmed: string[] = [];
    const fetched: string[] = [];
    const getCertificate = async (url: string) => {
      fetched.push(url);
      return certificate;
    };
    const door = webhookDoor({
      webhooks: new Map([['ses', sesWebhook({ topics, getCertificate })]]),
      making: { identities: createIdentities({ pepper: PEPPER }), signer: createSigner(['a secret of the tests']) },
      confirm: async (url) => confirmed.push(url),
    });
    const receiver = await startReceiver({ doors: [door] });
    const answer = await receiver.request('/v1/webhooks/ses', { method: 'POST', body });
    const message = JSON.stringify(await answerOf(answer));
    await receiver.close();
    return { status: answer.status, message, confirmed, fetched };
  }

  test('confirms the subscription of a known topic, and of no other', async () => {
    expect(await post(snsMessage(subscribe))).toMatchObject({ status: 200, confirmed: [subscribe.SubscribeURL] });
    expect(await post(snsMessage(subscribe), ['arn:aws:sns:eu-west-3:1:other'])).toMatchObject({
      status: 401,
      confirmed: [],
    });
    expect(await post(forgedSns(subscribe))).toMatchObject({ status: 401, confirmed: [] });
  });

  test.each([
    'https://sns.eu-west-3.amazonaws.com.evil.example/x.pem',
    'http://sns.eu-west-3.amazonaws.com/x.pem',
    'https://evil.example/sns.eu-west-3.amazonaws.com/x.pem',
    'https://sns.eu-west-3.amazonaws.com@evil.example/x.pem',
    'https://s3.amazonaws.com/bucket/x.pem',
    // The old address of a bucket that is called sns.
    'https://sns.s3-us-west-2.amazonaws.com/x.pem',
    'no address',
  ])('fetches no certificate from %s', async (SigningCertURL) => {
    expect(await post(snsMessage({ ...subscribe, SigningCertURL }))).toMatchObject({ status: 401, fetched: [] });
  });

  test.each(['constructor', '__proto__', 'UnsubscribeConfirmation'])(
    'takes nothing from a message of type %s',
    async (Type) => {
      expect(await post(forgedSns({ ...subscribe, Type }))).toMatchObject({ status: 401, confirmed: [] });
    },
  );

  test('an address that has no certificate is no proof, and is asked again', async () => {
    const pages = ['<html>', certificate];
    const webhook = sesWebhook({ topics: [topic], getCertificate: async () => pages.shift() ?? '' });
    const incoming = { url: '', headers: new Headers(), body: snsMessage(subscribe) };
    expect(await webhook.verify(incoming)).toMatch(/no certificate/);
    expect(await webhook.verify(incoming)).toBeUndefined();
  });

  test('calls no other address on a signed message’s word', async () => {
    const answer = await post(snsMessage({ ...subscribe, SubscribeURL: 'https://evil.example/' }));
    expect(answer).toMatchObject({ status: 200, confirmed: [] });
  });
});

test('a word of JavaScript’s is no status of a message', () => {
  const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' });
  const read = (status: string) =>
    twilioWebhook({ authToken: 'x' }).read({
      url: '',
      headers,
      body: `MessageSid=SM1&To=%2B1&MessageStatus=${status}`,
    });
  expect(['constructor', 'toString', '__proto__'].map(read)).toEqual([['ignored'], ['ignored'], ['ignored']]);
  expect(read('sent')).toMatchObject([{ event: 'Message Sent' }]);
});

test('a time without a zone is UTC, wherever the server stands', () => {
  const zone = process.env.TZ;
  process.env.TZ = 'Asia/Tokyo';
  try {
    expect(new Date('2026-11-21T14:05:00').toISOString()).toBe('2026-11-21T05:05:00.000Z');
    for (const text of ['2026-11-21T14:05:00', '2026-11-21 14:05', '2026-11-21T14:05:00.000000Z'])
      expect(instantOf(text), text).toMatch(/^2026-11-21T14:05:00/);
    expect(instantOf('Sat, 21 Nov 2026 14:05:00 +0100')).toBe('2026-11-21T13:05:00.000Z');
    expect([instantOf('soon'), instantOf(''), instantOf(null)]).toEqual([undefined, undefined, undefined]);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

describe('settings', () => {
  test('of a file are what filrouge serve opens', async () => {
    const directory = freshDirectory();
    const file = join(directory, 'intake.json');
    const args = ['serve', '--port', '0', '--store', 'memory', '--data', join(directory, 'data'), '--intake', file];
    let out = '';
    const serve = (untilStopped: () => Promise<void>) =>
      runCommand(args, { out: (text) => (out += text), err: (text) => (out += text), isTerminal: false, untilStopped });
    await writeFile(file, '{"webhooks":{"brevo":{}}}');
    expect([await serve(async () => undefined), out]).toEqual([
      2,
      expect.stringContaining('intake.json: webhooks.brevo: "user"'),
    ]);
    await writeFile(file, JSON.stringify({ webhooks: { brevo: brevo.settings } }));
    out = '';
    const code = await serve(async () => {
      const [, address = ''] = /Webhook +(http\S+)/.exec(out) ?? [];
      const answer = await fetch(address, {
        method: 'POST',
        headers: brevo.sign('', ''),
        body: brevo.requests[0]?.body ?? '',
      });
      expect([answer.status, await answer.json()]).toEqual([200, { success: true, accepted: 1, ignored: 0 }]);
      expect((await fetch(address, { method: 'POST', body: '{}' })).status).toBe(401);
    });
    expect(code).toBe(0);
    expect(out).not.toContain('token of brevo');
  });

  test('come from a file, with secrets from the environment', () => {
    const file = '{"publicUrl":"https://c.shop.example/","country":"fr","webhooks":{"brevo":{"token":"env:BREVO"}}}';
    expect(readIntakeSettings(file, { BREVO: 's3cret' })).toEqual({
      publicUrl: 'https://c.shop.example',
      country: 'FR',
      webhooks: { brevo: { token: 's3cret' } },
    });
  });

  test.each([
    ['{', /not valid JSON/],
    ['[]', /must be a JSON object/],
    ['{"webhook":{}}', /"webhook" is not known/],
    ['{"publicUrl":"c.shop.example"}', /publicUrl must be an address/],
    ['{"country":"France"}', /two letters/],
    ['{"links":{"fallback":"javascript:1"}}', /links.fallback must be/],
    ['{"links":{"recipient":"always"}}', /links.recipient must be/],
    [
      '{"webhooks":{"brevo":{"token":"env:NOT_SET"}}}',
      /webhooks\.brevo\.token names the variable NOT_SET, which is not set/,
    ],
    ['{"webhooks":{"brevo":{}}}', /webhooks.brevo: "user" must be a text/],
    ['{"webhooks":{"crm":{"secret":"x"}}}', /webhooks.crm: "type" must be one of brevo, /],
    ['{"webhooks":{"sendgrid":{"publicKey":"x"}}}', /webhooks.sendgrid: /],
    ['{"webhooks":{"ses":{"topics":[]}}}', /webhooks.ses: "topics" must be a list/],
    ['{"webhooks":{"own":{"type":"mapped","events":[{"event":"X"}]}}}', /webhooks.own: "proof" must have/],
    [
      '{"webhooks":{"own":{"type":"mapped","proof":{"token":"t"},"events":[{"event":"$..x"}]}}}',
      /webhooks.own: event must be a place/,
    ],
  ])('that are wrong are refused: %s', (file, why) => {
    expect(() => createDoors({ pepper: PEPPER, ...readIntakeSettings(file, {}) })).toThrow(why);
  });
});
