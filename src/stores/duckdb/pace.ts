/** How many threads the engine has at the moment. */
export interface Pace {
  /** Runs a task with all threads. */
  fast: <T>(task: () => Promise<T>) => Promise<T>;
  /** The engine was opened anew, with all threads. */
  opened: () => Promise<void>;
}

/**
 * Gives the engine all threads for questions, and one for everything else: filing events is many small steps, and handing
 * each of them round costs a sixth of the processor time that there is for who sends them. `set` tells the engine.
 */
export function createPace(threads: number, set: (threads: number) => Promise<void>): Pace {
  let running = 0;
  let current = threads;
  let setting: Promise<void> = Promise.resolve();

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
        // An answer is not lost for it.
        await adjust().catch(() => {});
      }
    },
    opened() {
      current = threads;
      return adjust();
    },
  };
}
