/** A sleep that somebody else can end. One sleeper at a time. */
export interface Nap {
  /** Sleeps until `wake`, or for so long. */
  rest(ms?: number): Promise<void>;
  wake(): void;
}

/** Makes a nap that nobody takes yet; to wake nobody is harmless. */
export function createNap(): Nap {
  let wake = () => {};
  return {
    rest: (ms) =>
      new Promise((resolve) => {
        const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => wake(),
  };
}

/** Those who wait for a position to be reached. */
export interface Waiters {
  /** True once it is reached; false when `timeoutMs` passed first, or it never will be. */
  until(position: number, timeoutMs?: number): Promise<boolean>;
  /** Lets those go who need not wait any more: call it when the progress has changed. */
  look(): void;
}

/** Waiters for the position of a progress that its owner changes. */
export function createWaiters(progress: { readonly position: number; readonly stopped: boolean }): Waiters {
  const waiting = new Set<() => void>();
  return {
    until: (position, timeoutMs) =>
      new Promise((resolve) => {
        const timer = timeoutMs === undefined ? undefined : setTimeout(() => finish(false), timeoutMs);
        const check = (): void => {
          if (progress.position >= position) finish(true);
          else if (progress.stopped) finish(false);
        };
        const finish = (isReached: boolean): void => {
          clearTimeout(timer);
          waiting.delete(check);
          resolve(isReached);
        };
        waiting.add(check);
        check();
      }),
    look() {
      for (const check of waiting) check();
    },
  };
}
