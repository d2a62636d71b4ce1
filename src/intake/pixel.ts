import { type Door, type DoorTools, refuse, toResponse } from '../receiver/index.js';
import { machineOpenOf } from './automation.js';
import { isExpired, type Link, readLink } from './link.js';
import { type LinkParts, recordUse } from './link-use.js';

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
export function pixelDoor(parts: LinkParts): Door {
  return async (request, tools) => {
    const [, token] = /^\/o\/([^/]+)\.gif$/.exec(new URL(request.url).pathname) ?? [];
    if (token === undefined) return undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return toResponse(refuse({ code: 'wrong-method' }, { ...HEADERS, ...JSON_TYPE, allow: 'GET, HEAD' }));
    }
    const mail = readLink(parts.signer, 'open', token);
    if (!mail) {
      tools.refused('bad-link');
      return toResponse(refuse({ code: 'bad-link' }, { ...HEADERS, ...JSON_TYPE }));
    }
    if (isExpired(mail, tools.now())) tools.refused('expired-link');
    else if (request.method === 'GET') await record(parts, mail, request, tools);
    return new Response(GIF, { headers: HEADERS });
  };
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

async function record(parts: LinkParts, mail: Link, request: Request, tools: DoorTools): Promise<void> {
  const machine = machineOpenOf(request.headers);
  const { name, id } = mail.campaign;
  await recordUse(
    parts,
    mail,
    {
      event: 'Email Opened',
      properties: {
        email_id: mail.id,
        ...(id && { campaign_id: id }),
        ...(name && { campaign_name: name }),
        ...(machine && { machine: true, machine_reason: machine }),
      },
      isMachine: machine !== undefined,
      // Not the browser of a proxy: it would count as the reader's device.
      userAgent: machine ? undefined : (request.headers.get('user-agent') ?? undefined),
      request,
    },
    tools,
  );
}
