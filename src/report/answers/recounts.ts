/** Counts again what nobody waits for. */
export interface Recounts {
  /** Has a question counted when its turn comes, unless it waits already. */
  add(key: string, count: () => Promise<unknown>): void;
}

/** After each count, as long as it took, but no longer: who waits for the next ones should have them soon. */
const LONGEST_REST_MS = 5000;

/**
 * One at a time, with a rest after each: the store files events and answers those who wait with the other half of the time,
 * however many questions there are. What fails is left: the next one who asks has it counted again.
 */
export function createRecounts(): Recounts {
  const waiting = new Map<string, () => Promise<unknown>>();
  let isRunning = false;

  async function run(): Promise<void> {
    isRunning = true;
    for (const [key, count] of waiting) {
      waiting.delete(key);
      const began = performance.now();
      await count().catch(() => {});
      const restMs = Math.min(LONGEST_REST_MS, performance.now() - began);
      // Not by node:timers/promises: whoever is about to end need not wait for a rest.
      await new Promise<void>((resolve) => setTimeout(resolve, restMs).unref());
    }
    isRunning = false;
  }

  return {
    add(key, count) {
      if (!waiting.has(key)) waiting.set(key, count);
      if (!isRunning) void run();
    },
  };
}
