import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { snippet } from '../../src/tag/snippet.js';
import { CHROMIUM_FLAGS, findChromium, launchChromium, launchProfile } from '../browsers.js';
import { killTree } from '../faults/engines/processes.js';
import { freshDirectory } from '../files.js';
import { type FaultyCollector, startCollector } from './collector.js';
import { type Site, type SiteOptions, startSite } from './site.js';
import { until } from './wait.js';

const GRANT = `filrouge.consent({ analytics: 'granted', attribution: 'granted' })`;

let collector: FaultyCollector;
let site: Site;
let closing: (() => Promise<void> | void)[];

beforeEach(async () => {
  collector = await startCollector();
  closing = [() => collector.close()];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

async function serve(options: Partial<SiteOptions> = {}): Promise<void> {
  site = await startSite({ collectorUrl: collector.url, consent: 'manual', ...options });
  closing.push(() => site.close());
}

async function open(launch: () => Promise<Browser> = launchChromium): Promise<Page> {
  const browser = await launch();
  closing.push(() => browser.close());
  return browser.newPage();
}

const loaded = (page: Page) => page.waitForFunction('window.filrouge && !("q" in window.filrouge)');
const pageViews = () => collector.received.filter(({ type }) => type === 'page');
const named = (name: string) => collector.received.filter(({ event }) => event === name);

describe('the tag', () => {
  it('replays what was called before it loaded, with the time and page of then', async () => {
    await serve({
      pages: {
        '/land': `<script>
          filrouge.track('Early', { n: 1 });
          filrouge.identify('u1');
          ${GRANT};
          history.pushState({}, '', '/moved');
          document.title = 'Moved';
          filrouge.track('After Move');
        </script>`,
      },
    });
    const page = await open();
    let letThrough = () => {};
    const held = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await page.route('**/filrouge.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${site.url}/land?utm_source=news&a=1`, { waitUntil: 'domcontentloaded' });
    await page.waitForFunction("location.pathname === '/moved'");
    const called = Date.now();
    await page.waitForFunction((end) => Date.now() > end, called);
    letThrough();
    await until('all events', () => collector.received.length >= 4);
    const [first, second] = pageViews();
    expect(first?.context).toMatchObject({
      page: { url: `${site.url}/land?a=1`, title: '/land' },
      campaign: { source: 'news' },
    });
    expect(second?.context?.page?.path).toBe('/moved');
    for (const [name, path, title] of [
      ['Early', '/land', '/land'],
      ['After Move', '/moved', 'Moved'],
    ] as const) {
      const [event] = named(name);
      expect(event?.context?.page).toMatchObject({ path, title });
      expect(Date.parse(event?.timestamp ?? '')).toBeLessThanOrEqual(called);
      expect(event?.context?.campaign?.source).toBe('news');
    }
    expect(named('After Move')[0]?.userId).toBe('u1');
  });

  it('works without the stub under a strict policy, with its integrity checked', async () => {
    const code = readFileSync(new URL('../../dist/filrouge.js', import.meta.url));
    await serve({
      stub: false,
      consent: 'granted',
      capture: ['pages', 'links', 'forms', 'elements', 'engagement', 'vitals'],
      integrity: `sha384-${createHash('sha384').update(code).digest('base64')}`,
      headers: {
        'Content-Security-Policy': `default-src 'none'; script-src ${collector.url}; connect-src ${collector.url}; require-trusted-types-for 'script'; trusted-types 'none'`,
      },
    });
    const page = await open();
    const violations: string[] = [];
    page.on('console', (message) => violations.push(message.text()));
    page.on('pageerror', (error) => violations.push(`${error}`));
    await page.goto(site.url);
    await until('the page view', () => pageViews().length);
    await until('a web vital', () => named('Web Vital').length);
    expect(violations).toEqual([]);
  });

  it('refuses to run when its integrity is wrong', async () => {
    await serve({ stub: false, consent: 'granted', integrity: `sha384-${'A'.repeat(64)}` });
    const page = await open();
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    await page.goto(site.url);
    await until('the browser to say so', () => messages.some((text) => /integrity/.test(text)));
    expect(await page.evaluate('typeof filrouge')).toBe('undefined');
  });

  it('counts once when it is mounted twice', async () => {
    const again = snippet({ src: `${collector.url}/filrouge.js?again`, writeKey: 'wk', consent: 'granted' });
    await serve({ consent: 'granted', pages: { '/': again } });
    const page = await open();
    await page.goto(site.url);
    await loaded(page);
    await page.evaluate(`filrouge.track('Once')`);
    await until('the event', () => named('Once').length);
    await page.evaluate('filrouge.flush()');
    expect(pageViews().length).toBe(1);
    expect(named('Once').length).toBe(1);
  });

  it('counts a return from the back/forward cache, with an open queue and connection', async () => {
    await serve({
      consent: 'granted',
      pages: { '/a': `<script>onpageshow = (e) => (window.back = e.persisted)</script>` },
    });
    const page = await open(() =>
      chromium.launch({
        executablePath: findChromium(),
        args: CHROMIUM_FLAGS,
        ignoreDefaultArgs: ['--disable-back-forward-cache'],
      }),
    );
    await page.goto(`${site.url}/a`);
    await until('the page view', () => pageViews().length === 1);
    await page.goto(`${site.url}/b`);
    await until('the second', () => pageViews().length === 2);
    await page.evaluate('setTimeout(() => history.back())');
    await until('the third', () => pageViews().length === 3);
    const third = pageViews()[2];
    expect(third?.context?.page?.path).toBe('/a');
    expect(third?.context?.filrouge?.navigation).toBe('bfcache');
    expect(third?.context?.filrouge?.pageView).not.toBe(pageViews()[0]?.context?.filrouge?.pageView);
    expect(third?.context?.filrouge?.session?.id).toBe(pageViews()[0]?.context?.filrouge?.session?.id);
  });

  it('counts a prerendered page only once it is shown', async () => {
    const rules = JSON.stringify({ prerender: [{ urls: ['/next'], eagerness: 'immediate' }] });
    const pages: { [path: string]: string } = {
      '/a': `<script type="speculationrules">${rules}</script><script>
        setInterval(async () => {
          const text = await (await fetch('/poll')).text();
          if (text.includes('Move on')) location.href = '/next';
        }, 100);
      </script>`,
      '/next': `<script>onload = () => document.prerendering && fetch('/prerendered')</script>`,
    };
    await serve({ consent: 'granted', pages });
    await launchAlone(`${site.url}/a`);
    const asked = (wanted: string) => site.requests.filter(({ path }) => path === wanted);
    await until('the prerendered page and its tag', () => asked('/prerendered').length && collector.scripts >= 2);
    await until('the page view', () => pageViews().length);
    // Whatever the prerendered page could send by mistake would be on its way before these.
    const polls = asked('/poll').length;
    await until('some more time', () => asked('/poll').length > polls + 15);
    expect(pageViews().map(({ context }) => context?.page?.path)).toEqual(['/a']);
    pages['/poll'] = 'Move on';
    await until('the page view', () => pageViews().length === 2);
    expect(pageViews()[1]?.context?.page?.path).toBe('/next');
    expect(asked('/next').length).toBe(1);
  });

  it('loses nothing when the browser is killed while the collector is down', async () => {
    await serve({ consent: 'granted' });
    const profile = freshDirectory();
    closing.push(() => rmSync(profile, { recursive: true, force: true, maxRetries: 10 }));
    let context = await launchProfile(profile);
    let page = await context.newPage();
    await page.goto(site.url);
    await until('the page view', () => pageViews().length === 1);
    await collector.down();
    await page.evaluate(`for (let i = 0; i < 50; i++) filrouge.track('Killed', { i })`);
    // The browser tells nobody when it has written; README promises what is a second old.
    await page.waitForTimeout(1000);
    await kill(context, profile);
    await collector.up();
    context = await launchProfile(profile);
    closing.push(() => context.close());
    page = await context.newPage();
    await page.goto(`${site.url}/again`);
    await until('50 events', () => named('Killed').length >= 50);
    await until('the new page view', () => pageViews().length === 2);
    await page.evaluate('filrouge.flush()');
    expect(new Set(named('Killed').map(({ messageId }) => messageId)).size).toBe(50);
    expect(named('Killed').length).toBe(50);
  });
});

/** A browser that no debugger is attached to: Playwright's would hold a prerendered page until it is shown. */
async function launchAlone(url: string): Promise<void> {
  const profile = freshDirectory();
  const flags = [...CHROMIUM_FLAGS, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  const browser = spawn(findChromium(), [...flags, url], { stdio: 'ignore' });
  closing.push(async () => {
    // Its children write to the profile until they are gone too.
    await killTree(browser.pid);
  });
}

/** SIGKILL for the browser process of this profile, found by the lock that Chromium keeps in it (`host-pid`). */
async function kill(context: BrowserContext, profile: string): Promise<void> {
  const pid = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1));
  const gone = new Promise((resolve) => context.once('close', resolve));
  process.kill(pid, 'SIGKILL');
  await gone;
}
