import type { Tracker } from '../browser/options.js';

export { lazyTracker } from './lazy.js';

/** Tells a page view; routers tell the same route more than once, it counts once. */
export type View = (path: string, name?: string) => void;

/**
 * For any router that tells its routes: `const view = pageViews(tracker)`, then with React Router
 * `router.subscribe(({ location, navigation }) => navigation.state === 'idle' && view(location.pathname))`, with others
 * `onChange((route) => view(route.path, route.name))`. Use this or the capture `pages()`, not both.
 */
export function pageViews(tracker: Pick<Tracker, 'page'>): View {
  let seen: string | undefined;
  return (path, name) => {
    if (path === seen || typeof document === 'undefined') return;
    seen = path;
    if (name) tracker.page(name);
    else tracker.page();
  };
}
