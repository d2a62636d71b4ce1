import type { PinnedDraft, ReportProblem } from './contracts.js';

const MAX_CHARS = 500_000;

/** Holds drafts in memory until the visitor decides; it ends with the page. */
export interface Pen {
  hold(draft: PinnedDraft): void;
  /** Empties the pen and returns what was held, oldest first, with its original times. */
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
      if (chars + json.length > MAX_CHARS) return problem('held-full');
      chars += json.length;
      held.push(json);
    },
    release() {
      const drafts = held.map((json) => JSON.parse(json));
      held = [];
      chars = 0;
      return drafts;
    },
  };
}
