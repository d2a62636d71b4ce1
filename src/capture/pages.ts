import type { Capture, Pin } from '../browser/contracts.js';
import { listen, onRestore, stopAll, whenActivated } from '../browser/lifecycle.js';

/** Options of the page capture. */
export interface PagesOptions {
  /** Routes live in the fragment (`#/cart`): a change of it is a page view. Default false. */
  hash?: boolean;
  /** A change of the query alone is a page view. Default false: filters and sorting are not. */
  query?: boolean;
}

/**
 * Page views: the first load (a prerendered page only once it is shown), moves within a single-page app, and returns
 * from the back/forward cache. Several URL changes in one tick are one view, of the last URL.
 */
export function pages({ hash = false, query = false }: PagesOptions = {}): Capture {
  return {
    name: 'pages',
    start(emit) {
      const key = () => location.pathname + (query ? location.search : '') + (hash ? location.hash : '');
      let viewed = '';
      const view = (navigation?: Pin['navigation']) => {
        viewed = key();
        emit(navigation ? { type: 'page', navigation } : { type: 'page' });
      };
      let stopWatching = () => {};
      return stopAll([
        whenActivated(() => {
          view();
          stopWatching = watchUrl(() => key() !== viewed && view('spa'));
        }),
        onRestore(() => view('bfcache')),
        () => stopWatching(),
      ]);
    },
  };
}

/** Calls back in the task after a URL change, when the router has set the title; at once when the page is left before. */
function watchUrl(changed: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    if (timer) changed();
    clearTimeout(timer);
    timer = undefined;
  };
  const soon = () => {
    timer ??= setTimeout(now);
  };
  const stops = [
    listen(window, 'popstate', soon),
    listen(window, 'hashchange', soon),
    // Capture: before the listener that sends what waits.
    listen(window, 'pagehide', now, true),
    patchHistory('pushState', soon),
    patchHistory('replaceState', soon),
    () => clearTimeout(timer),
  ];
  return stopAll(stops);
}

/** Routers give no other sign of pushState; the Navigation API has one but is younger than our browsers. */
function patchHistory(method: 'pushState' | 'replaceState', changed: () => void): () => void {
  const original = history[method];
  const patched: typeof original = function (this: History, ...args) {
    original.apply(this, args);
    changed();
  };
  history[method] = patched;
  return () => {
    // Another script may have patched over us; then ours must stay and only falls silent.
    if (history[method] === patched) history[method] = original;
    else changed = () => {};
  };
}
