import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Draft } from '../../src/browser/contracts.js';
import { launchChromium } from '../browsers.js';
import { type Site, startSite } from './site.js';
import { until } from './wait.js';

declare global {
  interface Window {
    drafts: Draft[];
    stopCapture(): void;
  }
}

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

let browser: Browser;
let context: BrowserContext;
let page: Page;
let devtools: CDPSession;
let site: Site;

beforeAll(async () => {
  browser = await launchChromium();
  site = await startSite({ collectorUrl: 'http://127.0.0.1:9', pages: { '/plain': MARKUP } });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  devtools = await context.newCDPSession(page);
  await page.goto(`${site.url}/plain`);
  // Links and forms are tried without leaving; a listener of the page, so that captures see what pages do.
  await page.evaluate(() => {
    const stay = (event: Event) => {
      const isLink = event.composedPath().some((node) => node instanceof HTMLAnchorElement);
      if (isLink || event.type === 'submit') event.preventDefault();
    };
    for (const type of ['click', 'auxclick', 'submit']) document.addEventListener(type, stay, true);
  });
});
afterEach(() => context.close());

/** Starts a capture from the built modules; drafts collect in `window.drafts`. As text: vitest rewrites `import()`. */
async function start(name: string, options = {}, path = `capture/${name}.js`): Promise<void> {
  await page.evaluate(`(async () => {
    const { ${name}: make } = await import('/dist/${path}');
    window.drafts = [];
    window.stopCapture = make(${JSON.stringify(options)}).start((draft) => window.drafts.push(draft));
  })()`);
}

const drafts = () => page.evaluate(() => window.drafts);

/** Listeners on window and document, which is where captures listen. */
async function listeners(): Promise<string[]> {
  const found: string[] = [];
  for (const expression of ['window', 'document']) {
    const { result } = await devtools.send('Runtime.evaluate', { expression });
    const answer = await devtools.send('DOMDebugger.getEventListeners', { objectId: result.objectId ?? '' });
    found.push(...answer.listeners.map(({ type }) => `${expression} ${type}`));
  }
  return found.sort();
}

describe('every capture', () => {
  it.each(['pages', 'links', 'forms', 'elements', 'engagement'])('%s leaves no listener behind', async (name) => {
    const before = await listeners();
    const isNative = () => page.evaluate(() => /native code/.test(`${history.pushState}${history.replaceState}`));
    await start(name, { minSeconds: 0 });
    expect((await listeners()).length).toBeGreaterThan(before.length);
    await page.evaluate(() => {
      window.stopCapture();
      window.drafts = [];
    });
    expect(await listeners()).toEqual(before);
    expect(await isNative()).toBe(true);
    await page.click('#out');
    await page.click('#f [type=submit]');
    await page.click('#buy');
    await page.evaluate(() => {
      history.pushState({}, '', '/moved');
      dispatchEvent(new Event('pagehide'));
    });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    expect(await drafts()).toEqual([]);
  });
});

describe('pages', () => {
  const moves = async () => (await drafts()).map(({ type, navigation }) => `${type} ${navigation}`);
  const settle = () => page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));

  it('counts the load, and the moves of a single-page app once per tick', async () => {
    await start('pages');
    expect(await moves()).toEqual(['page undefined']);
    await page.evaluate(() => {
      history.pushState({}, '', '/a');
      history.replaceState({}, '', '/b');
      history.pushState({}, '', '/c');
    });
    await settle();
    expect(await moves()).toEqual(['page undefined', 'page spa']);
    await page.evaluate(() => history.back());
    await until('the move back', async () => (await moves()).length === 3);
  });

  it('leaves alone what shows no other page', async () => {
    await start('pages');
    await page.evaluate(() => {
      history.replaceState({ x: 1 }, '');
      history.pushState({}, '', '?sort=price');
      history.pushState({}, '', '#part');
      location.hash = 'other';
    });
    await settle();
    expect(await moves()).toEqual(['page undefined']);
  });

  it('follows query and fragment where the site asks for it', async () => {
    await start('pages', { hash: true, query: true });
    await page.evaluate(() => history.pushState({}, '', '?sort=price'));
    await settle();
    await page.evaluate(() => {
      location.hash = '#/cart';
    });
    await until('two moves', async () => (await moves()).length === 3);
  });

  it('does not lose the move of the last tick', async () => {
    await start('pages');
    await page.evaluate(() => {
      history.pushState({}, '', '/last');
      dispatchEvent(new Event('pagehide'));
    });
    expect(await moves()).toEqual(['page undefined', 'page spa']);
  });

  it('takes its patches back only where they are still on top', async () => {
    await start('pages');
    const stays = await page.evaluate(() => {
      const ours = history.pushState;
      const theirs: typeof ours = (...args) => ours.apply(history, args);
      history.pushState = theirs;
      window.stopCapture();
      history.pushState({}, '', '/after');
      return history.pushState === theirs && location.pathname === '/after';
    });
    await settle();
    expect(stays).toBe(true);
    expect(await moves()).toEqual(['page undefined']);
  });
});

describe('links', () => {
  beforeEach(() => start('links'));

  it('tells links that lead away, cleaned, with their text', async () => {
    await page.click('#out b');
    expect(await drafts()).toEqual([
      {
        type: 'track',
        event: 'Link Clicked',
        properties: { url: 'https://other.example/x?a=1', host: 'other.example', text: 'Over there' },
      },
    ]);
  });

  it('tells downloads by extension', async () => {
    await page.click('#pdf');
    expect(await drafts()).toMatchObject([{ event: 'File Downloaded', properties: { extension: 'pdf' } }]);
  });

  it('counts the middle button and the keyboard, not the right button', async () => {
    await page.click('#out', { button: 'right' });
    expect(await drafts()).toEqual([]);
    await page.click('#out', { button: 'middle' });
    await page.focus('#out');
    await page.keyboard.press('Enter');
    expect((await drafts()).map(({ event }) => event)).toEqual(['Link Clicked', 'Link Clicked']);
  });

  it('sees into web components, and past handlers that stop the event', async () => {
    await page.evaluate(() => {
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' });
      if (root) root.innerHTML = '<a href="https://shadow.example/"><span id="deep">x</span></a>';
      root?.addEventListener('click', (event) => event.stopPropagation());
    });
    await page.click('#host #deep');
    expect(await drafts()).toMatchObject([{ properties: { host: 'shadow.example' } }]);
  });

  it('ignores links within the site and other schemes', async () => {
    await page.click('#in');
    await page.click('#mail');
    expect(await drafts()).toEqual([]);
  });
});

describe('forms', () => {
  beforeEach(() => start('forms'));

  it('tells names, never a value, also where a field is named id', async () => {
    await page.click('#f [type=submit]');
    const found = await drafts();
    expect(found).toEqual([
      {
        type: 'track',
        event: 'Form Submitted',
        properties: {
          form_id: 'f',
          form_name: 'signup',
          action: '/join',
          method: 'post',
          fields: ['id', 'email'],
        },
      },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/sesame|ann@|secret/);
  });

  it('leaves out what is marked', async () => {
    await page.click('#ignored button');
    expect(await drafts()).toEqual([]);
  });
});

describe('elements', () => {
  it('emits what the markup declares: inherited, the nearest wins, numbers where they are numbers', async () => {
    await start('elements');
    await page.click('#buy i');
    await page.click('#declared button');
    expect(await drafts()).toEqual([
      {
        type: 'track',
        event: 'Product Added',
        properties: { price: 12.5, sku: '007', gift: true, list: 'Home' },
      },
      { type: 'track', event: 'Newsletter Joined', properties: {} },
    ]);
  });

  it('emits once what was seen, also if it was added later', async () => {
    await start('elements');
    expect(await drafts()).toEqual([]);
    await page.evaluate(() => {
      const late = document.createElement('p');
      late.setAttribute('data-fr-event', 'Late Seen');
      late.setAttribute('data-fr-on', 'view');
      late.textContent = 'late';
      document.body.append(late);
    });
    for (const y of [9999, 0, 9999]) await page.evaluate((y) => scrollTo(0, y), y);
    await until('both were seen', async () => (await drafts()).length >= 2);
    expect((await drafts()).map(({ event }) => event).sort()).toEqual(['Deep Seen', 'Late Seen']);
  });
});

describe('engagement', () => {
  it('tells visible seconds and depth of the page it is about', async () => {
    await start('engagement', { minSeconds: 0.2 });
    await page.evaluate(() => scrollTo(0, 0));
    await page.mouse.click(1, 1);
    const began = Date.now();
    await page.waitForFunction((end) => performance.now() > end, (await page.evaluate(() => performance.now())) + 400);
    await page.evaluate(() => {
      history.pushState({}, '', '/second');
      scrollTo(0, 9999);
    });
    const [draft] = await until('an event', async () => ((await drafts()).length ? drafts() : undefined));
    const spent = (Date.now() - began) / 1000;
    expect(draft).toMatchObject({ event: 'Page Engaged', minor: true, url: `${site.url}/plain`, title: '/plain' });
    expect(draft?.properties?.engaged_seconds).toBeGreaterThanOrEqual(0.3);
    expect(draft?.properties?.engaged_seconds).toBeLessThan(spent + 1);
    expect(draft?.properties?.scroll_depth).toBeGreaterThan(0);
    expect(draft?.properties?.scroll_depth).toBeLessThan(60);
  });

  it('does not tell a glance', async () => {
    await start('engagement', { minSeconds: 3600 });
    await page.evaluate(() => dispatchEvent(new Event('pagehide')));
    expect(await drafts()).toEqual([]);
  });
});

describe('vitals', () => {
  it('comes as a second file and tells its metrics until it is stopped', async () => {
    await start('vitals', {}, 'filrouge-vitals.js');
    await until('the first paint', async () => (await drafts()).some(({ properties }) => properties?.metric === 'FCP'));
    for (const draft of await drafts()) {
      expect(draft).toMatchObject({ type: 'track', event: 'Web Vital', minor: true });
      expect(draft.properties?.value).toBeGreaterThanOrEqual(0);
      expect(draft.properties?.rating).toMatch(/good|poor|needs/);
    }
  });
});
