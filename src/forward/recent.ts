/** Remembers the latest ids, so that an event which a client sent twice is passed on once. */
export interface RecentIds {
  has(id: string): boolean;
  add(id: string): void;
}

/** Keeps at least `most` and at most twice as many ids; older ones are forgotten together. */
export function recentIds(most: number): RecentIds {
  let fresh = new Set<string>();
  let stale = new Set<string>();
  return {
    has: (id) => fresh.has(id) || stale.has(id),
    add(id) {
      fresh.add(id);
      if (fresh.size < most) return;
      stale = fresh;
      fresh = new Set();
    },
  };
}
