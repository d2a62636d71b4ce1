import { type App, type InjectionKey, inject, nextTick, type Plugin } from 'vue';
import type { Tracker } from '../browser/options.js';
import { pageViews } from './router.js';

export { lazyTracker } from './lazy.js';

const KEY: InjectionKey<Tracker> = Symbol('filrouge');

/** What is needed of Vue Router. */
export interface VueRouter {
  afterEach(hook: (to: { path: string; name?: unknown }, from: unknown, failure?: unknown) => void): unknown;
}

/** Options of the plugin. */
export interface FilrougeOptions {
  /** Give it a `lazyTracker` where the app also renders on a server. */
  tracker: Tracker;
  /** Vue Router: each route that is reached is a page view. Without it use the capture `pages()`. */
  router?: VueRouter;
}

/** The plugin: `app.use(filrouge, { tracker, router })`. Routes that fail or redirect are no views. */
export const filrouge: Plugin<[FilrougeOptions]> = {
  install(app: App, { tracker, router }: FilrougeOptions) {
    app.provide(KEY, tracker);
    if (typeof document === 'undefined') return;
    tracker.visitor();
    const view = pageViews(tracker);
    router?.afterEach(({ path, name }, _, failure) => {
      // When the page has its new title.
      if (!failure) void nextTick(() => view(path, typeof name === 'string' ? name : undefined));
    });
  },
};

/** The tracker of the app, in `setup()`. Throws, saying so, where the plugin is missing. */
export function useTracker(): Tracker {
  const tracker = inject(KEY, undefined);
  if (!tracker) throw new Error('useTracker() needs app.use(filrouge, { tracker }) before the app is mounted.');
  return tracker;
}
