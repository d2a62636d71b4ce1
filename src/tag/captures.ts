import type { Capture, Pin } from '../browser/contracts.js';
import { elements } from '../capture/elements.js';
import { engagement } from '../capture/engagement.js';
import { forms } from '../capture/forms.js';
import { links } from '../capture/links.js';
import { pages } from '../capture/pages.js';
import { laterVitals } from './later.js';

/** The names that `data-capture` may list. */
const CAPTURES: { [name: string]: () => Capture } = { pages, links, forms, elements, engagement };

/** Builds the captures that `data-capture` names. `vitals` comes as a second file, loaded only when asked for. */
export function namedCaptures(names: string, scriptUrl: string, landing: Partial<Pin> | undefined): Capture[] {
  return names
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((name) => {
      if (name === 'vitals') return laterVitals(scriptUrl);
      const capture = CAPTURES[name]?.() ?? unknownCapture(name);
      return name === 'pages' && landing ? landed(capture, landing) : capture;
    });
}

/** Fails when it is started, so that a misspelt name is told as a problem and hinders nothing else. */
function unknownCapture(name: string): Capture {
  return {
    name,
    start() {
      throw name;
    },
  };
}

/** The first page view happened when the page landed, not when the script arrived; a router may have moved on since. */
function landed(capture: Capture, landing: Partial<Pin>): Capture {
  return {
    ...capture,
    start(emit) {
      let first = true;
      return capture.start((draft) => {
        const moved = landing.url !== location.href;
        if (first && moved) emit({ type: 'page', ...landing });
        emit(first && !moved ? { ...draft, ...landing } : draft);
        first = false;
      });
    },
  };
}
