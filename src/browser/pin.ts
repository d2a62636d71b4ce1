import type { Draft, Pin, PinnedDraft } from './contracts.js';

/** Fills in time and page of a draft at the moment of the call. */
export type PinDraft = (draft: Draft) => PinnedDraft;

/**
 * Makes the function that freezes each call's time, URL, title and referrer at once, in memory. A `page` call opens a
 * new page view; within a single-page app its referrer is the page before it, so that the foreign referrer of the landing
 * counts once.
 */
export function createPinDraft(newId: () => string): PinDraft {
  let view: Pick<Pin, 'referrer' | 'navigation' | 'pageView'> = {
    referrer: document.referrer,
    navigation: navigationType(),
    pageView: newId(),
  };
  let seenUrl = '';
  return (draft) => {
    const url = draft.url ?? location.href;
    if (draft.type === 'page') {
      if (seenUrl) {
        view = {
          referrer: url === seenUrl ? view.referrer : seenUrl,
          navigation: draft.navigation ?? 'spa',
          pageView: newId(),
        };
      } else if (draft.navigation) view.navigation = draft.navigation;
      seenUrl = url;
    }
    return { at: Date.now(), title: document.title, ...view, ...draft, url };
  };
}

function navigationType(): Pin['navigation'] {
  const entry = performance.getEntriesByType?.('navigation')[0];
  const type = entry && 'type' in entry ? entry.type : '';
  return type === 'reload' || type === 'prerender' ? type : type === 'back_forward' ? 'back-forward' : 'load';
}
