import type { FaultyCollector } from '../browser/collector.js';
import type { Site } from '../browser/site.js';
import type { Engine, Session, StartOptions, Tab } from './engines/contract.js';
import type { TlsFront } from './tls-front.js';

/** What a situation can use. */
export interface Stage {
  engine: Engine;
  collector: FaultyCollector;
  site: Site;
  session: Session;
  /** A tab on the site's home page, consent granted, its page view delivered. */
  tab: Tab;
  /** Opens a page of the site in a new tab and waits for the tag. */
  visit(path?: string): Promise<Tab>;
  /** Starts the browser again with the same profile and visits the site. */
  restart(options?: StartOptions): Promise<Tab>;
  /** Starts one more browser with a profile of its own; returns what opens pages of the site in it. */
  another(options: StartOptions): Promise<Stage['visit']>;
  /** The TLS end before the collector, where the situation asked for one. */
  front: TlsFront | undefined;
}

/** One way of losing events. */
export interface Situation {
  name: string;
  /** How many events called `Fault` are tracked, all of which must arrive. */
  tracked: number;
  /** Why an engine cannot play it. */
  impossible?(engine: Engine): string | undefined;
  /** Extra copies on the wire that are allowed, e.g. one per interrupted request. Default 0. */
  extraCopies?: number;
  /** Markup by path, besides the home page. */
  pages?: { [path: string]: string };
  /** JavaScript by path. */
  scripts?: { [path: string]: string };
  /** Headers of every page of the site. */
  headers?: { [name: string]: string };
  /** How the first browser is started. */
  browser?: StartOptions;
  /** The tag sends to the collector over TLS, with a certificate that nobody vouches for. */
  tls?: boolean;
  run(stage: Stage): Promise<void>;
}

/** What a consent platform reports on every page. */
export const GRANT = JSON.stringify({
  analytics: 'granted',
  attribution: 'granted',
  personalization: 'denied',
  advertising: 'denied',
});

/** A script that tracks `count` events of about `bytes` bytes each. */
export function track(count: number, bytes = 0): string {
  return `for (let i = 0; i < ${count}; i++) filrouge.track('Fault', { i, text: 'x'.repeat(${bytes}) });`;
}

/** The same as one expression, for `Tab.run`. */
export function tracking(count: number, bytes?: number): string {
  return `(() => {${track(count, bytes)}})()`;
}

/** The events that count, in the order in which they arrived. */
export function faultsIn({ received }: FaultyCollector): FaultyCollector['received'] {
  return received.filter(({ event }) => event === 'Fault');
}

/** A script after which the page is hidden, as far as scripts can tell, or shown again. */
export function hide(isHidden: boolean): string {
  return `(() => {
    Object.defineProperty(document, 'visibilityState', { value: '${isHidden ? 'hidden' : 'visible'}', configurable: true });
    Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  })()`;
}

/** Runs a script whose page goes away with it, so that its answer may never come. */
export async function runAndLeave(tab: Tab, script: string): Promise<void> {
  await Promise.race([tab.run(`(() => {${script}})()`).catch(() => {}), pause(2000)]);
}

/** Runs a script, tracks 20 and goes to another site in the same tick. */
export async function trackAndLeave(tab: Tab, { otherUrl }: Site, script = ''): Promise<void> {
  await runAndLeave(tab, `${script} ${track(20)} location.href = '${otherUrl}/plain'`);
  // A page with a process of its own hears that it is left after the next one has begun.
  await pause(500);
}

/** The same while nobody hears it. */
export async function trackAndLeaveUnheard(tab: Tab, { site, collector }: Stage): Promise<void> {
  await collector.down();
  await trackAndLeave(tab, site);
  await collector.up();
}

/** Opens a popup of the site from the tab and runs a script in it, typically one that closes it. */
export async function inPopup(tab: Tab, script: string): Promise<void> {
  await tab.run(`void document.body.insertAdjacentHTML('beforeend', '<button id="opener">open</button>')`);
  await tab.run(`void (document.querySelector('#opener').onclick = () => { window.popup = window.open('/popup') })`);
  await tab.click('#opener');
  await tab.run(`new Promise((resolve, reject) => {
    const { popup } = window;
    if (!popup) return reject('no popup');
    const timer = setInterval(() => {
      if (!popup.filrouge?.track || popup.filrouge.q || popup.document.readyState !== 'complete') return;
      clearInterval(timer);
      popup.eval(${JSON.stringify(script)});
      resolve();
    }, 50);
  })`);
}

/**
 * A wait that belongs to the situation itself (a collector that is down for so long, a page that lives that long before it
 * goes), or to something that must not happen; what must happen is awaited with `until`.
 */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** True for a situation that says how the browser is started, or ends it: it cannot be played in one that others use. */
export function needsBrowser({ browser, impossible }: Situation): boolean {
  return browser !== undefined || impossible === needsProfile;
}

/** For situations in which the browser is started again. */
export function needsProfile({ keepsProfile }: Engine): string | undefined {
  return keepsProfile ? undefined : 'automation keeps no profile over a restart';
}
