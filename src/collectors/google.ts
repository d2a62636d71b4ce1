import type { Collector, Send } from '../browser/contracts.js';
import type { Purpose } from '../protocol/index.js';
import { createEncoder } from './encode/encoder.js';
import { ga4Name, ga4Params } from './encode/ga4.js';

/** Options of the Google bridge. */
export interface GoogleOptions {
  /** `gtag` (default) makes gtag.js calls; `gtm` pushes objects with `event` and `ecommerce` for Tag Manager. */
  mode?: 'gtag' | 'gtm';
  /** Send page views too. Default false, for Google's own tag counts them. */
  pages?: boolean;
  /** Send to these only, e.g. `G-XXXX` (gtag mode). */
  sendTo?: string;
  /** Name of the array on the page; default `dataLayer`. */
  dataLayer?: string;
  /** The purpose that must be granted besides `analytics`. Default `advertising`. */
  purpose?: Purpose;
}

/** Carried by what this bridge pushes, so that the dataLayer capture does not take it in again; invisible to Google. */
const MARK = Symbol.for('filrouge');

/**
 * Hands events to Google's tag on the page, in the words of GA4's recommended events. It loads nothing from Google: without
 * their tag the calls wait in the array. Unlike a collector across the network, "taken" means pushed; what Google's tag
 * does with it, by its own Consent Mode, is not known here.
 */
export function google(options: GoogleOptions = {}): Collector {
  const { mode = 'gtag', pages = false, sendTo, dataLayer = 'dataLayer', purpose = 'advertising' } = options;
  return {
    name: `google ${mode} ${sendTo ?? ''} ${dataLayer}`,
    purpose,
    maxBytes: 1_000_000,
    send: pushTo(dataLayer, mode),
    encode: createEncoder({
      url: 'page:',
      maxBytes: 1_000_000,
      say: (event) => {
        if (event.type === 'page' && !pages) return undefined;
        if (event.type === 'identify') {
          return event.userId ? JSON.stringify({ set: { user_id: event.userId } }) : undefined;
        }
        const name = ga4Name(event);
        const params = { ...ga4Params(event), event_id: event.messageId, ...(sendTo && { send_to: sendTo }) };
        return name && JSON.stringify({ name, params });
      },
      body: (said) => `[${said}]`,
    }),
  };
}

type Said = { name: string; params: object } | { set: { user_id: string } };

function pushTo(dataLayer: string, mode: 'gtag' | 'gtm'): Send {
  return async (_url, body) => {
    const page: { [name: string]: unknown } = Object(globalThis);
    const found = (page[dataLayer] ??= []);
    // Something else of that name: try again later.
    if (!Array.isArray(found)) return undefined;
    const push: (entry: unknown) => void = (entry) => found.push(entry);
    const gtag = (...args: unknown[]) => push(argumentsOf(...args));
    const said: Said[] = body ? JSON.parse(body) : [];
    for (const one of said) {
      if ('set' in one) mode === 'gtag' ? gtag('set', marked(one.set)) : push(marked(one.set));
      else if (mode === 'gtag') gtag('event', one.name, marked(one.params));
      else {
        // What an earlier event left would be merged in.
        push(marked({ ecommerce: null }));
        push(marked({ event: one.name, ecommerce: one.params }));
      }
    }
    return new Response('{}');
  };
}

/** gtag.js takes nothing but the arguments object of a function. */
function argumentsOf(..._values: unknown[]): IArguments {
  return arguments;
}

function marked<T extends object>(entry: T): T {
  return Object.defineProperty(entry, MARK, { value: true });
}
