import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDoors } from '../../src/intake/index.js';
import { jsonLogger } from '../../src/receiver/index.js';
import type { SampleRequest, WebhookSample } from '../intake/samples/sample.js';
import { answerOf, PEPPER, startReceiver, type TestReceiver } from '../receiver/start.js';

const PUBLIC_URL = 'https://c.shop.example';

/** What every webhook must hold to, whatever its service. */
export function describeWebhook(sample: WebhookSample): void {
  const { service, requests, secrets } = sample;
  const path = `/v1/webhooks/${service}`;

  describe(`the webhook of ${service}`, () => {
    let door: TestReceiver;
    let lines: string[];
    beforeEach(async () => {
      lines = [];
      const settings = sample.webhook ? {} : { webhooks: { [service]: sample.settings } };
      const own = sample.webhook ? { [service]: sample.webhook } : {};
      door = await startReceiver({
        doors: createDoors({ pepper: PEPPER, publicUrl: PUBLIC_URL, ...settings }, own),
        logger: jsonLogger((line) => lines.push(line)),
      });
    });
    afterEach(() => door.close());

    const send = (request: SampleRequest, proof: Record<string, string>, body = request.body) =>
      door.request(path + (request.search ?? ''), {
        method: 'POST',
        headers: { 'content-type': sample.contentType ?? 'application/json', ...request.headers, ...proof },
        body,
      });
    const signed = (request: SampleRequest) =>
      send(request, sample.sign(request.body, PUBLIC_URL + path + (request.search ?? '')));

    test.each(requests)('takes $what', async (request) => {
      const answer = await signed(request);
      expect([answer.status, await answerOf(answer)]).toMatchObject([200, { success: true }]);
      const kept = await door.events();
      for (const event of request.events) expect(kept).toContainEqual(partOf(event));
    });

    test('takes everything twice, and has it once', async () => {
      for (const request of requests) await signed(request);
      const once = await door.events();
      const wanted = requests.flatMap(({ events }) => events);
      expect(once).toHaveLength(wanted.length);
      for (const request of [...requests].reverse()) expect((await signed(request)).status).toBe(200);
      expect(await door.events()).toEqual(once);
    });

    test.each(requests)('turns $what away without the proof, and says why', async (request) => {
      const url = PUBLIC_URL + path + (request.search ?? '');
      const forged = sample.proof ? sample.forge(request.body, url) : undefined;
      const changed = request.body.replace(/.(?=.{12}$)/s, (letter) => (letter === '0' ? '1' : '0'));
      const attempts = forged
        ? [send(request, {}), send(request, forged)]
        : [send(request, {}, unsigned(request.body))];
      if (sample.proof && sample.proof !== 'authorization') {
        attempts.push(send(request, sample.sign(request.body, url), changed));
      }
      for (const answer of await Promise.all(attempts)) {
        expect(answer.status).toBe(401);
        expect(await answerOf(answer)).toMatchObject({
          error: { code: 'bad-signature', message: expect.stringMatching(/\((the|TopicArn|SigningCertURL) .+\)$/) },
        });
      }
      expect(await door.events()).toEqual([]);
      expect(lines.some((line) => line.includes('webhook-refused') && line.includes(service))).toBe(true);
    });

    test('writes neither secrets nor people to the log lines or the log', async () => {
      for (const request of requests) {
        await signed(request);
        if (sample.proof) await send(request, sample.forge(request.body, PUBLIC_URL + path));
      }
      const all = lines.join('') + JSON.stringify(await door.entries());
      for (const secret of secrets) expect(all.toLowerCase()).not.toContain(secret.toLowerCase());
    });

    test('is for POST only', async () => {
      expect((await door.request(path)).status).toBe(405);
      expect((await door.request(`${path}-of-another`, { method: 'POST', body: '{}' })).status).toBe(404);
    });
  });
}

/** The body without the signature that stands in it. */
function unsigned(body: string): string {
  return body.replace(
    /("signature":")[0-9a-f]{8}|("Signature":")[\w+/]{8}/,
    (_, a: string, b: string) => `${a ?? b}00000000`,
  );
}

/** Matches an event that has at least these parts; lists match element by element. */
function partOf(value: object): unknown {
  return expect.objectContaining(
    Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        Array.isArray(inner)
          ? inner.map((one) => (typeof one === 'object' ? partOf(one) : one))
          : typeof inner === 'object' && inner !== null
            ? partOf(inner)
            : inner,
      ]),
    ),
  );
}
