import { parentPort, workerData } from 'node:worker_threads';
import type { Store } from '../contract.js';
import { type Answer, type Call, type PackedRecords, unpackRecords } from './calls.js';
import { type EngineOptions, openEngine } from './engine.js';

// The entry of the store's own thread: opens the engine, says so (or why not) as answer 0, and then does what is called.

const ITEMS_PER_PAGE = 500;
const streams = new Map<number, AsyncIterator<unknown>>();

const answer = (message: Answer): void => parentPort?.postMessage(message);

try {
  const store = await openEngine(workerData as EngineOptions);
  parentPort?.on('message', (call: Call) => {
    perform(store, call).then(answer, (error: unknown) => answer({ id: call.id, error: messageOf(error) }));
  });
  answer({ id: 0, value: undefined });
} catch (error) {
  answer({ id: 0, error: messageOf(error) });
}

async function perform(store: Store, call: Call): Promise<Answer> {
  const { id } = call;
  if (call.kind === 'ask') return { id, value: await ask(store, call) };
  if (call.kind === 'open') {
    // The arguments come from the same method of the other thread, whose types were checked there.
    const open = store[call.method] as (...args: unknown[]) => AsyncIterable<unknown>;
    streams.set(id, open(...call.args)[Symbol.asyncIterator]());
  }
  if (call.kind === 'stop') {
    await streams.get(id)?.return?.();
    streams.delete(id);
    return { id, items: [], done: true };
  }
  return pull(id);
}

function ask(store: Store, { method, args }: Extract<Call, { kind: 'ask' }>): Promise<unknown> {
  if (method === 'append') return store.append(unpackRecords(args[0] as PackedRecords));
  const asked = store[method] as (...args: unknown[]) => Promise<unknown>;
  return asked(...args);
}

async function pull(id: number): Promise<Answer> {
  const stream = streams.get(id);
  const items: unknown[] = [];
  while (stream && items.length < ITEMS_PER_PAGE) {
    const next = await stream.next();
    if (next.done) {
      streams.delete(id);
      return { id, items, done: true };
    }
    items.push(next.value);
  }
  return { id, items, done: !stream };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
