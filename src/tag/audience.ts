import { pages } from '../capture/pages.js';
import { type Audience, createAudience } from '../exempt/audience.js';

declare global {
  interface Window {
    filrougeAudience?: Audience;
  }
}

startAudience(document.currentScript);

/** Counts page views as the script's own attributes say and becomes `window.filrougeAudience`, for the opt-out button. */
function startAudience(script: HTMLOrSVGScriptElement | null): void {
  // Mounted twice: the first one counts, or every page view would count double.
  if (!(script instanceof HTMLScriptElement) || window.filrougeAudience) return;
  const { src, dataset } = script;
  const { writeKey = '', cookieDomain } = dataset;
  window.filrougeAudience = createAudience({
    url: dataset.url ?? new URL(src).origin,
    writeKey,
    capture: [pages()],
    // The stub of the tag knows of no consent yet, and answers nothing.
    ...('unlessConsented' in dataset && { unless: () => window.filrouge?.consent?.()?.analytics === 'granted' }),
    ...(cookieDomain && { cookieDomain }),
  });
}
