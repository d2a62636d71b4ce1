import { isObject, type JsonObject } from '../protocol/index.js';
import { type Door, type DoorTools, jsonAnswer, readBody, refuse, toResponse, wrongMethod } from '../receiver/index.js';
import { BadLink } from './bad-link.js';
import { makeLink, readLink } from './link.js';
import type { LinkParts } from './link-use.js';
import { qrCode } from './qr.js';

/** A newsletter has many recipients, each with a link of their own. */
const MOST_LINKS = 5000;
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/**
 * `POST /v1/links` with the admin key: one `LinkRequest`, or `{links: […]}`, to signed links. `GET /v1/links/{token}.svg` or
 * `.png`: the QR code of a link, for everybody who has the link.
 */
export function linkApi({ signer, settings, identities }: LinkParts): Door {
  return async (request, tools) => {
    const url = new URL(request.url);
    const base = settings.publicUrl ?? url.origin;
    if (url.pathname === '/v1/links') {
      if (request.method !== 'POST') return wrongMethod('POST');
      return (
        (await tools.guard(request)) ??
        makeLinks(request, tools, (asked) => describe(makeLink(signer, identities, asked), base))
      );
    }
    const [, token = '', format] = /^\/v1\/links\/([^/]+)\.(svg|png)$/.exec(url.pathname) ?? [];
    if (format !== 'svg' && format !== 'png') return undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') return wrongMethod('GET, HEAD');
    if (!readLink(signer, 'link', token)) return toResponse(refuse({ code: 'bad-link' }));
    const type = format === 'svg' ? 'image/svg+xml' : 'image/png';
    const headers = { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable', ...SAFE };
    return new Response(Buffer.from(await qrCode(`${base}/r/${token}`, format)), { headers });
  };
}

const SAFE = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
};

async function makeLinks(
  request: Request,
  { logger }: DoorTools,
  make: (asked: JsonObject) => JsonObject,
): Promise<Response> {
  const body = await readBody(request.body, MAX_BODY_BYTES);
  if (body === 'too-large') return toResponse(refuse({ code: 'too-large' }));
  let asked: unknown;
  try {
    asked = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return toResponse(refuse({ code: 'bad-json' }));
  }
  const many = isObject(asked) && Array.isArray(asked.links) ? asked.links : undefined;
  const all: unknown[] = many ?? [asked];
  if (all.length > MOST_LINKS) return refused(`links must be at most ${MOST_LINKS}.`);
  try {
    const made = all.map((one, index) => {
      if (!isObject(one)) throw new BadLink(`${many ? `links[${index}]` : 'The body'} must be a JSON object.`);
      return make(one);
    });
    logger.info('links-made', { links: made.length });
    return jsonAnswer(many ? { links: made } : (made[0] ?? {}), 201);
  } catch (error) {
    if (error instanceof BadLink) return refused(error.message);
    throw error;
  }
}

function refused(message: string): Response {
  return toResponse(refuse({ code: 'bad-query', message }));
}

/** `named`: it carries a recipient; an address or number that joins nobody is none. */
function describe({ token, link }: ReturnType<typeof makeLink>, base: string): JsonObject {
  const expires = link.expiresAt === undefined ? {} : { expires: new Date(link.expiresAt).toISOString() };
  const made = { id: link.id, token, ...expires, named: link.recipient !== undefined };
  if (!link.url) return { ...made, image: `${base}/o/${token}.gif` };
  return { ...made, link: `${base}/r/${token}`, qr: `${base}/v1/links/${token}.svg` };
}
