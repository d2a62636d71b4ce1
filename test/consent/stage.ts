import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Site, startSite } from '../browser/site.js';
import { launchChromium } from '../browsers.js';
import { CONSENT_HARNESS } from '../contract/consent.js';

/** Scripts by name, served below `/platform/`: code, or a directory of node_modules. */
export type Platforms = { [name: string]: string | { directory: string } };

/**
 * One browser and one page for the tests of a file. The function returned opens a plain page as a visitor who was never here:
 * each time by another host name, which has its own cookies and storage.
 */
export function useStage(platforms: () => Platforms | Promise<Platforms>): () => Promise<Page> {
  let browser: Browser;
  let site: Site;
  let page: Page;
  let scripts: Platforms;
  let visitors = 0;
  let errors: string[] = [];

  beforeAll(async () => {
    [browser, site, scripts] = await Promise.all([
      launchChromium(),
      startSite({ collectorUrl: 'http://127.0.0.1:9' }),
      platforms(),
    ]);
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(`${error}`));
    await page.addInitScript(CONSENT_HARNESS);
    await page.route('**/platform/**', async (route) => {
      const path = new URL(route.request().url()).pathname.replace('/platform/', '');
      const body = await read(path);
      if (body === undefined) return route.abort('blockedbyclient');
      return route.fulfill({ body, contentType: path.endsWith('.css') ? 'text/css' : 'text/javascript' });
    });
  });
  afterAll(() => Promise.all([browser?.close(), site?.close()]));
  afterEach(() => {
    const thrown = errors;
    errors = [];
    expect(thrown).toEqual([]);
  });

  const read = async (path: string): Promise<string | undefined> => {
    const [name = '', ...rest] = path.split('/');
    const script = scripts[name];
    if (!script || typeof script === 'string') return script;
    return readFile(new URL(`../../node_modules/${script.directory}/${rest.join('/')}`, import.meta.url), 'utf8');
  };
  return async () => {
    await page.goto(`${site.url.replace('127.0.0.1', `visitor${visitors++}.localhost`)}/plain`);
    return page;
  };
}
