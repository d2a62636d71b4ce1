import type { Capture, Pin } from '../browser/contracts.js';
import { listen } from '../browser/lifecycle.js';

/** Options of the page capture. */
export interface PagesOptions {
  /** Routes live in the fragment (`#/cart`): a change of it is a page view. Default false. */
  hash?: boolean;
  /** A change of the query alone is a page view. Default false: filters and sorting are not. */
  query?: boolean;
}

/**
 * Page views: the load, moves within a single-page app, and returns from the back/forward cache. Several URL changes in
 * one tick are one view, of the last URL. What a prerendered page does is held by the tracker until it is shown.
 */
export function pages({ hash, query }: PagesOptions = {}): Capture {
  return {
    name: 'pages',
    start(emit, signal) {
      const key = () => location.pathname + (query ? location.search : '') + (hash ? location.hash : '');
      let viewed: string;
      const view = (navigation?: Pin['navigation']) => {
        viewed = key();
        emit({ type: 'page', navigation });
      };
      view();
      watchUrl((isSettled) => {
        if (signal.aborted || key() === viewed) return;
        if (isSettled) view('spa');
        else emit({ type: 'view' });
      }, signal);
      listen('pageshow', ({ persisted }) => persisted && view('bfcache'), signal);
    },
  };
}

/**
 * Calls back at each URL change, and again in the task after it, when the router has set the title and all is settled; at
 * once when the page is left before.
 */
function watchUrl(changed: (isSettled?: unknown) => void, signal: AbortSignal): void {
  const onMove = () => {
    changed();
    setTimeout(changed, 0, true);
  };
  listen('popstate hashchange', onMove, signal);
  listen('pagehide', changed, signal);
  // Routers give no other sign of these two; the Navigation API has one but is younger than our browsers.
  for (const method of ['pushState', 'replaceState'] as const) {
    const original = history[method];
    const patched: typeof original = (...args) => {
      original.apply(history, args);
      onMove();
    };
    history[method] = patched;
    signal.addEventListener('abort', () => {
      // Where another script patched over ours, it stays, fallen silent.
      if (history[method] === patched) history[method] = original;
    });
  }
}
