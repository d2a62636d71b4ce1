import { lazyTracker } from './bindings/lazy.js';
import { createTracker as create } from './browser/create.js';
import type { Tracker, TrackerOptions } from './browser/options.js';

/**
 * What Node and its kind load as `filrouge` (the condition `node` in package.json): the same, but where there is no document
 * the tracker does nothing, so that a module with `createTracker(…)` in it can be rendered on a server. Browsers never load
 * this file.
 */
export function createTracker(options: TrackerOptions): Tracker {
  return typeof document === 'undefined' ? lazyTracker(() => create(options)) : create(options);
}
