import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import {
  ingestRoute,
  isAudienceRoute,
  MAX_IGNORED_BYTES,
  type RawAnswer,
  type Receiver,
  refuse,
} from '../receiver/index.js';
import { createHeldBodies, type HeldBodies } from './held.js';

/** Of the bodies that are being read or wait for the disk; 500 of the largest. */
const MAX_HELD_BYTES = 256 * 1024 * 1024;

/**
 * For so long what still comes after an early answer is read and thrown away: a connection that is closed with unread bytes is
 * reset, and the client, which is still sending, never sees the answer (RFC 9112, section 9.6).
 */
const LINGER_MS = 2000;

/** What node:http takes and `Request` throws at. */
const NO_REQUEST = /^(?:TRACE|TRACK|CONNECT)$/i;

const USED_UP = 'Something read the body before this handler and left no "request.body": mount the handler before it.';

/** A web-standard handler. */
export type Fetch = (request: Request) => Promise<Response>;

/**
 * Mounts a web-standard handler in anything that takes node:http listeners, such as Express:
 * `app.use(toNodeHandler(receiver.fetch))`. Best mounted before body parsers: what one has read is taken from `request.body` and written
 * anew, so signatures of webhooks, which are made over the bytes as they were, fail behind it.
 */
export function toNodeHandler(fetch: Fetch): RequestListener {
  return (incoming, response) => {
    void answerFetch(fetch, incoming, response);
  };
}

/**
 * The listener of the server: ingest requests go to the receiver as whole buffers, without Request, Response or streams
 * (they cost more than all of the receiver's own work); everything else goes through `fetch`. Bodies of ingest requests take at
 * most `maxHeldBytes` of memory together.
 */
export function nodeListener(receiver: Receiver, fetch: Fetch, maxHeldBytes = MAX_HELD_BYTES): RequestListener {
  const viaFetch = toNodeHandler(fetch);
  const bodies = createHeldBodies(maxHeldBytes);
  return (incoming, response) => {
    const target = incoming.url ?? '/';
    if (ingestRoute(target) || isAudienceRoute(target)) ingestBody(receiver, bodies, incoming, response);
    else viaFetch(incoming, response);
  };
}

function ingestBody(receiver: Receiver, bodies: HeldBodies, incoming: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  let size = 0;
  /** Answers before the body is whole, and hangs up soon: what is still to come is not wanted. */
  const cutOff = (code: 'too-large' | 'overloaded'): void => {
    chunks.length = 0;
    incoming.removeAllListeners('data').removeAllListeners('end').resume();
    const hangUp = setTimeout(() => incoming.destroy(), LINGER_MS);
    incoming.once('close', () => clearTimeout(hangUp));
    sendRaw(response, refuse({ code }));
  };
  const held = bodies.begin(() => cutOff('overloaded'));
  response.once('close', () => held.end());
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= receiver.maxBodyBytes) {
      chunks.push(chunk);
      held.add(chunk.length);
    } else {
      chunks.length = 0;
      held.end();
      if (size > MAX_IGNORED_BYTES) cutOff('too-large');
    }
  });
  incoming.on('error', () => response.destroy());
  incoming.on('end', () => {
    held.read();
    const [only] = chunks;
    const whole = chunks.length === 1 && only ? only : Buffer.concat(chunks);
    const body = size > receiver.maxBodyBytes ? 'too-large' : whole;
    receiver
      .ingest({
        method: incoming.method ?? 'GET',
        target: incoming.url ?? '/',
        header: (name) => headerOf(incoming, name),
        address: incoming.socket.remoteAddress,
        body,
      })
      .then((answer) => sendRaw(response, answer))
      .catch(() => sendRaw(response, refuse({ code: 'internal-error' })));
  });
}

function headerOf(incoming: IncomingMessage, name: string): string | undefined {
  const value = incoming.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function sendRaw(response: ServerResponse, answer: RawAnswer): void {
  if (response.headersSent || response.destroyed) return;
  // A list, because a copy of the object with one header more takes longer to make and to go over.
  const headers: (string | number)[] = ['content-length', Buffer.byteLength(answer.body)];
  for (const name in answer.headers) headers.push(name, answer.headers[name] ?? '');
  response.writeHead(answer.status, headers);
  response.end(answer.body);
}

async function answerFetch(fetch: Fetch, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  if (NO_REQUEST.test(incoming.method ?? '')) return sendRaw(response, refuse({ code: 'wrong-method' }));
  if (incoming.readableEnded && parsedBody(incoming) === undefined)
    return sendRaw(response, refuse({ code: 'internal-error', message: USED_UP }));
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  try {
    await sendResponse(await fetch(toRequest(incoming, gone.signal)), incoming.method, response);
  } catch {
    // An answer that has begun cannot be taken back: the client must see that it is cut off.
    if (response.headersSent) response.destroy();
    else sendRaw(response, refuse({ code: 'internal-error' }));
  }
}

function toRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '');
  }
  const method = incoming.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const parsed = hasBody ? parsedBody(incoming) : undefined;
  // A parser undoes the encoding and leaves the header.
  if (parsed !== undefined) headers.delete('content-encoding');
  return new Request(urlOf(incoming), {
    method,
    headers,
    signal,
    ...(hasBody && { body: parsed ?? (Readable.toWeb(incoming) as ReadableStream<Uint8Array>), duplex: 'half' }),
  });
}

/** The body that a parser of Express' kind has read and put into `body`; undefined where it has not been read. */
function parsedBody(incoming: IncomingMessage): string | Uint8Array<ArrayBuffer> | undefined {
  if (!incoming.readableEnded || !('body' in incoming)) return undefined;
  const { body } = incoming;
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
}

/**
 * The host is the client's word and goes nowhere but into the URL; a malformed one must not make a request fail, and one that
 * brings a path must not change the path: a proxy may have looked at it.
 */
function urlOf(incoming: IncomingMessage): URL {
  const target = incoming.url ?? '/';
  const path = target.startsWith('/') ? target : '/';
  const host = `http://${incoming.headers.host ?? 'localhost'}`;
  return new URL((URL.canParse(host) ? new URL(host).origin : 'http://localhost') + path);
}

async function sendResponse(answer: Response, method: string | undefined, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (!answer.body || method === 'HEAD') {
    await answer.body?.cancel();
    response.end();
    return;
  }
  const reader = answer.body.getReader();
  const stop = () => void reader.cancel().catch(() => undefined);
  response.once('close', stop);
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (!response.write(part.value)) await drained(response);
  }
  response.off('close', stop);
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.once('drain', done);
    response.once('close', done);
    if (response.destroyed) done();
  });
}
