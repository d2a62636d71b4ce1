import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import type { Draft } from '../../src/browser/contracts.js';
import { startSite } from '../browser/site.js';
import { launchChromium } from '../browsers.js';

declare global {
  interface Window {
    drafts: Draft[];
    stopCapture(): void;
  }
}

/** One page with something for each capture. */
const MARKUP = `
  <a id="out" href="https://other.example/x?utm_source=me&a=1">Over <b>there</b></a>
  <a id="in" href="/inside">inside</a>
  <a id="pdf" href="/files/Price.PDF">prices</a>
  <a id="mail" href="mailto:ann@shop.example">mail</a>
  <div id="host"></div>
  <form id="f" name="signup" action="/join?secret=1" method="post">
    <input name="id" value="sesame"><input name="email" value="ann@shop.example"><input type="submit" value="Go">
  </form>
  <form id="ignored" data-fr-ignore><input name="pin" value="1234"><button>Go</button></form>
  <section data-fr-list="Home" data-fr-price="1">
    <button id="buy" data-fr-event="Product Added" data-fr-price="12.5" data-fr-sku="007" data-fr-gift="true">Buy <i>now</i></button>
  </section>
  <form id="declared" data-fr-event="Newsletter Joined"><button>Join</button></form>
  <div style="height:3000px"></div><p id="deep" data-fr-event="Deep Seen" data-fr-on="view">deep</p>`;

/** A page in real Chromium on which one capture runs. */
export interface CapturePage {
  page: Page;
  url: string;
  /** Starts a capture from the built modules. */
  start(name: string, options?: object, path?: string): Promise<void>;
  /** What it emitted so far. */
  drafts(): Promise<Draft[]>;
  /** Listeners on window and document, which is where captures listen. */
  listeners(): Promise<string[]>;
}

/** Opens fresh pages in one browser. */
export interface CaptureBrowser {
  open(): Promise<CapturePage>;
  close(): Promise<void>;
}

/** Starts the browser and the site that serves the page and the modules. */
export async function startCaptureBrowser(): Promise<CaptureBrowser> {
  const browser: Browser = await launchChromium();
  const site = await startSite({ collectorUrl: 'http://127.0.0.1:9', pages: { '/plain': MARKUP } });
  let context: BrowserContext | undefined;
  return {
    async open() {
      await context?.close();
      context = await browser.newContext();
      const page = await context.newPage();
      const devtools = await context.newCDPSession(page);
      await page.goto(`${site.url}/plain`);
      await stayHere(page);
      return {
        page,
        url: site.url,
        start: (name, options = {}, path = `capture/${name}.js`) =>
          // As text: vitest rewrites `import()`.
          page.evaluate(`(async () => {
            const { ${name}: make } = await import('/dist/${path}');
            window.drafts = [];
            const stop = new AbortController();
            window.stopCapture = () => stop.abort();
            make(${JSON.stringify(options)}).start((draft) => window.drafts.push(draft), stop.signal);
          })()`),
        drafts: () => page.evaluate(() => window.drafts),
        listeners: () => readListeners(devtools),
      };
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** Links and forms are tried without leaving; a listener of the page, so that captures see what pages do. */
function stayHere(page: Page): Promise<void> {
  return page.evaluate(() => {
    const stay = (event: Event) => {
      const isLink = event.composedPath().some((node) => node instanceof HTMLAnchorElement);
      if (isLink || event.type === 'submit') event.preventDefault();
    };
    for (const type of ['click', 'auxclick', 'submit']) document.addEventListener(type, stay, true);
  });
}

async function readListeners(devtools: CDPSession): Promise<string[]> {
  const found: string[] = [];
  for (const expression of ['window', 'document']) {
    const { result } = await devtools.send('Runtime.evaluate', { expression });
    const answer = await devtools.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' });
    found.push(...answer.listeners.map(({ type }) => `${expression} ${type}`));
  }
  return found.sort();
}
