import { toJson } from './json.js';

/** Holds what waits for consent, in memory, until the visitor decides; it ends with the page. */
export interface Pen<Held> {
  /** False when the pen is full: the newest is refused, because the landing is the most valuable. */
  hold(held: Held): boolean;
  /** Empties the pen and returns what was held, oldest first. */
  release(): Held[];
}

const MAX_CHARS = 500_000;

/** Creates an empty pen. What it holds must be JSON. */
export function createPen<Held>(): Pen<Held> {
  // As text, so that the page may change its object after the call.
  let text = '';
  return {
    hold(held) {
      const more = `${text},${toJson(held)}`;
      if (more.length < MAX_CHARS) text = more;
      return text === more;
    },
    release() {
      const all = JSON.parse(`[${text.slice(1)}]`);
      text = '';
      return all;
    },
  };
}
