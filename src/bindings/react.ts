'use client';

import { createContext, createElement, type ReactNode, useContext, useEffect } from 'react';
import type { Tracker } from '../browser/options.js';

export { lazyTracker } from './lazy.js';

const TrackerContext = createContext<Tracker | undefined>(undefined);

/**
 * Hands a tracker to the components below, and starts it (its captures too) when they are shown. Give it a `lazyTracker` of
 * a module: then nothing runs on a server, and StrictMode's second mount finds the same one. It is never stopped by an
 * unmount, for what waits belongs to the page and not to a component.
 */
export function TrackerProvider({ tracker, children }: { tracker: Tracker; children?: ReactNode }): ReactNode {
  useEffect(() => {
    tracker.visitor();
  }, [tracker]);
  return createElement(TrackerContext.Provider, { value: tracker }, children);
}

/** The tracker of the nearest provider. Throws, saying so, where there is none. */
export function useTracker(): Tracker {
  const tracker = useContext(TrackerContext);
  if (!tracker) throw new Error('useTracker() needs a <TrackerProvider tracker={…}> around this component.');
  return tracker;
}

/** What `usePageView` sends beside address and title. */
export interface PageViewOptions {
  name?: string;
  category?: string;
  properties?: { [name: string]: unknown };
}

/**
 * A page view when the component is shown, and whenever `key` (the route) changes. Once under StrictMode: the first of its
 * two mounts is taken back before it counts, as is a route that redirects while it is being shown. Use this or the
 * capture `pages()`, not both.
 */
export function usePageView(key: string, { name, category, properties }: PageViewOptions = {}): void {
  const tracker = useTracker();
  // The view counts with what is known when the route is shown; later renders of the same route are no views.
  useEffect(() => {
    let isShown = true;
    queueMicrotask(() => {
      if (!isShown) return;
      if (category !== undefined) tracker.page(category, name ?? '', properties);
      else if (name !== undefined) tracker.page(name, properties);
      else tracker.page(properties);
    });
    return () => {
      isShown = false;
    };
  }, [tracker, key]);
}
