import { type Door, type DoorTools, refuse, toResponse } from '../receiver/index.js';
import { automationOf } from './automation.js';
import { destinationOf, isExpired, type Link, readLink } from './link.js';
import { type LinkParts, recordUse } from './link-use.js';

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
export function redirectDoor(parts: LinkParts): Door {
  return async (request, tools) => {
    const [, token] = /^\/r\/([^/]+)$/.exec(new URL(request.url).pathname) ?? [];
    if (token === undefined) return undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return toResponse(refuse({ code: 'wrong-method' }, { ...REFUSAL_HEADERS, allow: 'GET, HEAD' }));
    }
    const link = readLink(parts.signer, 'link', token);
    if (!link) return turnedAway('bad-link', parts, tools);
    if (isExpired(link, tools.now())) return turnedAway('expired-link', parts, tools);
    if (request.method === 'GET') await record(parts, link, request, tools);
    // A refused prefetch makes the browser ask again when somebody does click; one that succeeds would hide the click.
    if (/prefetch/i.test(request.headers.get('sec-purpose') ?? '')) {
      return new Response(null, { status: 503, headers: HEADERS });
    }
    return new Response(null, { status: 302, headers: { ...HEADERS, location: destinationOf(link) } });
  };
}

const REFUSAL_HEADERS = { ...HEADERS, 'content-type': 'application/json; charset=utf-8' };

function turnedAway(code: 'bad-link' | 'expired-link', parts: LinkParts, tools: DoorTools): Response {
  const { fallback } = parts.settings;
  tools.refused(code);
  if (fallback === undefined) return toResponse(refuse({ code }, REFUSAL_HEADERS));
  return new Response(null, { status: 302, headers: { ...HEADERS, location: fallback } });
}

async function record(parts: LinkParts, link: Link, request: Request, tools: DoorTools): Promise<void> {
  const automation = automationOf(request.headers);
  await recordUse(
    parts,
    link,
    {
      event: 'Link Clicked',
      properties: { link_id: link.id, link_url: link.url, ...(automation && { automated: true, automation }) },
      isMachine: automation !== undefined,
      userAgent: request.headers.get('user-agent') ?? undefined,
      request,
    },
    tools,
  );
}
