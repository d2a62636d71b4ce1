import { type ChildProcess, fork } from 'node:child_process';
import { unavailable } from '../../unavailable.js';
import type { EngineOptions } from '../store-file.js';
import type { Answer, Call } from './calls.js';

/** The engine in a process of its own. */
export interface EngineProcess {
  /** Rejects when the engine could not be opened, with its own sentence. */
  ready: Promise<Answer>;
  /** Asks it; rejects with `store-crashed` when it ends before it answered. A stream's pages are asked for under its id. */
  call(call: WithoutId<Call>, id?: number): Promise<Answer>;
  /** Resolves with why it ended, once it is gone and with it its lock on the file. */
  ended: Promise<Error>;
  /** Ends it, and resolves when it is gone. */
  end(): Promise<void>;
}

/** A call before it has its number. */
export type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

/** Longer than anything that keeps the engine's event loop busy (a checkpoint on a slow disk), shorter than a night. */
const SILENT_MS = 120_000;
const PINGS = 12;

/**
 * Starts it. Not a thread: whatever ends a thread while the engine works on a query ends the whole process, and with it whoever
 * embeds the receiver.
 */
export function startChild(entry: URL, options: EngineOptions, silentMs = SILENT_MS): EngineProcess {
  const child = fork(entry, [], {
    serialization: 'advanced',
    // Without the flags of this process. A batch of decoded events lives until it is stored; with the usual 16 MB most of
    // it would be copied twice before.
    execArgv: ['--max-semi-space-size=64'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  let gone: Error | undefined;
  let isEnding = false;
  /** What it said of an error that nobody caught. */
  let lastWords: string | undefined;

  const settle = (id: number) => {
    const found = waiting.get(id);
    waiting.delete(id);
    // A late answer must not let this process go while it waits for the other one to end.
    if (!waiting.size && !isEnding) hold(child, false);
    return found;
  };
  const ask = (call: Call): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (gone) return reject(gone);
      waiting.set(call.id, { resolve, reject });
      // Only a call under way keeps this process alive.
      hold(child, true);
      // Where it cannot be sent the process is gone, and its end fails all that wait.
      child.send(call, () => {});
    });
  const ended = new Promise<Error>((resolve) => {
    const fail = (why: string): void => {
      gone ??= unavailable('store-crashed', `The store's process ended (${lastWords ?? why}).`);
      for (const id of [...waiting.keys()]) settle(id)?.reject(gone);
      resolve(gone);
    };
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(signal ?? `exit code ${code}`));
  });
  child.on('message', (answer: Answer) => {
    if (!('error' in answer)) settle(answer.id)?.resolve(answer);
    else if (answer.id < 0) lastWords = answer.error;
    else settle(answer.id)?.reject(new Error(answer.error));
  });
  const stopWatching = watch(child, silentMs, () => waiting.size > 0 && ask({ id: ++lastId, kind: 'ping' }));
  void ended.then(stopWatching);

  return {
    ready: ask({ id: 0, kind: 'start', options }),
    call: (call, id = ++lastId) => ask({ ...call, id }),
    ended,
    async end() {
      isEnding = true;
      hold(child, true);
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function hold(child: ChildProcess, isHeld: boolean): void {
  if (isHeld) {
    child.ref();
    child.channel?.ref();
  } else {
    child.unref();
    child.channel?.unref();
  }
}

/**
 * Ends a process that no longer answers, however long its queries may take. Counted in questions, not by the clock: a machine
 * that slept is no process that hangs. `ask` asks where somebody waits for an answer.
 */
function watch(child: ChildProcess, silentMs: number, ask: () => Promise<unknown> | false): () => void {
  // A process that is only being loaded does not answer yet.
  let isLoaded = false;
  let unanswered = 0;
  const timer = setInterval(() => {
    if (unanswered >= PINGS) child.kill('SIGKILL');
    const answer = ask();
    if (!answer) return;
    if (isLoaded) unanswered += 1;
    answer.then(
      () => {
        isLoaded = true;
        unanswered = 0;
      },
      () => {},
    );
  }, silentMs / PINGS).unref();
  return () => clearInterval(timer);
}
