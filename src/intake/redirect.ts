import type { WireEvent } from '../protocol/index.js';
import { type Door, type DoorTools, refuse, toResponse } from '../receiver/index.js';
import { automationOf } from './automation.js';
import { LIBRARY } from './library.js';
import { destinationOf, type Link, readLink } from './link.js';
import type { LinkSettings } from './settings.js';
import type { Signer } from './token.js';
import type { Identities } from './who.js';

/** No copy of the answer may be kept, or the next click would not be seen; the target learns nothing about the mail. */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
};

/**
 * `GET /r/{token}`: records `Link Clicked` and redirects to the signed target, and to nothing else. HEAD redirects without
 * being counted. A full disk keeps no visitor from the target: the redirect comes all the same, and the loss is counted.
 */
export function redirectDoor(signer: Signer, settings: LinkSettings, identities: Identities): Door {
  return async (request, tools) => {
    const [, token] = /^\/r\/([^/]+)$/.exec(new URL(request.url).pathname) ?? [];
    if (token === undefined) return undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return toResponse(refuse({ code: 'wrong-method' }, { ...TEXT, allow: 'GET, HEAD' }));
    }
    const link = readLink(signer, 'link', token);
    if (!link) return turnedAway('bad-link', settings, tools);
    if (link.expiresAt !== undefined && link.expiresAt <= tools.now()) {
      return turnedAway('expired-link', settings, tools);
    }
    if (request.method === 'GET') await record(request, link, { settings, identities }, tools);
    // A refused prefetch makes the browser ask again when somebody does click; one that succeeds would hide the click.
    if (/prefetch/i.test(request.headers.get('sec-purpose') ?? '')) {
      return new Response(null, { status: 503, headers: HEADERS });
    }
    return new Response(null, { status: 302, headers: { ...HEADERS, location: destinationOf(link) } });
  };
}

const TEXT = { ...HEADERS, 'content-type': 'application/json; charset=utf-8' };

function turnedAway(code: 'bad-link' | 'expired-link', { fallback }: LinkSettings, tools: DoorTools): Response {
  tools.refused(code);
  if (fallback === undefined) return toResponse(refuse({ code }, TEXT));
  return new Response(null, { status: 302, headers: { ...HEADERS, location: fallback } });
}

/** What the door was made with. */
interface About {
  settings: LinkSettings;
  identities: Identities;
}

async function record(request: Request, link: Link, { settings, identities }: About, tools: DoorTools): Promise<void> {
  const { headers } = request;
  const automation = automationOf(headers);
  const { context, ...who } = identities.identityOf(settings.recipient === 'never' ? undefined : link.recipient);
  const event: WireEvent = {
    type: 'track',
    event: 'Link Clicked',
    // Each click is a new event: nothing in the request tells a second click from a repeated request.
    messageId: tools.newId(),
    timestamp: new Date(tools.now()).toISOString(),
    ...who,
    properties: { link_id: link.id, link_url: link.url, ...(automation && { automated: true, automation }) },
    context: {
      ...context,
      campaign: link.campaign,
      library: LIBRARY,
      ...(automation && { filrouge: { v: 1, automated: true } }),
    },
  };
  const visit = { userAgent: headers.get('user-agent') ?? undefined, gpc: headers.get('sec-gpc') === '1' };
  const taken = await tools.accept([event], visit);
  if ('code' in taken) tools.refused(taken.code);
}
