import { REASONS } from '../protocol/index.js';
import { type Door, type DoorTools, jsonAnswer, readBody, refuse, toResponse } from '../receiver/index.js';
import type { EventMaking } from './event.js';
import { no, takeEntries } from './take-entries.js';
import type { Confirmation, Incoming, Webhook } from './webhooks/contract.js';

/** What `webhookDoor` is made of. */
export interface WebhookParts {
  /** By the last part of the path. */
  webhooks: ReadonlyMap<string, Webhook>;
  making: EventMaking;
  /** Where services reach the receiver; default: as the request names it. */
  publicUrl?: string | undefined;
  /** Calls the address by which a subscription is confirmed. */
  confirm?: (url: string) => Promise<unknown>;
}

/** SendGrid's batches are the largest, with 768 KB. */
const MAX_BODY_BYTES = 2 * 1024 * 1024;
const CONFIRM_MS = 10_000;

/**
 * `POST /v1/webhooks/{service}`: checks that the request is genuine, then takes what it tells. Entries that nobody can read are
 * named in the answer and do not hold up the others; what could not be written to disk is answered with 503, so that the
 * service sends it again.
 */
export function webhookDoor(parts: WebhookParts): Door {
  return async (request, tools) => {
    const { pathname, search, origin } = new URL(request.url);
    const [, name = ''] = /^\/v1\/webhooks\/([^/]+)\/?$/.exec(pathname) ?? [];
    const webhook = parts.webhooks.get(name);
    if (!webhook) return undefined;
    if (request.method !== 'POST') return no('wrong-method', tools, { allow: 'POST' });
    const bytes = await readBody(request.body, MAX_BODY_BYTES);
    if (bytes === 'too-large') return no('too-large', tools);
    const url = (parts.publicUrl ?? origin) + pathname + search;
    const incoming: Incoming = { url, headers: request.headers, body: Buffer.from(bytes).toString('utf8') };
    try {
      const wrong = await webhook.verify(incoming);
      if (wrong !== undefined) return turnAway(name, wrong, tools);
      const entries = webhook.read(incoming);
      return 'confirm' in entries
        ? await confirm(name, entries, parts, tools)
        : await takeEntries(name, entries, parts.making, tools);
    } catch (error) {
      if (error instanceof SyntaxError) return no('bad-json', tools);
      throw error;
    }
  };
}

/** The reason names headers and fields, never their values: it helps the owner and tells a stranger nothing. */
function turnAway(service: string, reason: string, tools: DoorTools): Response {
  tools.refused('bad-signature');
  tools.logger.warn('webhook-refused', { service, reason });
  const message = `${REASONS['bad-signature']} (${reason})`;
  return toResponse(refuse({ code: 'bad-signature', message }));
}

async function confirm(
  name: string,
  { confirm: url }: Confirmation,
  parts: WebhookParts,
  tools: DoorTools,
): Promise<Response> {
  try {
    await (parts.confirm ?? callAddress)(url);
  } catch {
    tools.logger.error('webhook-not-confirmed', { service: name });
    return no('internal-error', tools);
  }
  tools.logger.info('webhook-confirmed', { service: name });
  return jsonAnswer({ success: true, accepted: 0, ignored: 1 });
}

async function callAddress(url: string): Promise<void> {
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(CONFIRM_MS) });
  if (!answer.ok) throw new Error(`The confirmation was answered with ${answer.status}.`);
}
