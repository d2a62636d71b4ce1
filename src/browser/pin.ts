import type { Draft, Pin, PinnedDraft } from './contracts.js';

/** Fills in time and page of a draft at the moment of the call. */
export type PinDraft = (draft: Draft) => PinnedDraft;

/**
 * Makes the function that freezes each call's time, URL, title and referrer at once, in memory. A `page` call opens a
 * new page view; within a single-page app its referrer is the page before it, so that the foreign referrer of the landing
 * counts once.
 */
export function createPinDraft(newId: () => string): PinDraft {
  const [loading] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  let { referrer } = document;
  let navigation: Pin['navigation'] = loading?.type;
  let pageView = newId();
  let seenUrl = '';
  return (draft) => {
    const { href: url } = location;
    const pin = { at: Date.now(), url, title: document.title, ...draft };
    if (draft.type === 'page') {
      if (seenUrl) {
        if (seenUrl !== pin.url) referrer = seenUrl;
        navigation = draft.navigation ?? 'spa';
        pageView = newId();
      }
      seenUrl = pin.url;
    }
    return { ...pin, referrer, navigation, pageView };
  };
}
