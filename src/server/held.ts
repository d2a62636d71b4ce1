/** A body that is being read, or waits for its answer. */
export interface HeldBody {
  /** Counts bytes that came. */
  add(bytes: number): void;
  /** The body is whole: it is no longer let go of for others, and counts until `end`. */
  read(): void;
  /** Answered, or given up. */
  end(): void;
}

/** Counts the bytes of all bodies together. */
export interface HeldBodies {
  /** `drop` is called at most once, when the body has to make room: its bytes must be let go of then. */
  begin(drop: () => void): HeldBody;
}

/**
 * Bounds what bodies take in memory, from their first byte to the answer: many connections that send slowly, or a disk that
 * hangs, would else fill it. When there is too much, unfinished bodies go, the one that has taken longest first: an honest one
 * takes milliseconds.
 */
export function createHeldBodies(maxBytes: number): HeldBodies {
  let held = 0;
  const unfinished = new Set<{ bytes: number; drop: () => void }>();
  const release = (body: { bytes: number }): void => {
    held -= body.bytes;
    body.bytes = 0;
  };
  return {
    begin(drop) {
      const mine = { bytes: 0, drop };
      unfinished.add(mine);
      return {
        add(bytes) {
          if (!unfinished.has(mine)) return;
          mine.bytes += bytes;
          held += bytes;
          for (const oldest of unfinished) {
            if (held <= maxBytes) return;
            unfinished.delete(oldest);
            release(oldest);
            oldest.drop();
          }
        },
        read: () => void unfinished.delete(mine),
        end() {
          unfinished.delete(mine);
          release(mine);
        },
      };
    },
  };
}
