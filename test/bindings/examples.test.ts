import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type FaultyCollector, startCollector } from '../browser/collector.js';
import { until } from '../browser/wait.js';
import { launchChromium } from '../browsers.js';
import { freshDirectory } from '../files.js';
import { serveApp } from './served.js';

let browser: Browser;
let collector: FaultyCollector;
let directory: string;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  collector = await startCollector();
  directory = freshDirectory();
});
afterEach(async () => {
  await collector.close();
});

/** Builds an example as its readers would, with Vite; `mode` development keeps what StrictMode does. */
async function build(name: string, mode: string): Promise<void> {
  const { build: bundle } = await import('vite');
  // React chooses its build, hence StrictMode's second mount, by this variable.
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = mode;
  await bundle({
    root: fileURLToPath(new URL(`../../demo/examples/${name}`, import.meta.url)),
    configFile: false,
    logLevel: 'error',
    mode,
    define: {
      'import.meta.env.VITE_COLLECTOR': JSON.stringify(collector.url),
      'process.env.NODE_ENV': JSON.stringify(mode),
    },
    build: { outDir: directory, emptyOutDir: true, minify: false },
  });
  process.env.NODE_ENV = before;
}

describe.each([
  ['react', 'production'],
  ['react', 'development'],
  ['vue', 'production'],
  ['router', 'production'],
])('the example %s, built for %s', (name, mode) => {
  it('tells each route once, with its name, and calls in between', async () => {
    await build(name, mode);
    const app = await serveApp(directory);
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(app.url);
    await page.click('#Products');
    await page.click('text=Add a shirt');
    await page.click('#Basket');
    await page.click('#Home');
    const told = () => collector.received.map((event) => event.name ?? event.event);
    await until('five events', () => told().length >= 5);
    // A second copy of a view would come with the next batch.
    await page.evaluate("document.querySelector('main button, #add').click()");
    await until('the last event', () => told().length >= 6);
    expect(told()).toEqual(['Home', 'Products', 'Product Added', 'Basket', 'Home', 'Product Added']);
    expect(collector.received.map((event) => event.context?.page?.path)).toEqual([
      '/',
      '/products',
      '/products',
      '/basket',
      '/',
      '/',
    ]);
    expect(errors).toEqual([]);
    await page.close();
    await app.close();
  });
});
