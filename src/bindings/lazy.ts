import { everyPurpose } from '../browser/gate.js';
import type { Tracker } from '../browser/options.js';

/**
 * A tracker that is made at its first use in a browser, once, so that a module can hold it and a server can import that
 * module: there every call does nothing. `const tracker = lazyTracker(() => createTracker({ … }))`.
 */
export function lazyTracker(create: () => Tracker): Tracker {
  let made: Tracker | undefined;
  const get = (): Tracker => (made ??= typeof document === 'undefined' ? nobody : create());
  return {
    page: (...args: unknown[]) => Reflect.apply(get().page, undefined, args),
    track: (...args: unknown[]) => Reflect.apply(get().track, undefined, args),
    identify: (...args: unknown[]) => Reflect.apply(get().identify, undefined, args),
    group: (...args) => get().group(...args),
    alias: (...args) => get().alias(...args),
    reset: () => get().reset(),
    consent: (change) => get().consent(change),
    flush: () => get().flush(),
    forget: () => get().forget(),
    stop: () => made?.stop(),
    visitor: () => get().visitor(),
  };
}

const nothing = () => {};

/** The tracker of a server. */
const nobody: Tracker = {
  page: nothing,
  track: nothing,
  identify: nothing,
  group: nothing,
  alias: nothing,
  reset: nothing,
  consent: () => everyPurpose('pending'),
  flush: () => Promise.resolve(),
  forget: nothing,
  stop: nothing,
  visitor: () => ({ touches: [] }),
};
