import { listen } from '../browser/lifecycle.js';
import type { Tracker } from '../browser/options.js';
import { PURPOSES } from '../protocol/index.js';
import { type Mark, readMark, writeMark } from './mark.js';

/** Options of `linker`. */
export interface LinkerOptions {
  /** The owner's other sites, e.g. `['shop.example', 'tickets.example']`; their subdomains count. */
  domains: readonly string[];
  /** Name of the URL parameter; the same on all sites. Default `_fr`. */
  parameter?: string;
  /** How long a mark is worth something; default 120 seconds. */
  seconds?: number;
}

/** Carries a visitor from one registrable domain to another of the same owner. */
export interface Linker {
  /**
   * The id that arrived with this page, if any: for `createTracker({ firstId })`, which takes it only on a device that
   * has none. So nobody is ever renamed, least of all somebody who is logged in.
   */
  firstId(): string | undefined;
  /**
   * Takes over the consent that arrived, for purposes that are undecided here, and marks what leads to the other sites from
   * now on: links, forms, `window.open`. Returns the function that stops it.
   */
  attach(tracker: Pick<Tracker, 'visitor' | 'consent'>): () => void;
  /** The address with a mark, for redirects that no listener sees; unchanged without consent or for any other site. */
  mark(url: string): string;
}

/**
 * Makes a linker. Call it before `createTracker`: it takes the mark out of the address bar at once, so that it is neither
 * captured nor bookmarked. It stores nothing.
 */
export function linker({ domains, parameter = '_fr', seconds = 120 }: LinkerOptions): Linker {
  const arrived = takeMark(parameter, seconds);
  let known: Pick<Tracker, 'visitor' | 'consent'> | undefined;

  const isOurs = ({ hostname, protocol }: URL): boolean =>
    /^https?:$/.test(protocol) &&
    hostname !== location.hostname &&
    domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));

  /** The value for a link that leads there now. */
  const valueFor = (url: string): string | undefined => {
    const anonymousId = URL.canParse(url, document.baseURI) ? known?.visitor().anonymousId : undefined;
    if (!known || !anonymousId || !isOurs(new URL(url, document.baseURI))) return undefined;
    return writeMark({ anonymousId, consent: known.consent(), at: Date.now() });
  };
  const mark = (url: string): string => {
    const value = valueFor(url);
    if (value === undefined) return url;
    const marked = new URL(url, document.baseURI);
    marked.searchParams.set(parameter, value);
    return marked.href;
  };

  return {
    firstId: () => arrived?.anonymousId,
    mark,
    attach(tracker) {
      known = tracker;
      if (arrived) adoptConsent(tracker, arrived);
      const stop = new AbortController();
      listen('click auxclick', (event) => markLink(event, mark), stop.signal);
      listen('submit', (event) => markForm(event, parameter, valueFor), stop.signal);
      const restore = markWindows(mark);
      return () => {
        stop.abort();
        restore();
      };
    },
  };
}

/** Takes the mark out of the address bar and returns it where it is good. */
function takeMark(parameter: string, seconds: number): Mark | undefined {
  const url = new URL(location.href);
  const text = url.searchParams.get(parameter);
  if (text === null) return undefined;
  url.searchParams.delete(parameter);
  history.replaceState(history.state, '', url);
  return readMark(text, Date.now(), seconds);
}

function adoptConsent(tracker: Pick<Tracker, 'consent'>, arrived: Mark): void {
  const here = tracker.consent();
  const undecided = PURPOSES.filter((purpose) => here[purpose] === 'pending' && arrived.consent[purpose] !== 'pending');
  if (undecided.length)
    tracker.consent(Object.fromEntries(undecided.map((purpose) => [purpose, arrived.consent[purpose]])));
}

function markLink(event: Event, mark: (url: string) => string): void {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  const href = link?.getAttribute('href');
  if (!link || !href) return;
  const marked = mark(link.href);
  if (marked === link.href) return;
  link.href = marked;
  // The browser has read the address once the event is over; the page gets its own back.
  setTimeout(() => link.setAttribute('href', href));
}

/** A form that is sent with GET drops the query of its action, so the mark becomes a field. */
function markForm({ target }: Event, parameter: string, valueFor: (url: string) => string | undefined): void {
  if (!(target instanceof HTMLFormElement)) return;
  const value = valueFor(target.action);
  if (value === undefined) return;
  const field = document.createElement('input');
  Object.assign(field, { type: 'hidden', name: parameter, value });
  if (target.method === 'get') {
    target.append(field);
    setTimeout(() => field.remove());
    return;
  }
  const action = target.getAttribute('action') ?? '';
  const url = new URL(target.action);
  url.searchParams.set(parameter, value);
  target.action = url.href;
  setTimeout(() => target.setAttribute('action', action));
}

function markWindows(mark: (url: string) => string): () => void {
  const { open } = window;
  const marking: typeof window.open = (url, ...rest) =>
    open.call(window, url === undefined ? url : mark(String(url)), ...rest);
  window.open = marking;
  return () => {
    // Somebody may have wrapped it after us.
    if (window.open === marking) window.open = open;
  };
}
