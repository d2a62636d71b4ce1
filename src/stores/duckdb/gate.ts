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

function ignore(): void {}
