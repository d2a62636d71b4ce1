import type { RawRequest } from './request.js';

/** A client that sends more than this after the limit is cut off; up to here it is let finish, to hear the answer. */
export const MAX_IGNORED_BYTES = 16 * 1024 * 1024;

/** Reads a body up to a limit; what is longer is not kept. */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<Uint8Array | 'too-large'> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (body) {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MAX_IGNORED_BYTES) return 'too-large';
      if (size <= maxBytes) chunks.push(chunk);
    }
  }
  if (size > maxBytes) return 'too-large';
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size);
}

/** A web-standard Request as the ingest path wants it. */
export async function toRaw(request: Request, maxBytes: number): Promise<RawRequest> {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    target: pathname + search,
    header: (name) => request.headers.get(name) ?? undefined,
    body: request.method === 'POST' ? await readBody(request.body, maxBytes) : new Uint8Array(),
  };
}
