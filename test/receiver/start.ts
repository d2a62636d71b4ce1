import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { IngestLog } from '../../src/log/contract.js';
import { fileLog } from '../../src/log/file.js';
import { decodeRecord, type Entry } from '../../src/log/record.js';
import type { JsonObject } from '../../src/protocol/index.js';
import { createReceiver, type Receiver, type ReceiverOptions } from '../../src/receiver/index.js';
import type { Store, StoredEvent } from '../../src/stores/contract.js';
import { duckdbStore } from '../../src/stores/duckdb.js';
import { memoryStore } from '../../src/stores/memory.js';
import { temporaryDirectory } from '../files.js';
import { parseLines } from './events.js';

const URL_OF_COLLECTOR = 'https://c.shop.example';
export const PEPPER = 'pepper of the tests';

/** A receiver on a real log in a temporary directory and the reference store. */
export interface TestReceiver {
  receiver: Receiver;
  log: IngestLog;
  store: Store;
  /** Where its log lies; '' where it was given a log, which whoever made it removes. */
  directory: string;
  /** Posts JSON as a browser would, with the write key `wk`. */
  post(body: unknown, init?: { path?: string; headers?: Record<string, string> }): Promise<Response>;
  /** A request with the admin key. */
  admin(path: string, method?: string): Promise<Response>;
  request(path: string, init?: RequestInit): Promise<Response>;
  /** All stored events, through the admin route. */
  events(query?: string): Promise<StoredEvent[]>;
  /** What is in the log, decoded. */
  entries(): Promise<Entry[]>;
  close(): Promise<void>;
}

/** A receiver whose log and store lie in a directory of their own, on one of the engines. */
export async function startOn(
  engine: 'memory' | 'duckdb',
): Promise<TestReceiver & { path: string; end(): Promise<void> }> {
  const { path, remove } = await temporaryDirectory();
  const store =
    engine === 'memory'
      ? memoryStore({ pepper: PEPPER })
      : await duckdbStore({ file: join(path, 'store.duckdb'), pepper: PEPPER });
  const test = await startReceiver({ store, directory: join(path, 'log') });
  const end = async (): Promise<void> => {
    await test.close();
    await remove();
  };
  return { ...test, path, end };
}

export async function startReceiver(
  over: Partial<ReceiverOptions> & { directory?: string } = {},
): Promise<TestReceiver> {
  const directory = over.directory ?? (over.log ? '' : (await temporaryDirectory()).path);
  const log = over.log ?? (await fileLog({ directory }));
  const store = over.store ?? memoryStore({ pepper: PEPPER });
  const remove = async () => {
    if (directory) await rm(directory, { recursive: true, force: true });
  };
  const keys = { write: ['wk'], secret: ['sk'], admin: ['ak'] };
  const options = { keys, origins: ['https://shop.example'], pepper: PEPPER, ...over, log, store };
  const receiver = await refusing(() => createReceiver(options), remove);
  const request = (path: string, init: RequestInit = {}) => receiver.fetch(new Request(URL_OF_COLLECTOR + path, init));
  const admin = (path: string, method = 'GET') => request(path, { method, headers: { authorization: 'Bearer ak' } });
  return {
    receiver,
    log,
    store,
    directory,
    request,
    admin,
    post: (body, { path = '/v1/batch', headers = {} } = {}) =>
      request(path, {
        method: 'POST',
        headers: { 'content-type': 'text/plain', authorization: basic('wk'), ...headers },
        body:
          typeof body === 'string' || body instanceof Uint8Array
            ? new Uint8Array(Buffer.from(body))
            : JSON.stringify(body),
      }),
    events: async (query = '') => parseLines(await (await admin(`/v1/events${query}`)).text()),
    async entries() {
      const entries: Entry[] = [];
      for await (const { bytes } of log.read(0)) entries.push(decodeRecord(bytes));
      return entries;
    },
    async close() {
      await receiver.close();
      await store.close();
      await log.close();
      await remove();
    },
  };
}

/** Leaves nothing behind of what refuses to start. */
async function refusing<T>(start: () => T, remove: () => Promise<void>): Promise<T> {
  try {
    return start();
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The Authorization header of Segment's clients. */
export function basic(key: string): string {
  return `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
}

/** The body of an answer. */
export async function answerOf(response: Response): Promise<JsonObject> {
  return (await response.json()) as JsonObject;
}
