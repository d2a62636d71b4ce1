import type { Campaign, JsonObject } from '../protocol/index.js';
import { type Door, readBody } from '../receiver/index.js';
import type { EventMaking } from './event.js';
import { no, takeEntries } from './take-entries.js';
import type { Entry } from './webhooks/contract.js';
import { instantOf, objectOf, textOf } from './webhooks/values.js';
import type { Who } from './who.js';

const MAX_BODY_BYTES = 2 * 1024 * 1024;
const MOST_NOTICES = 5000;

/**
 * `POST /v1/notices` with a secret key: what systems of one's own know, in the clear; `{source, notices: [{id, at, event, who,
 * properties, campaign, channel}]}`; `id` is a text, or a list of the parts that make it. Addresses and numbers are hashed here, before the log, so that an import needs no secret of
 * the store. `source` and `id` make the message id.
 */
export function noticesDoor(making: EventMaking): Door {
  return async (request, tools) => {
    if (new URL(request.url).pathname !== '/v1/notices') return undefined;
    if (request.method !== 'POST') return no('wrong-method', tools, { allow: 'POST' });
    if (!tools.isTrusted(request)) return no('wrong-key', tools, { 'www-authenticate': 'Basic' });
    const bytes = await readBody(request.body, MAX_BODY_BYTES);
    if (bytes === 'too-large') return no('too-large', tools);
    let body: unknown;
    try {
      body = JSON.parse(Buffer.from(bytes).toString('utf8'));
    } catch {
      return no('bad-json', tools);
    }
    const { source, notices } = objectOf(body);
    if (typeof source !== 'string' || !/^[\w-]{1,64}$/.test(source) || !Array.isArray(notices))
      return no('bad-body', tools);
    if (notices.length > MOST_NOTICES) return no('too-large', tools);
    return takeEntries(source, notices.map(readNotice), making, tools);
  };
}

function readNotice(value: unknown): Entry {
  const fields = objectOf(value);
  if (!Object.keys(fields).length) return 'bad-event';
  const id = (Array.isArray(fields.id) ? fields.id : [fields.id]).map(textOf);
  const event = textOf(fields.event);
  if (!id.length || id.includes(undefined)) return 'missing-id';
  if (event === undefined) return 'missing-event-name';
  const at = instantOf(fields.at);
  if (at === undefined) return 'bad-timestamp';
  const campaign = textsOf(fields.campaign);
  return {
    id,
    at,
    event,
    who: textsOf(fields.who) as Who,
    // Checked like every event's, before it is written.
    properties: objectOf(fields.properties) as JsonObject,
    ...(Object.keys(campaign).length && { campaign: campaign as Campaign }),
    channel: textOf(fields.channel),
  };
}

function textsOf(value: unknown): { [name: string]: string } {
  const texts: { [name: string]: string } = {};
  for (const [name, inner] of Object.entries(objectOf(value))) {
    const text = textOf(inner);
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}
