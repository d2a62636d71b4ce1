import { type Api, ApiError, createApi } from './api.js';
import { setUpCharts } from './charts.js';
import { filterBar, pageHeader, printedFilters, sectionNav } from './controls.js';
import { dashboard } from './dashboard.js';
import { el } from './dom.js';
import { type Filters, readFilters, untilNow, writeFilters } from './filters.js';
import { adminKey, forgetKey, signIn } from './key.js';
import { type Language, preferredLanguage, rememberLanguage, type Speech, speak } from './language.js';
import { readSettings } from './settings.js';

declare global {
  interface Window {
    /** Trusted Types, where the browser has them. */
    trustedTypes?: { createPolicy(name: string, rules: { createHTML(text: string): string }): unknown };
  }
}

/** Shows the page and keeps it in step with the address, the language and the key. */
function start(root: HTMLElement): void {
  const base = new URL('.', location.href).href;
  const settings = readSettings(document.head);
  let filters = readFilters(location.search, new Date(), settings);
  let language = preferredLanguage();
  let shown = location.search;
  let refused = false;
  let stop = () => {};

  const render = () => {
    stop();
    stop = () => {};
    document.documentElement.lang = language;
    const key = adminKey();
    const speech = speak(language, settings.timezone, navigator.languages);
    document.title = `filrouge · ${speech.words.title}`;
    if (key) open(createApi(key, base), speech);
    else {
      root.replaceChildren(pageHeader(speech, speakIn), signIn(speech, base, render, refused));
      document.getElementById('key')?.focus();
    }
    refused = false;
  };

  const open = (api: Api, speech: Speech) => {
    const bar = el('div');
    const showBar = () => bar.replaceChildren(filterBar(speech, filters, apply), printedFilters(speech, filters));
    const remember = (change: Partial<Filters>) => {
      filters = { ...filters, ...change };
      shown = writeFilters(filters, settings);
      // What was shown before is one step back. The panel that the address names stays named.
      if (shown !== location.search) history.pushState(null, '', location.pathname + shown + location.hash);
    };
    const apply = (change: Partial<Filters>) => {
      const focused = document.activeElement?.getAttribute('data-key');
      remember(untilNow({ ...filters, ...change }, new Date()));
      showBar();
      // The bar is new; the keyboard stays where it was.
      if (focused) bar.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
      body.refresh();
    };
    const body = dashboard({ api, speech, filters: () => filters, apply, remember }, (error) => {
      if (!(error instanceof ApiError) || (error.status !== 401 && error.status !== 403)) return;
      refused = true;
      leave();
    });
    stop = body.stop;
    showBar();
    root.replaceChildren(
      pageHeader(speech, speakIn, leave),
      el('main', { id: 'figures' }, bar, sectionNav(speech), body.root),
    );
    body.refresh();
    goToPanel(body.root);
  };

  const speakIn = (chosen: Language) => {
    language = chosen;
    rememberLanguage(chosen);
    render();
  };
  const leave = () => {
    forgetKey();
    render();
  };
  // Back and forward; a link to a panel is a step, too, but shows no other figures.
  window.addEventListener('popstate', () => {
    if (location.search === shown) return;
    shown = location.search;
    filters = readFilters(shown, new Date(), settings);
    render();
  });
  render();
}

/**
 * Brings the panel into sight that the address names. It was not there when the browser looked for it, and those above it
 * grow as they are filled: it is held in sight until they are, or until the reader does something else.
 */
function goToPanel(panels: HTMLElement): void {
  const named = location.hash.slice(1);
  const target = [...panels.querySelectorAll('.panel')].find(({ id }) => id === named);
  if (!target) return;
  const observer = new ResizeObserver(() => target.scrollIntoView());
  const leave = new AbortController();
  const end = () => {
    observer.disconnect();
    leave.abort();
  };
  observer.observe(panels);
  for (const deed of ['wheel', 'touchstart', 'pointerdown', 'keydown'])
    window.addEventListener(deed, end, { signal: leave.signal, passive: true });
  setTimeout(end, HOLD_MS);
}

/** How long a panel is held in sight while those above it load. */
const HOLD_MS = 10_000;

// ECharts empties elements by `innerHTML = ''`; nothing else may be written as markup, here or by what it draws.
window.trustedTypes?.createPolicy('default', {
  createHTML: (text) => {
    if (text) throw new TypeError('This page writes no markup.');
    return text;
  },
});
const root = document.getElementById('app');
if (root) {
  setUpCharts();
  start(root);
}
