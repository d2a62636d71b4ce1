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
  let refused = false;
  let stop = () => {};

  const render = () => {
    stop();
    stop = () => {};
    document.documentElement.lang = language;
    const key = adminKey();
    const speech = speak(language, settings.timezone, navigator.languages);
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
      history.replaceState(null, '', location.pathname + writeFilters(filters, settings));
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
  render();
}

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
