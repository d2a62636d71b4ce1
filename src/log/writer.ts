import { type ActiveSegmentOptions, createActiveSegment } from './active-segment.js';
import { createGroups } from './group.js';

/** The appending side of the log: groups what waits into one write and one fdatasync, and begins new files. */
export function createWriter(options: ActiveSegmentOptions) {
  const groups = createGroups();
  const file = createActiveSegment(options);
  let running: Promise<void> | undefined;
  let closed = false;
  const rotations: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  const listeners = new Set<() => void>();

  /** Runs until nothing waits. One at a time, so that groups form while the disk is busy. */
  async function run(): Promise<void> {
    for (let group = groups.take(); group || rotations.length; group = groups.take()) {
      const seals = rotations.splice(0);
      try {
        if (seals.length || file.isFull()) await file.begin();
        for (const { resolve } of seals) resolve();
        if (!group) continue;
        await file.write(group);
        for (const notify of listeners) notify();
      } catch (error) {
        for (const { reject } of [...seals, ...(group?.records ?? [])]) reject(error);
      }
      if (group) groups.recycle(group);
    }
    // In the tick of the last look: whoever comes later starts a new run.
    running = undefined;
  }

  function start(): Promise<void> {
    // Not at once: what is appended in the same tick belongs in the same group.
    running ??= Promise.resolve().then(run);
    return running;
  }

  return {
    append(...parts: readonly Uint8Array[]): Promise<number> {
      if (closed) return Promise.reject(new Error('The log is closed.'));
      const position = groups.add(parts);
      void start();
      return position;
    },
    onAppend(notify: () => void): () => void {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
    /** Begins a new file, so that all others are sealed. */
    rotate(): Promise<void> {
      return new Promise<void>((resolve, reject) => {
        rotations.push({ resolve, reject });
        void start();
      });
    },
    last: file.last,
    async close(): Promise<void> {
      closed = true;
      await running;
      await file.close();
    },
  };
}
