import { parentPort, workerData } from 'node:worker_threads';
import { buffersOf, type ThreadColumns } from '../thread-columns.js';
import {
  type Answer,
  type BesideModule,
  type Call,
  type EngineStore,
  type PackedRecords,
  unpackRecords,
} from './calls.js';
import { type EngineOptions, openEngine } from './engine.js';

// The entry of the store's own thread: opens the engine, says so (or why not) as answer 0, and then does what is called.

const ITEMS_PER_PAGE = 500;
const streams = new Map<number, { items: AsyncIterator<unknown>; most: number }>();

/** Columns are handed over, not copied. */
function answer(message: Answer): void {
  const buffers = 'items' in message ? message.items.flatMap((item) => (isColumns(item) ? buffersOf(item) : [])) : [];
  parentPort?.postMessage(message, buffers);
}

function isColumns(item: unknown): item is ThreadColumns {
  return typeof item === 'object' && item !== null && 'people' in item && 'touches' in item;
}

try {
  const store = await openEngine(workerData as EngineOptions);
  parentPort?.on('message', (call: Call) => {
    perform(store, call).then(answer, (error: unknown) => answer({ id: call.id, error: messageOf(error) }));
  });
  answer({ id: 0, value: undefined });
} catch (error) {
  answer({ id: 0, error: messageOf(error) });
}

async function perform(store: EngineStore, call: Call): Promise<Answer> {
  const { id } = call;
  if (call.kind === 'ask') return { id, value: await ask(store, call) };
  if (call.kind === 'beside') {
    const { answerBeside } = (await import(call.module)) as BesideModule;
    return { id, value: await answerBeside(store, call.question) };
  }
  if (call.kind === 'open') {
    // The arguments come from the same method of the other thread, whose types were checked there.
    const open = store[call.method] as (...args: unknown[]) => AsyncIterable<unknown>;
    const most = call.method === 'threadColumns' ? 1 : ITEMS_PER_PAGE;
    streams.set(id, { items: open(...call.args)[Symbol.asyncIterator](), most });
  }
  if (call.kind === 'stop') {
    await streams.get(id)?.items.return?.();
    streams.delete(id);
    return { id, items: [], done: true };
  }
  return pull(id);
}

function ask(store: EngineStore, { method, args }: Extract<Call, { kind: 'ask' }>): Promise<unknown> {
  if (method === 'append') return store.append(unpackRecords(args[0] as PackedRecords));
  const asked = store[method] as (...args: unknown[]) => Promise<unknown>;
  return asked(...args);
}

async function pull(id: number): Promise<Answer> {
  const stream = streams.get(id);
  const items: unknown[] = [];
  while (stream && items.length < stream.most) {
    const next = await stream.items.next();
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
