import type { PinnedDraft } from './contracts.js';

const MAX_CHARS = 500_000;

/** Holds drafts in memory until the visitor decides; it ends with the page. */
export interface Pen {
  /** False when the pen is full: the newest is refused, because the landing is the most valuable. */
  hold(draft: PinnedDraft): boolean;
  /** Empties the pen and returns what was held, oldest first, with its original times. */
  release(): PinnedDraft[];
}

/** Creates an empty pen. */
export function createPen(): Pen {
  // As text, so that the page may change its object after the call.
  let held = '';
  return {
    hold(draft) {
      const more = `${held},${JSON.stringify(draft)}`;
      const fits = more.length < MAX_CHARS;
      if (fits) held = more;
      return fits;
    },
    release() {
      const drafts = JSON.parse(`[${held.slice(1)}]`);
      held = '';
      return drafts;
    },
  };
}
