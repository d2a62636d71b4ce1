import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Store } from '../contract.js';
import { type ThreadColumns, threadsIn } from '../thread-columns.js';
import { type Answer, type Asked, type Call, packRecords, type Streamed } from './calls.js';
import type { EngineOptions } from './engine.js';

/** Others have their turn after so many: a receiver in this thread must not wait for all the people of a report. */
const THREADS_PER_TURN = 500;

/** Runs the engine in a thread of its own: decoding and filing events must not hold up who answers requests. */
export async function openRemote(entry: URL, options: EngineOptions): Promise<Store> {
  const thread = startThread(entry, options);
  const ask = async <T>(method: Asked, args: unknown[] = [], transfer: ArrayBuffer[] = []): Promise<T> => {
    const answer = await thread.call({ kind: 'ask', method, args }, { transfer });
    // What the same method of the engine returned, copied between threads.
    return ('value' in answer ? answer.value : undefined) as T;
  };
  async function* stream<T>(method: Streamed, ...args: unknown[]): AsyncGenerator<T> {
    let page = await thread.call({ kind: 'open', method, args });
    const { id } = page;
    let next: Promise<Answer> | undefined;
    try {
      while ('items' in page) {
        // The next page is made while this one is read.
        next = page.done ? undefined : thread.call({ kind: 'pull' }, { id });
        next?.catch(() => {});
        yield* page.items as T[];
        if (!next) return;
        page = await next;
      }
    } finally {
      const last = await next?.catch(() => undefined);
      if (last && 'items' in last && !last.done) await thread.call({ kind: 'stop' }, { id });
    }
  }
  await thread.ready;
  return {
    position: () => ask('position'),
    append(records) {
      const packed = packRecords(records);
      return ask('append', [packed], [packed.bytes]);
    },
    events: (query) => stream('events', query),
    person: (identifier, known) => ask('person', [identifier, known]),
    erase: (identifier, at) => ask('erase', [identifier, at]),
    suppressions: () => ask('suppressions'),
    revise: (revision) => ask('revise', [revision]),
    standings: () => ask('standings'),
    identityProblems: () => ask('identityProblems'),
    sources: (query) => ask('sources', [query]),
    everySource: () => ask('everySource'),
    kpis: (query) => ask('kpis', [query]),
    journeys: (query) => stream('journeys', query),
    async *threads(query) {
      let read = 0;
      for await (const columns of stream<ThreadColumns>('threadColumns', query)) {
        for (const thread of threadsIn(columns)) {
          yield thread;
          read += 1;
          if (read % THREADS_PER_TURN === 0) await nextTurn();
        }
      }
    },
    threadColumns: (query) => stream('threadColumns', query),
    delivery: (query) => ask('delivery', [query]),
    async beside({ href }, question) {
      const answer = await thread.call({ kind: 'beside', module: href, question });
      return 'value' in answer ? answer.value : undefined;
    },
    async close() {
      await ask('close');
      await thread.end();
    },
  };
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

function startThread(entry: URL, options: EngineOptions) {
  const worker = new Worker(entry, {
    workerData: options,
    // Without the flags of the process: `node --input-type=module -e …` would refuse a file.
    execArgv: [],
    // A batch of decoded events lives until it is stored; with the usual 16 MB most of it would be copied twice before.
    resourceLimits: { maxYoungGenerationSizeMb: 128 },
  });
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  let gone: Error | undefined;
  let isEnding = false;

  const wait = (id: number): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (gone) return reject(gone);
      waiting.set(id, { resolve, reject });
      // Only a call under way keeps the process alive.
      worker.ref();
    });
  const settle = (id: number): { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined => {
    const found = waiting.get(id);
    waiting.delete(id);
    // A late answer must not let the process go while it waits for the thread to end.
    if (!waiting.size && !isEnding) worker.unref();
    return found;
  };
  const fail = (error: Error): void => {
    gone ??= error;
    for (const id of [...waiting.keys()]) settle(id)?.reject(gone);
  };
  worker.on('message', (answer: Answer) => {
    if ('error' in answer) settle(answer.id)?.reject(new Error(answer.error));
    else settle(answer.id)?.resolve(answer);
  });
  worker.on('error', (error: Error) =>
    fail(new Error(`The store's thread failed: ${error.message}`, { cause: error })),
  );
  worker.on('exit', () => fail(new Error('The store is closed.')));

  return {
    ready: wait(0).catch(async (error: unknown) => {
      await worker.terminate();
      throw error;
    }),
    call(
      call: WithoutId<Call>,
      { id = ++lastId, transfer = [] }: { id?: number; transfer?: ArrayBuffer[] } = {},
    ): Promise<Answer> {
      const answer = wait(id);
      if (!gone) worker.postMessage({ ...call, id }, transfer);
      return answer;
    },
    end() {
      isEnding = true;
      return worker.terminate();
    },
  };
}
