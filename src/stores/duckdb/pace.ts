/** How many threads the engine has at the moment. */
export interface Pace {
  /** Runs a task with all threads. */
  fast: <T>(task: () => Promise<T>) => Promise<T>;
  /** The engine was opened anew, with all threads. */
  opened: () => Promise<void>;
}

/** Pages of one question follow each other sooner than this. */
const REST_MS = 50;

/**
 * Gives the engine all threads for questions, and one for everything else: filing events is many small steps, and handing
 * each of them round costs a sixth of the processor time that there is for who sends them. `set` tells the engine, which takes
 * milliseconds: not between two pages of a question. `share` runs what is due later while the engine is surely open.
 */
export function createPace(
  threads: number,
  set: (threads: number) => Promise<void>,
  share: (task: () => Promise<void>) => Promise<void>,
): Pace {
  let running = 0;
  let current = threads;
  let setting: Promise<void> = Promise.resolve();
  let resting: NodeJS.Timeout | undefined;

  /** One at a time, each by what is wanted when its turn comes. */
  function adjust(): Promise<void> {
    const adjusted = setting.then(async () => {
      const wanted = running ? threads : 1;
      if (wanted === current) return;
      await set(wanted);
      current = wanted;
    });
    setting = adjusted.catch(() => {});
    return adjusted;
  }

  return {
    async fast(task) {
      running += 1;
      try {
        await adjust();
        return await task();
      } finally {
        running -= 1;
        clearTimeout(resting);
        // Who is in a hurry by then has all threads again; what cannot be set is set with the next question.
        resting = setTimeout(() => void share(adjust).catch(() => {}), REST_MS).unref();
      }
    },
    opened() {
      current = threads;
      return adjust();
    },
  };
}
