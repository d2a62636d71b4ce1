import type { PinnedDraft, ReportProblem } from './contracts.js';

const MAX_DRAFTS = 1000;
const MAX_CHARS = 500_000;
const MAX_AGE_MS = 4 * 3_600_000;

/** Holds drafts in memory until the visitor decides: bounded by count, size and age. */
export interface Pen {
  hold(draft: PinnedDraft): void;
  /** Empties the pen and returns what is not too old, oldest first, with its original times. */
  release(): PinnedDraft[];
}

/** Creates an empty pen. When it is full the newest is refused, because the landing is the most valuable. */
export function createPen(problem: ReportProblem): Pen {
  let held: string[] = [];
  let chars = 0;
  return {
    hold(draft) {
      // As text, so that the page may change its object after the call.
      const json = JSON.stringify(draft);
      if (held.length >= MAX_DRAFTS || chars + json.length > MAX_CHARS) return problem('held-full');
      held.push(json);
      chars += json.length;
    },
    release() {
      const drafts: PinnedDraft[] = held.map((json) => JSON.parse(json));
      held = [];
      chars = 0;
      const fresh = drafts.filter((draft) => Date.now() - draft.at < MAX_AGE_MS);
      problem('held-full', 'too old', drafts.length - fresh.length);
      return fresh;
    },
  };
}
