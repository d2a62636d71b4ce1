import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleParts } from '../browser/bundle.js';
import { type FaultyCollector, startCollector } from '../browser/collector.js';
import { type Site, startSite } from '../browser/site.js';
import { until } from '../browser/wait.js';
import { launchChromium } from '../browsers.js';

let browser: Browser;
let collector: FaultyCollector;
let site: Site;
let context: BrowserContext;
let page: Page;
let lib: string;

/** One server, two names: for the browser two sites that share nothing. */
const shopPage = (other: string) =>
  `
  <h1>Shop</h1>
  <a id="link" href="//OTHER/plain?x=1#part">tickets</a> <a id="foreign" href="//elsewhere.example/">elsewhere</a>
  <form id="get" action="//OTHER/plain"><input name="q" value="1"></form>
  <form id="post" method="post" action="//OTHER/plain"></form>
  <form id="fields" method="post" action="//OTHER/plain"><input name="action" value="a"><input name="method" value="b"></form>
  <form id="button" action="/here"><button id="pressed" formmethod="post" formaction="//OTHER/plain"></button></form>`.replaceAll(
    'OTHER',
    other,
  );

beforeAll(async () => {
  browser = await launchChromium();
  lib = await bundleParts(['across/linker', 'across/frames', 'index', 'collectors/segment']);
});
afterAll(() => browser.close());
beforeEach(async () => {
  collector = await startCollector();
  site = await startSite({ collectorUrl: collector.url, pages: {} });
  context = await browser.newContext();
  page = await context.newPage();
});
afterEach(async () => {
  await context.close();
  await site.close();
  await collector.close();
});

/** Starts a tracker with a linker on the current page, as a site would. */
async function start(on: Page = page, seconds = 120): Promise<string> {
  return on.evaluate(`(() => {
    ${lib}
    const { linker, createTracker, segment, acceptFrames } = lib;
    window.acceptFrames = acceptFrames;
    window.across = linker({ domains: ['127.0.0.1', 'localhost'], seconds: ${seconds} });
    const collectors = [segment({ url: '${collector.url}', writeKey: 'wk' })];
    window.tracker = createTracker({ collectors, firstId: across.firstId });
    across.attach(tracker);
    return location.href;
  })()`);
}
const marked = (url: string) => page.evaluate<string>(`across.mark('${url}')`);
const accept = (origins: string[]) => page.evaluate(`acceptFrames(tracker, { origins: ${JSON.stringify(origins)} })`);
const grant = () => page.evaluate("tracker.consent({ analytics: 'granted', attribution: 'denied' })");
const visitor = (on: Page = page): Promise<string | undefined> => on.evaluate('tracker.visitor().anonymousId');
const host = (url: string) => new URL(url).host;
const openShop = async () => {
  await page.goto(`${site.url}/plain`);
  await page.setContent(shopPage(host(site.otherUrl)));
  await start();
};

describe('the linker, between two sites', () => {
  it('carries id and consent over a link, and leaves no mark in either address', async () => {
    await openShop();
    await grant();
    const id = await visitor();
    await page.click('#link');
    await page.waitForURL(/_fr=/);
    expect(await start()).toBe(`${site.otherUrl}/plain?x=1#part`);
    expect(await page.evaluate('tracker.consent()')).toMatchObject({
      analytics: 'granted',
      attribution: 'denied',
      advertising: 'pending',
    });
    expect(await visitor()).toBe(id);
  });

  it.each([
    ['a form sent with GET', "document.querySelector('#get').requestSubmit()", '?q=1'],
    ['a form sent with POST', "document.querySelector('#post').requestSubmit()", ''],
    ['a form with fields of such names', "document.querySelector('#fields').requestSubmit()", ''],
    [
      'the address of a button',
      "document.querySelector('#button').requestSubmit(document.querySelector('#pressed'))",
      '',
    ],
  ])('carries them over %s', async (_, submit, query) => {
    await openShop();
    await grant();
    const id = await visitor();
    await page.evaluate(submit);
    await page.waitForURL(/_fr=/);
    expect(await start()).toBe(`${site.otherUrl}/plain${query}`);
    expect(await visitor()).toBe(id);
  });

  it('carries them into a new window, and gives links and window.open back', async () => {
    await openShop();
    await grant();
    const [opened] = await Promise.all([
      context.waitForEvent('page'),
      page.evaluate((url) => void window.open(url), `${site.otherUrl}/plain`),
    ]);
    await opened.waitForURL(/_fr=/);
    await start(opened);
    expect(await visitor(opened)).toBe(await visitor());
    await page.evaluate("document.addEventListener('click', (event) => event.preventDefault())");
    await page.click('#link');
    await expect.poll(() => page.getAttribute('#link', 'href')).toBe(`//${host(site.otherUrl)}/plain?x=1#part`);
  });

  it('marks nothing without consent, and nothing that leads elsewhere', async () => {
    await openShop();
    expect(await marked(`${site.otherUrl}/plain`)).toBe(`${site.otherUrl}/plain`);
    await grant();
    for (const url of [
      'https://elsewhere.example/',
      'https://localhost.evil.example/',
      'mailto:a@b.example',
      '/plain',
      'http://[',
    ]) {
      expect(await marked(url)).toBe(url);
    }
    expect(await marked(`${site.otherUrl}/plain`)).toContain('_fr=');
  });

  it('never renames a visitor that the other site knows', async () => {
    await page.goto(`${site.otherUrl}/plain`);
    await start();
    await grant();
    await page.evaluate("tracker.identify('ann')");
    const known = await visitor();
    await openShop();
    await grant();
    await page.click('#link');
    await page.waitForURL(/_fr=/);
    await start();
    expect(await visitor()).toBe(known);
    expect(await page.evaluate('tracker.visitor().userId')).toBe('ann');
  });

  it.each([
    ['was changed', (mark: string) => mark.replace(/^./, (first) => (first === '0' ? '1' : '0'))],
    ['is no mark', () => '<script>'],
    ['has no end', (mark: string) => mark.slice(0, -1)],
  ])('takes no mark that %s, and removes it all the same', async (_, change) => {
    await openShop();
    await grant();
    const id = await visitor();
    const url = new URL(await marked(`${site.otherUrl}/plain`));
    url.searchParams.set('_fr', change(url.searchParams.get('_fr') ?? ''));
    await page.goto(url.href);
    expect(await start()).toBe(`${site.otherUrl}/plain`);
    expect(await page.evaluate('tracker.consent().analytics')).toBe('pending');
    await grant();
    expect(await visitor()).not.toBe(id);
  });

  it('grants nothing on the word of a page that is none of the owner’s; a refusal it takes from anywhere', async () => {
    await openShop();
    await grant();
    const url = await marked(`${site.otherUrl}/plain`);
    const states = async (referer?: string) => {
      await page.goto(url, referer ? { referer } : {});
      await start();
      return page.evaluate('(({ analytics, attribution }) => [analytics, attribution].join())(tracker.consent())');
    };
    expect(await states()).toBe('pending,denied');
    await context.clearCookies();
    await page.evaluate('localStorage.clear()');
    expect(await states('https://evil.example/127.0.0.1')).toBe('pending,denied');
    await page.evaluate('localStorage.clear()');
    expect(await states(`${site.url}/plain`)).toBe('granted,denied');
  });

  it('takes no mark that is old, or comes from another browser', async () => {
    await openShop();
    await grant();
    const id = await visitor();
    const url = await marked(`${site.otherUrl}/plain`);
    const stranger = await browser.newContext({ userAgent: 'Mozilla/5.0 Another' });
    const elsewhere = await stranger.newPage();
    await elsewhere.goto(url);
    await start(elsewhere);
    expect(await elsewhere.evaluate('tracker.consent().analytics')).toBe('pending');
    await stranger.close();
    await page.goto(url);
    await start(page, -1);
    await grant();
    expect(await visitor()).not.toBe(id);
  });
});

describe('a framed page of another origin', () => {
  const frame = async (origins: string[]) => {
    await page.goto(`${site.url}/plain`);
    await start();
    await accept(origins);
    await page.evaluate(async (url) => {
      const iframe = document.createElement('iframe');
      iframe.src = url;
      document.body.append(iframe);
      await new Promise((resolve) => iframe.addEventListener('load', resolve));
    }, `${site.otherUrl}/plain?booking`);
    const inner = page.frames().find((one) => one.url().includes('booking'));
    if (!inner) throw new Error('no frame');
    await inner.evaluate(`(() => {
      ${lib}
      window.tracker = lib.frameTracker('${site.url}');
      tracker.page();
      tracker.track('Seat Chosen', { seat: 7, strange: () => 1 });
    })()`);
    return inner;
  };

  it('is tracked under the visitor of the page around it, with its own page, and keeps nothing', async () => {
    const inner = await frame([site.otherUrl]);
    expect(await inner.evaluate('tracker.ready')).toBe(true);
    expect(collector.received).toEqual([]);
    await grant();
    await until('both', () => collector.received.length === 2);
    const url = `${site.otherUrl}/plain?booking`;
    const anonymousId = await visitor();
    expect(collector.received).toMatchObject([
      { type: 'page', anonymousId, properties: { url }, context: { page: { url } } },
      { type: 'track', event: 'Seat Chosen', anonymousId, properties: { seat: 7 }, context: { page: { url } } },
    ]);
    const { cookies, origins } = await context.storageState();
    expect(cookies.filter(({ domain }) => domain === 'localhost')).toEqual([]);
    expect(origins.map(({ origin }) => origin)).toEqual([site.url]);
  });

  it('is not heard when its origin is not on the list, nor may it call anything else', async () => {
    const inner = await frame(['https://booking.example']);
    await grant();
    await page.evaluate("tracker.track('Own')");
    await until('own', () => collector.received.length > 0);
    expect(collector.received.map(({ event }) => event)).toEqual(['Own']);
    await accept([site.otherUrl]);
    await inner.evaluate((parent) => {
      const { port1, port2 } = new MessageChannel();
      window.parent.postMessage('filrouge frame 1', parent, [port2]);
      const own = { url: location.href, path: '/', search: '', title: '', referrer: '' };
      const call = { method: 'track', name: 'Forged', at: 1, page: own };
      port1.postMessage({ ...call, method: 'identify', name: 'ann' });
      port1.postMessage({ ...call, method: 'reset' });
      for (const at of [Number.NaN, 1e300, '1']) port1.postMessage({ ...call, at });
      port1.postMessage({ ...call, page: { ...own, url: 'https://bank.example/' } });
      port1.postMessage('nonsense');
      port1.postMessage({ ...call, name: 'Right', at: Date.now() });
    }, site.url);
    await until('the one that is right', () => collector.received.some(({ event }) => event === 'Right'));
    expect(collector.received.some(({ event }) => event === 'Forged')).toBe(false);
    expect(await page.evaluate('tracker.visitor().userId')).toBeUndefined();
  });
});
