import { type StoreState, unavailable } from '../../unavailable.js';
import type { EngineProcess } from './child.js';

/** What became of the store's process. */
export interface StoreProblem {
  /** It ended; it is back; it ended too often in a row and stays away until it is opened anew. */
  code: 'store-crashed' | 'store-restarted' | 'store-stopped';
  /** How many times in a row it ended. */
  attempt: number;
  /** Why it ended, or could not be started. */
  error?: Error;
}

/** Keeps a process running. */
export interface Supervisor {
  /** The process, while there is one; else throws `store-unavailable` or `store-stopped`. */
  current(): EngineProcess;
  state(): StoreState;
  /** It did what it is there for: the next crash is no repetition of the last one. */
  worked(): void;
  /** Lets go of it: from now on its end is no crash. */
  close(): Promise<void>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** About two minutes of trying. What crashes it this often needs somebody who looks. */
const MOST_CRASHES = 10;
/** Who lived so long did not crash for the reason for which it was started again. */
const STEADY_MS = 60_000;

/**
 * Starts a process again when it ends, after a pause that grows with each end in a row. Rejects when it cannot be started the
 * first time.
 */
export async function supervise(
  start: () => EngineProcess,
  onProblem: (problem: StoreProblem) => void,
): Promise<Supervisor> {
  let process = start();
  let state: StoreState = 'ready';
  let crashes = 0;
  let lastError: Error | undefined;
  let isClosed = false;
  let timer: NodeJS.Timeout | undefined;

  function crashed(error: Error): void {
    if (isClosed) return;
    crashes += 1;
    lastError = error;
    state = crashes > MOST_CRASHES ? 'stopped' : 'restarting';
    onProblem({ code: state === 'stopped' ? 'store-stopped' : 'store-crashed', attempt: crashes, error });
    if (state === 'stopped') return;
    const pauseMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (crashes - 1));
    timer = setTimeout(again, pauseMs).unref();
  }

  function again(): void {
    process = start();
    void process.ready.then(
      () => {
        if (isClosed) return;
        state = 'ready';
        onProblem({ code: 'store-restarted', attempt: crashes });
        watch();
      },
      async (error: Error) => {
        await process.end();
        crashed(error);
      },
    );
  }

  function watch(): void {
    const since = performance.now();
    void process.ended.then((error) => {
      if (performance.now() - since > STEADY_MS) crashes = 0;
      crashed(error);
    });
  }

  try {
    await process.ready;
  } catch (error) {
    await process.end();
    throw error;
  }
  watch();
  return {
    current() {
      if (isClosed) throw new Error('The store is closed.');
      if (state === 'ready') return process;
      throw state === 'stopped'
        ? unavailable('store-stopped', `The store's process ended ${crashes} times in a row and stays away.`, lastError)
        : unavailable('store-unavailable', "The store's process ended and is being started again.", lastError);
    },
    state: () => state,
    worked() {
      crashes = 0;
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await process.end();
    },
  };
}
