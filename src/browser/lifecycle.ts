/** Calls back each time the page is hidden or left: `visibilitychange` and `pagehide` differ by browser and way of leaving, and
 * both may fire. No unload listener: it would keep the page out of the back/forward cache. */
export function onHidden(handler: () => void, signal: AbortSignal): void {
  addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && handler(), {
    capture: true,
    signal,
  });
  addEventListener('pagehide', handler, { signal });
}

/** Calls back when the page comes out of the back/forward cache. */
export function onRestore(handler: () => void, signal: AbortSignal): void {
  addEventListener('pageshow', ({ persisted }) => persisted && handler(), { signal });
}

/** Calls back once, at once or when a prerendered page is first shown. */
export function whenActivated(handler: () => void, signal: AbortSignal): void {
  if ('prerendering' in document && document.prerendering) {
    document.addEventListener('prerenderingchange', handler, { once: true, signal });
  } else handler();
}
