/** Adds a listener and returns the function that removes it. */
export function listen(
  target: EventTarget,
  type: string,
  handler: (event: Event) => void,
  capture = false,
): () => void {
  target.addEventListener(type, handler, capture);
  return () => target.removeEventListener(type, handler, capture);
}

/**
 * Calls back each time the page is hidden or left: on `visibilitychange` to hidden and on `pagehide`, which differ by
 * browser and by way of leaving. Both may fire. No unload listener: it would keep the page out of the back/forward cache.
 */
export function onHidden(handler: () => void): () => void {
  const stops = [
    listen(document, 'visibilitychange', () => document.visibilityState === 'hidden' && handler()),
    listen(window, 'pagehide', handler),
  ];
  return stopAll(stops);
}

/** Calls back when the page comes out of the back/forward cache. */
export function onRestore(handler: () => void): () => void {
  return listen(window, 'pageshow', (event) => 'persisted' in event && event.persisted && handler());
}

/** Calls back once, at once or when a prerendered page is first shown. */
export function whenActivated(handler: () => void): () => void {
  if (!('prerendering' in document && document.prerendering)) {
    handler();
    return () => {};
  }
  const stop = listen(document, 'prerenderingchange', () => {
    stop();
    handler();
  });
  return stop;
}

/** One function that calls them all. The list may still grow. */
export function stopAll(stops: readonly (() => void)[]): () => void {
  return () => {
    for (const stop of stops) stop();
  };
}
