import type { WireEvent } from '../protocol/index.js';
import { type Door, type DoorTools, refuse, toResponse } from '../receiver/index.js';
import { machineOpenOf } from './automation.js';
import { LIBRARY } from './library.js';
import { type Link, readLink } from './link.js';
import type { LinkSettings } from './settings.js';
import type { Signer } from './token.js';
import type { Identities } from './who.js';

/** One transparent dot. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const HEADERS = {
  'content-type': 'image/gif',
  // Mail proxies keep pictures for everybody unless told not to.
  'cache-control': 'no-store, no-cache, must-revalidate, private, max-age=0',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // Pages that isolate themselves, and web mail, may show it.
  'cross-origin-resource-policy': 'cross-origin',
};

/**
 * `GET /o/{token}.gif`: records `Email Opened` and answers with a transparent dot, also for an e-mail that has expired (the
 * mail should not show a broken picture). Machine opens say so in `properties.machine`. HEAD is not counted.
 */
export function pixelDoor(signer: Signer, settings: LinkSettings, identities: Identities): Door {
  return async (request, tools) => {
    const [, token] = /^\/o\/([^/]+)\.gif$/.exec(new URL(request.url).pathname) ?? [];
    if (token === undefined) return undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return toResponse(refuse({ code: 'wrong-method' }, { ...HEADERS, ...JSON_TYPE, allow: 'GET, HEAD' }));
    }
    const mail = readLink(signer, 'open', token);
    if (!mail) {
      tools.refused('bad-link');
      return toResponse(refuse({ code: 'bad-link' }, { ...HEADERS, ...JSON_TYPE }));
    }
    const isOver = mail.expiresAt !== undefined && mail.expiresAt <= tools.now();
    if (isOver) tools.refused('expired-link');
    else if (request.method === 'GET') await record(request, mail, { settings, identities }, tools);
    return new Response(GIF, { headers: HEADERS });
  };
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/** What the door was made with. */
interface About {
  settings: LinkSettings;
  identities: Identities;
}

async function record(
  { headers }: Request,
  mail: Link,
  { settings, identities }: About,
  tools: DoorTools,
): Promise<void> {
  const machine = machineOpenOf(headers);
  const { context, ...who } = identities.identityOf(settings.recipient === 'never' ? undefined : mail.recipient);
  const { name, id } = mail.campaign;
  const event: WireEvent = {
    type: 'track',
    event: 'Email Opened',
    messageId: tools.newId(),
    timestamp: new Date(tools.now()).toISOString(),
    ...who,
    properties: {
      email_id: mail.id,
      ...(id && { campaign_id: id }),
      ...(name && { campaign_name: name }),
      ...(machine && { machine: true, machine_reason: machine }),
    },
    context: {
      ...context,
      campaign: mail.campaign,
      library: LIBRARY,
      ...(machine && { filrouge: { v: 1, automated: true } }),
    },
  };
  const gpc = headers.get('sec-gpc') === '1';
  // Not the browser of a proxy: it would count as the reader's device.
  const userAgent = machine ? undefined : (headers.get('user-agent') ?? undefined);
  const taken = await tools.accept([event], { userAgent, gpc });
  if ('code' in taken) tools.refused(taken.code);
}
