import type { Capture, Pin } from '../browser/contracts.js';
import { forms } from '../capture/forms.js';
import { links } from '../capture/links.js';
import { pages } from '../capture/pages.js';
import { laterCapture } from './later.js';

/** The captures that come with the tag; every other is a file of its own beside it, loaded only when asked for. */
const CAPTURES: { [name: string]: () => Capture } = { pages, links, forms };

/** Builds the captures that `data-capture` names. */
export function namedCaptures(names: string, scriptUrl: string, landing: Partial<Pin> | undefined): Capture[] {
  return (names.match(/[^\s,]+/g) ?? []).map((name) => {
    const capture = CAPTURES[name]?.() ?? laterCapture(name, scriptUrl);
    return name === 'pages' && landing ? landed(capture, landing) : capture;
  });
}

/** The first page view happened when the page landed, not when the script arrived; a router may have moved on since. */
function landed(capture: Capture, landing: Partial<Pin>): Capture {
  return {
    ...capture,
    start(emit, signal) {
      let pin = {};
      if (landing.url === location.href) pin = landing;
      else emit({ type: 'page', ...landing });
      capture.start((draft) => {
        emit({ ...draft, ...pin });
        pin = {};
      }, signal);
    },
  };
}
