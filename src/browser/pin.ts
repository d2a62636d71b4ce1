import type { Draft, Pin, PinnedDraft } from './contracts.js';

/** Fills in time and page of a draft at the moment of the call. */
export type PinDraft = (draft: Draft) => PinnedDraft;

/**
 * Makes the function that freezes each call's time, URL, title and referrer at once, in memory. A `page` call opens a
 * new page view, unless a `view` has announced it; within a single-page app its referrer is the page before it, so that
 * the foreign referrer of the landing counts once. A draft about another URL (a replayed call, the engagement with the
 * page before) belongs to the latest view of that.
 */
export function createPinDraft(newId: () => string): PinDraft {
  const [loading] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const views: { [url: string]: string } = {};
  let { referrer } = document;
  let navigation: Pin['navigation'] = loading?.type;
  let pageView = newId();
  let isAnnounced = true;
  let viewedUrl = '';
  return (draft) => {
    const pin = { at: Date.now(), url: location.href, title: document.title, ...draft };
    const { type, url } = pin;
    if (/page|view/.test(type)) {
      if (!isAnnounced) pageView = newId();
      isAnnounced = type === 'view';
      if (viewedUrl) {
        if (viewedUrl !== url) referrer = viewedUrl;
        navigation = draft.navigation ?? 'spa';
      }
      if (!isAnnounced) viewedUrl = url;
      views[url] = pageView;
    }
    return { ...pin, referrer, navigation, pageView: views[url] ?? pageView };
  };
}
