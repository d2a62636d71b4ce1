import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { WireEvent } from '../../src/protocol/index.js';

/** One request as it came over the wire. */
export interface WireRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  events: WireEvent[];
  bytes: number;
}

/** An answer of another kind. Only what `takes` keeps the events. */
interface StatusMood {
  kind: 'status';
  status: number;
  takes?: boolean;
  retryAfter?: number | string;
  body?: string;
  type?: string;
  location?: string;
}

/**
 * How the collector misbehaves. `drop-before` resets without reading, `drop-after` once everything was read and kept;
 * `hang-up` reads, keeps nothing, and closes the connection in an orderly way without an answer; `endless` keeps all, and
 * the body of its answer never ends.
 */
export type Mood =
  | { kind: 'ok'; gzip?: boolean }
  | StatusMood
  | { kind: 'drop-before' }
  | { kind: 'hang-up' }
  | { kind: 'drop-after' }
  | { kind: 'half-answer' }
  | { kind: 'endless' };

/** A real HTTP server that speaks the Segment batch call, keeps what it accepted, and fails on demand. */
export interface FaultyCollector {
  url: string;
  port: number;
  requests: WireRequest[];
  /** How often a script was fetched. */
  scripts: number;
  /** What was acknowledged, or would have been (`drop-after`): copies on the wire, duplicates included. */
  received: WireEvent[];
  /** Asked anew for each request. */
  mood: () => Mood;
  /** Decides by what the request carries; wins over `mood`. */
  moodFor?: (events: WireEvent[]) => Mood;
  /** Gets every body that was taken, e.g. to hand it on to a real receiver. */
  forward?: (body: string) => Promise<unknown>;
  delayMs: number;
  /** Stops listening: connections are refused. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a collector on a free port of the loopback interface. */
export async function startCollector(): Promise<FaultyCollector> {
  let server = await listenOn(0, handle);
  const { port } = server.address() as AddressInfo;
  const collector: FaultyCollector = {
    url: `http://127.0.0.1:${port}`,
    port,
    requests: [],
    scripts: 0,
    received: [],
    mood: () => ({ kind: 'ok' }),
    delayMs: 0,
    down: () => stop(server),
    async up() {
      server = await listenOn(port, handle);
    },
    close: () => stop(server),
  };
  return collector;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    if (request.method === 'GET') {
      collector.scripts++;
      return serveScript(path, response);
    }
    let mood = collector.mood();
    if (mood.kind === 'drop-before') return void request.socket.destroy();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const events = request.method === 'POST' ? (JSON.parse(body.toString()).batch as WireEvent[]) : [];
    mood = collector.moodFor?.(events) ?? mood;
    collector.requests.push({
      method: request.method ?? '',
      path,
      headers: request.headers,
      events,
      bytes: body.length,
    });
    if (mood.kind === 'hang-up') return void request.socket.end();
    if (mood.kind === 'status' && !mood.takes) await delay(collector.delayMs);
    else {
      collector.received.push(...events);
      if (events.length) await collector.forward?.(body.toString());
      await delay(collector.delayMs);
    }
    answer(mood, request, response, events.length);
  }
}

function answer(mood: Mood, request: IncomingMessage, response: ServerResponse, accepted: number): void {
  const cors = {
    'Access-Control-Allow-Origin': request.headers.origin ?? '*',
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'Retry-After',
  };
  if (mood.kind === 'drop-after') return void request.socket.destroy();
  if (mood.kind === 'half-answer' || mood.kind === 'endless') {
    response.writeHead(200, { ...cors, 'Content-Type': 'application/json', 'Content-Length': '1000' });
    response.write('{"success":');
    if (mood.kind === 'half-answer') setTimeout(() => request.socket.destroy(), 20);
    return;
  }
  const status = mood.kind === 'status' ? mood.status : 200;
  const type = (mood.kind === 'status' && mood.type) || 'application/json';
  const retryAfter = mood.kind === 'status' && mood.retryAfter ? { 'Retry-After': `${mood.retryAfter}` } : {};
  const location = mood.kind === 'status' && mood.location ? { Location: mood.location } : {};
  const encoding = mood.kind === 'ok' && mood.gzip ? { 'Content-Encoding': 'gzip' } : {};
  response.writeHead(status, { ...cors, ...retryAfter, ...location, ...encoding, 'Content-Type': type });
  const text =
    (mood.kind === 'status' ? mood.body : undefined) ?? JSON.stringify({ success: status === 200, accepted });
  response.end(mood.kind === 'ok' && mood.gzip ? gzipSync(text) : text);
}

function serveScript(path: string, response: ServerResponse): void {
  // What a load balancer may send a redirected request to: it says that all is well, and has taken nothing.
  if (path === '/health') {
    const headers = { 'Content-Type': 'application/json', 'Access-Control-Allow-Origin': '*' };
    return void response.writeHead(200, headers).end('{"status":"ok"}');
  }
  const name = /^\/(filrouge(?:-[a-z]+){0,2}\.js)/.exec(path)?.[1];
  if (!name) return void response.writeHead(404).end();
  const headers = { 'Content-Type': 'text/javascript', 'Access-Control-Allow-Origin': '*' };
  response.writeHead(200, headers).end(readFileSync(new URL(`../../dist/${name}`, import.meta.url)));
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function listenOn(port: number, handle: Handler): Promise<Server> {
  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

function delay(ms: number): Promise<void> {
  return ms ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve();
}
