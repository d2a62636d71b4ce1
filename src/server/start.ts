import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type AudienceBook, audienceBook } from '../audience/index.js';
import type { Collector } from '../browser/contracts.js';
import { createForwarder, type Forwarder } from '../forward/index.js';
import { createDoors, type IntakeSettings } from '../intake/index.js';
import { fileLog } from '../log/file.js';
import {
  createReceiver,
  errorFacts,
  type Logger,
  type Origins,
  type PrivacyOptions,
  type Receiver,
} from '../receiver/index.js';
import type { ReportsOptions } from '../report/index.js';
import type { Store } from '../stores/contract.js';
import { createApp } from './app.js';
import { type DataDirectory, openDataDirectory } from './data-dir.js';
import { nodeListener } from './node.js';

/** Options of `startServer`. */
export interface ServerOptions {
  /** Where log, store and secret are kept; made if absent. One process at a time. */
  dataDir: string;
  writeKeys: readonly string[];
  secretKeys?: readonly string[];
  /** Without one there are no reports, no events, no people. */
  adminKeys?: readonly string[];
  origins?: Origins;
  /** Default 8080; 0 takes a free one. */
  port?: number;
  /** Default 127.0.0.1: only this machine. */
  host?: string;
  /** `memory` rebuilds the store from the log at each start. Default duckdb. */
  store?: 'duckdb' | 'memory';
  /** Where the built tag lies; default: beside this package's code. */
  tagDirectory?: URL;
  logger?: Logger;
  /** Time zone, currency and channel rules that reports start from. */
  reports?: ReportsOptions;
  /** What `createReceiver` takes to protect people and itself. */
  privacy?: PrivacyOptions;
  /** Signed links, pixels and webhooks; links work without settings. */
  intake?: IntakeSettings;
  /** Other systems that get the events too, by label; each keeps its cursor in the data directory. */
  forward?: { [label: string]: Collector };
}

/** A running server. */
export interface RunningServer {
  url: string;
  port: number;
  receiver: Receiver;
  store: Store;
  /** Stops taking connections, finishes requests, applies what is durable, closes the files. */
  close(): Promise<void>;
}

/** How long requests that are being answered may take when the server stops. */
const STOP_MS = 10_000;
const SWEEP_MS = 50;

/** What has to be closed, in the order in which it was opened. */
type Closers = (() => Promise<void>)[];

/**
 * Starts the whole thing on one directory and one port. Rejects, with a sentence that says what to do, when it cannot:
 * directory not writable or in use, port taken, log files missing.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { port = 8080, host = '127.0.0.1' } = options;
  const closers: Closers = [];
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= closeAll(closers);
    return closing;
  };
  try {
    const { receiver, store, audience } = await openReceiver(options, closers);
    const { reports, tagDirectory } = options;
    const app = createApp({
      receiver,
      store,
      audience,
      ...(reports && { reports }),
      ...(tagDirectory && { tagDirectory }),
    });
    const server = createHttpServer(nodeListener(receiver, app.fetch));
    await listen(server, port, host);
    closers.push(() => stop(server));
    const { port: bound } = server.address() as AddressInfo;
    return { url: urlOf(host, bound), port: bound, receiver, store, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function closeAll(closers: Closers): Promise<void> {
  for (let next = closers.pop(); next; next = closers.pop()) await next();
}

interface Opened {
  receiver: Receiver;
  store: Store;
  audience: AudienceBook;
}

async function openReceiver(options: ServerOptions, closers: Closers): Promise<Opened> {
  const { logger, origins } = options;
  const directory = await openDataDirectory(options.dataDir);
  const log = await fileLog({
    directory: directory.log,
    onProblem: ({ code, offset, bytes }) => logger?.error(`log-${code}`, { offset, bytes }),
  });
  closers.push(() => log.close());
  const store = await openStore(options.store ?? 'duckdb', directory, options);
  closers.push(() => store.close());
  if ((await store.position()) > log.last()) {
    throw new Error(
      `The store knows more than the log: files are missing in ${directory.log}. Restore them, or remove ${directory.store} to rebuild it from what is left.`,
    );
  }
  const timezone = options.reports?.timezone;
  const audience = await audienceBook({ directory: directory.audience, ...(timezone && { timezone }) });
  closers.push(() => audience.close());
  let forwarder: Forwarder | undefined;
  const receiver = createReceiver({
    audience,
    log,
    store,
    keys: { write: options.writeKeys, secret: options.secretKeys ?? [], admin: options.adminKeys ?? [] },
    pepper: directory.pepper,
    country: options.intake?.country,
    doors: createDoors({ ...options.intake, pepper: directory.pepper }),
    ...options.privacy,
    forwarded: () => forwarder?.position() ?? Infinity,
    ...(origins && { origins }),
    ...(logger && { logger }),
  });
  closers.push(() => receiver.close());
  if (options.forward) {
    const started = await createForwarder({
      log,
      directory: join(options.dataDir, 'forward'),
      destinations: options.forward,
      registry: receiver.metrics.registry,
      ...(logger && { logger }),
    });
    forwarder = started;
    closers.push(() => started.close());
  }
  return { receiver, store, audience };
}

function createHttpServer(listener: RequestListener): Server {
  const server = createServer((incoming, response) => {
    // When stopping: a client that is busy on its connection would never let it become idle.
    if (!server.listening) response.shouldKeepAlive = false;
    listener(incoming, response);
  });
  // Longer than a load balancer keeps idle connections (60 s), so that it never sends into a closed one.
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 60_000;
  return server;
}

async function openStore(
  kind: 'duckdb' | 'memory',
  { store: file, pepper }: DataDirectory,
  { intake, logger }: ServerOptions,
): Promise<Store> {
  const country = intake?.country;
  if (kind === 'memory') {
    const { memoryStore } = await import('../stores/memory.js');
    return memoryStore({ pepper, country });
  }
  const { duckdbStore } = await import('../stores/duckdb.js');
  return duckdbStore({
    file,
    pepper,
    country,
    onProblem({ code, attempt, error }) {
      if (code === 'store-restarted') logger?.info(code, { attempt });
      else logger?.error(code, { attempt, ...(error && errorFacts(error)) });
    },
  });
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainListenError(error, port, host)));
    server.listen(port, host, resolve);
  });
}

function explainListenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const say = (text: string) => new Error(`${text} (${error.code})`, { cause: error });
  if (error.code === 'EADDRINUSE')
    return say(`Port ${port} is taken: stop what uses it, or choose another with --port.`);
  if (error.code === 'EACCES') return say(`Port ${port} needs more rights: choose one above 1023 with --port.`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return say(`This machine has no address ${host}: choose another with --host.`);
  return error;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), STOP_MS);
    // Again and again, because a connection whose request is answered after this moment becomes idle only then.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    server.close(() => {
      clearTimeout(deadline);
      clearInterval(sweep);
      resolve();
    });
  });
}

/** An address that a browser on this machine can open. */
function urlOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
