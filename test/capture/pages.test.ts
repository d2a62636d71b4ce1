import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../browser/wait.js';
import { type CaptureBrowser, type CapturePage, startCaptureBrowser } from './page.js';

let browser: CaptureBrowser;
let page: CapturePage['page'];
let start: CapturePage['start'];
let drafts: CapturePage['drafts'];

beforeAll(async () => {
  browser = await startCaptureBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  ({ page, start, drafts } = await browser.open());
});

describe('pages', () => {
  const moves = async () =>
    (await drafts()).filter(({ type }) => type === 'page').map(({ type, navigation }) => `${type} ${navigation}`);
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

  it('announces each view in the tick of the move, so that what is called there belongs to it', async () => {
    await start('pages');
    const types = await page.evaluate(() => {
      history.pushState({}, '', '?sort=price');
      history.pushState({}, '', '/a');
      return window.drafts.map(({ type }) => type);
    });
    expect(types).toEqual(['page', 'view']);
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
