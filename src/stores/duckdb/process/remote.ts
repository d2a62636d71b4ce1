import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AppliedFrom, Store } from '../../contract.js';
import { type ThreadColumns, threadsIn } from '../../thread-columns.js';
import type { EngineOptions } from '../store-file.js';
import { type Answer, type Asked, packRecords, type Streamed } from './calls.js';
import { startChild } from './child.js';
import { type StoreProblem, supervise } from './supervise.js';

/** Others have their turn after so many: a receiver in this thread must not wait for all the people of a report. */
const THREADS_PER_TURN = 500;

/** What the caller of a remote engine decides. */
export interface RemoteOptions {
  onProblem: (problem: StoreProblem) => void;
  /** After how long without a sign of life it is taken for hung; default two minutes. */
  silentMs?: number;
}

/**
 * Runs the engine in a process of its own: decoding and filing events must not hold up who answers requests, and a crash of
 * the engine, or too little memory for it, must not end them. It is started again then.
 */
export async function openRemote(
  entry: URL,
  options: EngineOptions,
  { onProblem, silentMs }: RemoteOptions,
): Promise<Store> {
  const running = await supervise(() => startChild(entry, options, silentMs), onProblem);
  const ask = async <T>(method: Asked, ...args: unknown[]): Promise<T> => {
    const answer = await running.current().call({ kind: 'ask', method, args });
    // What the same method of the engine returned, copied between processes.
    return ('value' in answer ? answer.value : undefined) as T;
  };
  async function* stream<T>(method: Streamed, ...args: unknown[]): AsyncGenerator<T> {
    // One process from the first page to the last: another one would take the rest for nothing.
    const child = running.current();
    let page = await child.call({ kind: 'open', method, args });
    const { id } = page;
    let next: Promise<Answer> | undefined;
    try {
      while ('items' in page) {
        // The next page is made while this one is read.
        next = page.done ? undefined : child.call({ kind: 'pull' }, id);
        next?.catch(() => {});
        yield* page.items as T[];
        if (!next) return;
        page = await next;
      }
    } finally {
      const last = await next?.catch(() => undefined);
      if (last && 'items' in last && !last.done) await child.call({ kind: 'stop' }, id);
    }
  }
  return {
    position: () => ask('position'),
    async append(records) {
      const applied = await ask<Awaited<ReturnType<Store['append']>>>('append', packRecords(records));
      running.worked();
      return applied;
    },
    async appendFrom(places, most) {
      const applied = await ask<AppliedFrom>('appendFrom', places, most);
      running.worked();
      return applied;
    },
    events: (query) => stream('events', query),
    person: (identifier, known) => ask('person', identifier, known),
    erase: (identifier, at) => ask('erase', identifier, at),
    suppressions: () => ask('suppressions'),
    revise: (revision) => ask('revise', revision),
    standings: () => ask('standings'),
    identityProblems: () => ask('identityProblems'),
    sources: (query) => ask('sources', query),
    everySource: () => ask('everySource'),
    kpis: (query) => ask('kpis', query),
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
    delivery: (query) => ask('delivery', query),
    consent: (query) => ask('consent', query),
    async beside({ href }, question) {
      const answer = await running.current().call({ kind: 'beside', module: href, question });
      return 'value' in answer ? answer.value : undefined;
    },
    state: () => running.state(),
    async close() {
      // What it did not get done when it crashes now, it does when it is opened again.
      if (running.state() === 'ready') await ask('close').catch(() => {});
      await running.close();
    },
  };
}
