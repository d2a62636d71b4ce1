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
   * Takes over the consent that arrived, for purposes that are undecided here (grants only where the browser names one of the
   * other sites as the referrer), and marks what leads to the other sites from now on: links, forms, `window.open`. Returns
   * the function that stops it.
   */
  attach(tracker: Pick<Tracker, 'visitor' | 'consent'>): () => void;
  /** The address with a mark, for redirects that no listener sees; unchanged without consent or for any other site. */
  mark(url: string): string;
}

/**
 * Makes a linker. Call it before `createTracker`: it takes the mark out of the address bar at once, so that it is neither
 * captured nor bookmarked. It stores nothing. On a server it does nothing.
 */
export function linker({ domains, parameter = '_fr', seconds = 120 }: LinkerOptions): Linker {
  const inPage = typeof document !== 'undefined';
  const arrived = inPage ? takeMark(parameter, seconds) : undefined;
  let known: Pick<Tracker, 'visitor' | 'consent'> | undefined;

  const isOurs = ({ hostname, protocol }: URL): boolean =>
    /^https?:$/.test(protocol) &&
    hostname !== location.hostname &&
    domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));

  /** One of the owner's other sites led here, as the browser itself says. */
  const leadsHere = (): boolean => URL.canParse(document.referrer) && isOurs(new URL(document.referrer));

  /** The value for a link that leads there now. */
  const valueFor = (url: string): string | undefined => {
    const anonymousId = known && URL.canParse(url, document.baseURI) ? known.visitor().anonymousId : undefined;
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
      if (!inPage) return () => {};
      known = tracker;
      if (arrived) adoptConsent(tracker, arrived, leadsHere());
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

/** Any page could make a mark that grants; a refusal does no harm, whoever made it. */
function adoptConsent(tracker: Pick<Tracker, 'consent'>, arrived: Mark, mayGrant: boolean): void {
  const here = tracker.consent();
  const undecided = PURPOSES.filter((purpose) => {
    const state = arrived.consent[purpose];
    return here[purpose] === 'pending' && (state === 'denied' || (mayGrant && state === 'granted'));
  });
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

/**
 * A form that is sent with GET drops the query of its action, so the mark becomes a field. Attributes are read, not
 * properties: a field named `action` or `method` stands in front of those. The button that was pressed may know better.
 */
function markForm(event: Event, parameter: string, valueFor: (url: string) => string | undefined): void {
  const { target, submitter } = event as SubmitEvent;
  if (!(target instanceof HTMLFormElement)) return;
  const [place, name]: [Element, string] = submitter?.hasAttribute('formaction')
    ? [submitter, 'formaction']
    : [target, 'action'];
  const action = place.getAttribute(name) ?? '';
  const value = valueFor(action);
  if (value === undefined) return;
  const method = submitter?.getAttribute('formmethod') ?? target.getAttribute('method') ?? 'get';
  if (method.toLowerCase() !== 'post') {
    const field = document.createElement('input');
    Object.assign(field, { type: 'hidden', name: parameter, value });
    target.append(field);
    setTimeout(() => field.remove());
    return;
  }
  const url = new URL(action, document.baseURI);
  url.searchParams.set(parameter, value);
  place.setAttribute(name, url.href);
  setTimeout(() => place.setAttribute(name, action));
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
