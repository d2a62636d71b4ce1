/** How many threads the engine has at the moment. */
export interface Pace {
  /** Runs a task with all threads, or with all but one while many events come in. */
  fast: <T>(task: () => Promise<T>) => Promise<T>;
  /** So many events were filed. */
  filed: (events: number) => void;
  /** The engine was opened anew, with all threads. */
  opened: () => Promise<void>;
}

/** Pages of one question follow each other sooner than this, also where each is counted before the next is asked for. */
const REST_MS = 250;

/** Events of the last second or two; with more, whoever takes them in needs a processor. */
const MANY_EVENTS = 1000;
const HALF_LIFE_MS = 1000;

/**
 * Gives the engine all threads for questions (all but one while many events come in: with all of two, who sends them waited half
 * as long again for each answer, and the questions were no sooner done), and one for everything else: filing events is many
 * small steps, and handing each of them round costs a sixth of the processor time that there is for who sends them. `set`
 * tells the engine, which takes milliseconds: not between two pages of a question. `share` runs what is due later while the
 * engine is surely open.
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
  let recent = { events: 0, at: 0 };

  /** Half of what was filed a second ago, a quarter of what was the second before, and so on. */
  function filedLately(): number {
    return recent.events * 2 ** ((recent.at - performance.now()) / HALF_LIFE_MS);
  }

  function wantedNow(): number {
    if (!running) return 1;
    return filedLately() > MANY_EVENTS ? Math.max(1, threads - 1) : threads;
  }

  /** One at a time, each by what is wanted when its turn comes. */
  function adjust(): Promise<void> {
    const adjusted = setting.then(async () => {
      const wanted = wantedNow();
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
    filed(events) {
      recent = { events: filedLately() + events, at: performance.now() };
    },
    opened() {
      current = threads;
      return adjust();
    },
  };
}
