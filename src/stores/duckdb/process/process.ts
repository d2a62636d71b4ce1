import { setTimeout as wait } from 'node:timers/promises';
import { NOT_OPEN } from '../compact.js';
import { openEngine } from '../engine.js';
import type { EngineOptions } from '../store-file.js';
import {
  type Answer,
  type BesideModule,
  type Call,
  type EngineStore,
  type PackedRecords,
  unpackRecords,
} from './calls.js';

// The entry of the store's own process: opens the engine when it is told how, says so (or why not), and then does what is
// called. It lives exactly as long as the process that started it wants it to.

const ITEMS_PER_PAGE = 500;
/** How long the process of a server that was killed may take to notice and let go of the file. */
const LOCKED_MS = 5000;
const RETRY_MS = 50;

const streams = new Map<number, { items: AsyncIterator<unknown>; most: number }>();
let opening: Promise<EngineStore> | undefined;

process.on('message', (call: Call) => {
  perform(call).then(answer, (error: unknown) => {
    const said = { id: call.id, error: messageOf(error) };
    // Nothing can be done with the open file any more: opened anew, it is as it was after the last transaction.
    if (isFatal(error)) answer(said, die);
    else answer(said);
  });
});
// Whoever started it is gone, perhaps killed: without goodbyes, so that the next one finds the file free.
process.on('disconnect', die);
// Ctrl-C and service managers tell all processes of a group: when to end is for the one that started it to say.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
process.on('uncaughtException', (error) => answer({ id: -1, error: messageOf(error) }, die));

function answer(message: Answer, then?: () => void): void {
  if (process.connected) process.send?.(message, undefined, undefined, then);
}

/** At once, also while the engine is busy: an ordinary exit would wait for its queries. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
}

async function perform(call: Call): Promise<Answer> {
  const { id } = call;
  if (call.kind === 'ping') return { id, value: undefined };
  if (call.kind === 'start') opening = open(call.options);
  if (!opening) throw new Error('The store is not open.');
  const store = await opening;
  if (call.kind === 'start') return { id, value: undefined };
  if (call.kind === 'ask') return { id, value: await ask(store, call) };
  if (call.kind === 'beside') {
    const { answerBeside } = (await import(call.module)) as BesideModule;
    return { id, value: await answerBeside(store, call.question) };
  }
  if (call.kind === 'open') {
    // The arguments come from the same method of the other process, whose types were checked there.
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

async function open(options: EngineOptions): Promise<EngineStore> {
  const until = performance.now() + LOCKED_MS;
  for (;;) {
    try {
      return await openEngine(options);
    } catch (error) {
      if (!/in use by another process/.test(messageOf(error)) || performance.now() > until) throw error;
      await wait(RETRY_MS);
    }
  }
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

/** The engine itself says so, or an erasure had to close the file and could not open the new one. */
function isFatal(error: unknown): boolean {
  const message = messageOf(error);
  return message.startsWith(NOT_OPEN) || /database has been invalidated/i.test(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
