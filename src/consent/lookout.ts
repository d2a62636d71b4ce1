import { attempt } from '../browser/attempt.js';
import { listen } from '../browser/lifecycle.js';

/**
 * Looks at a platform at once and after each of its events (names with spaces between), on window or document. Later looks
 * wait for the platform's own code to end, because some tell a choice before they store it. What a half-built platform
 * throws is no answer. Uses no timer; the function returned ends it.
 */
export function lookout(types: string, look: () => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const tryLook = () => attempt(() => signal.aborted || look());
  listen(types, () => queueMicrotask(tryLook), signal);
  tryLook();
  return () => controller.abort();
}

/**
 * Finds a platform that says nothing when it arrives: tries at once and then whenever the page gives a sign, i.e. the
 * document is parsed, a script (any resource) has loaded, the visitor clicks. So who can answer a banner is heard, without a
 * timer. Ends when `find` answers something true, or with the signal.
 */
export function arrival(find: () => unknown, signal: AbortSignal): void {
  let isFound = false;
  const tryFind = () => {
    if (!isFound && attempt(find)) isFound = true;
  };
  // At the document, because the `load` of an element does not reach the window.
  for (const type of ['DOMContentLoaded', 'load', 'click']) {
    document.addEventListener(type, tryFind, { capture: true, signal });
  }
  tryFind();
}
