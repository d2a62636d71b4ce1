import type { JsonObject } from '../../protocol/index.js';
import { type Json, MAX_DEPTH, type ReasonCode } from '../../protocol/index.js';

/**
 * Checks the build of a JSON value: not nested deeper than `MAX_DEPTH` containers, no keys that could reach a prototype
 * in code that copies objects (`__proto__`, or `constructor` with an object in it). Never recurses deeper than the limit,
 * so the depth of the input does not matter.
 */
export function checkNesting(container: Json[] | JsonObject, left: number = MAX_DEPTH): ReasonCode | undefined {
  if (left === 0) return 'too-deep';
  if (Array.isArray(container)) {
    for (const inner of container) {
      const problem = isContainer(inner) ? checkNesting(inner, left - 1) : undefined;
      if (problem) return problem;
    }
    return undefined;
  }
  for (const key in container) {
    const problem = checkField(key, container[key], left - 1);
    if (problem) return problem;
  }
  return undefined;
}

/** The same for one field of an object: what is in it may be nested `left` deep. */
export function checkField(key: string, value: Json | undefined, left: number): ReasonCode | undefined {
  if (key === '__proto__') return 'bad-field';
  if (!isContainer(value)) return undefined;
  return key === 'constructor' ? 'bad-field' : checkNesting(value, left);
}

function isContainer(value: Json | undefined): value is Json[] | JsonObject {
  return typeof value === 'object' && value !== null;
}
