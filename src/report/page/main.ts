import { type Api, ApiError, createApi } from './api.js';
import { setUpCharts } from './charts.js';
import { filterBar, pageHeader } from './controls.js';
import { dashboard } from './dashboard.js';
import { el } from './dom.js';
import { type Filters, presetPeriod, readFilters, writeFilters } from './filters.js';
import { adminKey, forgetKey, signIn } from './key.js';
import { type Language, preferredLanguage, rememberLanguage, speak } from './language.js';

declare global {
  interface Window {
    /** Trusted Types, where the browser has them. */
    trustedTypes?: { createPolicy(name: string, rules: { createHTML(text: string): string }): unknown };
  }
}

/** Shows the page and keeps it in step with the address, the language and the key. */
function start(root: HTMLElement): void {
  const base = new URL('.', location.href).href;
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  let filters = readFilters(location.search, new Date(), timezone);
  let language = preferredLanguage();
  let refused = false;
  let stop = () => {};

  const render = () => {
    stop();
    stop = () => {};
    const key = adminKey();
    document.documentElement.lang = language;
    if (!key) {
      const speech = speak(language, null);
      root.replaceChildren(pageHeader(speech, speakIn), signIn(speech, base, render, refused));
      root.querySelector<HTMLInputElement>('#key')?.focus();
      return;
    }
    refused = false;
    void open(createApi(key, base));
  };

  const open = async (api: Api) => {
    const controller = new AbortController();
    stop = () => controller.abort();
    const currency = await currencyOf(api, filters, controller.signal).catch((error: unknown) => {
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) return false as const;
      return null;
    });
    if (controller.signal.aborted) return;
    if (currency === false) {
      refused = true;
      leave();
      return;
    }
    const speech = speak(language, currency);
    const body = dashboard({ api, speech, filters, apply, showLonger });
    stop = () => {
      controller.abort();
      body.stop();
    };
    const active = document.activeElement?.getAttribute('aria-label');
    root.replaceChildren(
      pageHeader(speech, speakIn, leave),
      el('main', { id: 'figures' }, filterBar(speech, filters, apply), body.root),
    );
    // The bar is new after every change; the keyboard stays where it was.
    if (active) root.querySelector<HTMLElement>(`[aria-label=${JSON.stringify(active)}]`)?.focus();
  };

  const apply = (change: Partial<Filters>) => {
    filters = { ...filters, ...change };
    history.replaceState(null, '', location.pathname + writeFilters(filters));
    render();
  };
  const showLonger = () => apply({ preset: 90, ...presetPeriod(90, new Date(), timezone) });
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

/** Amounts are written in the currency of the conversions; asked for first, because every panel needs it. */
async function currencyOf(api: Api, { goal, from, to, timezone }: Filters, signal: AbortSignal) {
  return (await api.report('journeys', { goal, from, to, timezone, limit: 1 }, signal)).currency;
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
