import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

/** The tag, what it loads beside itself (captures that are asked for, one consent platform), the service worker, the audience. */
const NAME = /^filrouge(-[a-z][a-z-]*)?\.js$/;
/** Without the first, the browser would say of a file that is not there only that CORS forbids it. */
const FOR_ANY_PAGE = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) };

interface TagFile {
  etag: string;
  bodies: { identity: Buffer; br: Buffer; gzip: Buffer };
}

/**
 * Serves the browser tag, `GET /filrouge.js` and what it may load beside itself, from the directory of the build; 404 for a file
 * of such a name that is not there, undefined for other paths. Any page may load it, also with an integrity hash (hence the
 * CORS headers). Browsers keep it for an hour and then ask with its ETag.
 */
export function tagFiles(directory: URL): (request: Request) => Promise<Response | undefined> {
  const files = new Map<string, Promise<TagFile | undefined>>();
  return async (request) => {
    const name = new URL(request.url).pathname.slice(1);
    if (!NAME.test(name) || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined;
    let reading = files.get(name);
    if (!reading) files.set(name, (reading = read(new URL(name, directory))));
    const file = await reading;
    // A build that comes later must be seen without a restart.
    if (!file) files.delete(name);
    return file ? answer(file, request) : missing(name);
  };
}

async function read(url: URL): Promise<TagFile | undefined> {
  const identity = await readFile(url).catch(() => undefined);
  if (!identity) return undefined;
  const [br, gz] = await Promise.all([compressors.br(identity), compressors.gzip(identity)]);
  const etag = createHash('sha256').update(identity).digest('base64url').slice(0, 22);
  return { etag, bodies: { identity, br, gzip: gz } };
}

function missing(name: string): Response {
  const text = `There is no ${name}: check the names in data-capture and data-consent, and that the package is built.\n`;
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...FOR_ANY_PAGE };
  return new Response(text, { status: 404, headers: { ...headers, 'x-content-type-options': 'nosniff' } });
}

function answer({ etag, bodies }: TagFile, request: Request): Response {
  const accepted = request.headers.get('accept-encoding') ?? '';
  const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
  const tag = `"${etag}-${encoding}"`;
  const headers = {
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=3600, stale-while-revalidate=86400',
    etag: tag,
    vary: 'Accept-Encoding',
    ...FOR_ANY_PAGE,
    'timing-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
  };
  const known = request.headers.get('if-none-match')?.split(',') ?? [];
  if (known.some((one) => one.trim().replace(/^W\//, '') === tag)) return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(bodies[encoding]), { headers });
}
