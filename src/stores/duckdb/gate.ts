/** Lets many in together, or one alone. */
export interface Gate {
  /** Runs a task next to others. */
  share: <T>(task: () => Promise<T>) => Promise<T>;
  /** Waits until nobody is inside, and runs a task alone; who comes meanwhile waits. */
  alone: <T>(task: () => Promise<T>) => Promise<T>;
}

/** Makes a gate: readers share the open database file, replacing the file needs it closed. */
export function createGate(): Gate {
  const inside = new Set<Promise<unknown>>();
  let closed: Promise<unknown> | undefined;
  return {
    async share(task) {
      while (closed) await closed;
      const running = task();
      const settled = running.then(ignore, ignore);
      inside.add(settled);
      try {
        return await running;
      } finally {
        inside.delete(settled);
      }
    },
    async alone(task) {
      while (closed) await closed;
      const running = Promise.all(inside).then(task);
      closed = running.then(ignore, ignore);
      try {
        return await running;
      } finally {
        closed = undefined;
      }
    },
  };
}

/**
 * Each query holds one of the four threads that Node has for such things, and filing events needs one too (so does the log,
 * where the store works in its process): more questions at a time would make them wait for reports.
 */
const MOST_QUESTIONS = 2;

/** Lets few tasks run at a time; the others wait in the order in which they came. */
export function createTurns(): <T>(task: () => Promise<T>) => Promise<T> {
  let free = MOST_QUESTIONS;
  const waiting: (() => void)[] = [];
  return async (task) => {
    // Who ends a turn hands it on, so that nobody who comes later is quicker.
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

function ignore(): void {}
