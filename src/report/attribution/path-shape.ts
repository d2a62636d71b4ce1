import type { LabelledTouch } from './paths.js';

/** What of a way to the goal counts as its path (measures.md 7.1). */
export interface PathShape {
  /** Count consecutive touches of one label once, at the time of the first; default false. */
  collapse?: boolean | undefined;
  /** Leave direct touches out of paths that have others; default false. */
  dropDirect?: boolean | undefined;
  /**
   * Begin a path after the person's conversion before, so that no touch leads to two; default false. A second order in one
   * visit then has no touch of its own, and is direct.
   */
  cut?: boolean | undefined;
}

/** The touches that count; of a path with touches there is always one left. Cutting is the path book's (path-book.ts). */
export function shapeTouches<T extends readonly LabelledTouch[]>(
  touches: T,
  { collapse, dropDirect }: PathShape,
): T | LabelledTouch[] {
  const led = dropDirect ? touches.filter(({ direct }) => !direct) : touches;
  const kept = led.length > 0 ? led : touches;
  return collapse ? kept.filter((touch, i) => touch.label !== kept[i - 1]?.label) : kept;
}

/** What was asked for, for the heading of an answer. */
export function shapeAsked({ collapse, dropDirect, cut }: PathShape): PathShape {
  return { ...(collapse && { collapse }), ...(dropDirect && { dropDirect }), ...(cut && { cut }) };
}
