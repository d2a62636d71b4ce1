import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeRecord } from '../../src/log/record.js';
import { reportRoutes } from '../../src/report/http/routes.js';
import { createReports } from '../../src/report/reports.js';
import type { Store } from '../../src/stores/contract.js';
import { launchChromium } from '../browsers.js';
import { loaded, openPage, type PageSite, servePage } from './page-site.js';
import { eventsOf, storeOf, VISITS } from './shop.js';

const ADDRESS = '/report?from=2026-11-01&to=2026-11-30&compare=false#key=k';
const ONE_MORE = { who: 'eve', at: '2026-11-12T10:00:00Z', order: { id: 'E1', total: 20 } };

let browser: Browser;
let site: PageSite;
let store: Store;
let open = Promise.resolve();
let isBroken = false;

beforeAll(async () => {
  browser = await launchChromium();
  store = await storeOf(VISITS);
  const held = async <T>(question: Promise<T>): Promise<T> => {
    await open;
    if (isBroken) throw new Error('of this test');
    return question;
  };
  const reports = createReports({ ...store, kpis: (query) => held(store.kpis(query)) });
  const routes = reportRoutes(reports);
  site = await servePage(async (request) => {
    if (new URL(request.url).pathname === '/v1/events') return new Response('');
    return routes(request).catch(() => new Response('{"error":{"code":"internal","message":"no"}}', { status: 500 }));
  });
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Holds up counts of key figures until the returned function is called. */
function hold(): () => void {
  let release = () => {};
  open = new Promise<void>((resolve) => {
    release = resolve;
  });
  return release;
}

let position = 1;
/** Something is stored; what was counted before is no longer what is known. */
async function append(...visits: (typeof ONE_MORE)[]): Promise<void> {
  const body = new TextEncoder().encode(JSON.stringify(eventsOf(visits)));
  const meta = { kind: 'batch' as const, receivedAt: '2026-11-22T12:00:00.000Z', skewMs: 0, key: 'secret' as const };
  await store.append([{ position: (position += 1), bytes: encodeRecord(meta, body) }]);
}

const note = (page: Page, panel: string) => page.locator(`#${panel} > .as-of`).textContent();
const value = (page: Page) => page.locator('[data-measure="conversions"] .value').textContent();

it('opens with the figures of before, says so, and puts the new ones in their place without a stir', async () => {
  const opened = await openPage(browser, site, ADDRESS);
  await loaded(opened.page);
  expect(await note(opened.page, 'kpis')).toMatch(/^As of \d\d:\d\d:\d\d$/);
  expect(await value(opened.page)).toBe('4');
  await opened.page.context().close();

  await append(ONE_MORE);
  const release = hold();
  const { page, complaints } = await openPage(browser, site, ADDRESS);
  await loaded(page);
  expect(await value(page)).toBe('4');
  expect(await note(page, 'kpis')).toMatch(/^As of \d\d:\d\d:\d\d, being counted anew …$/);
  const status = page.locator('.panels > [role="status"]');
  expect(await status.textContent()).toBe('Some figures are of earlier today. They are being counted anew.');

  // The reader is at work in them.
  await page.locator('[data-measure="conversions"] summary').click();
  const heading = page.locator('#channels th').filter({ hasText: 'Visitors' }).first();
  await heading.getByRole('button').click();
  await heading.getByRole('button').click();
  expect(await heading.getAttribute('aria-sort')).toBe('ascending');
  await page.evaluate(() => scrollBy(0, 40));
  const where = () =>
    page.evaluate(() => [scrollY, document.querySelector('#channels h2')?.getBoundingClientRect().top]);
  const before = await where();
  release();
  await expect.poll(() => value(page)).toBe('5');
  await expect.poll(() => page.locator('[data-recounting]').count()).toBe(0);
  await expect.poll(() => status.textContent()).toBe('All figures in sight are up to date.');
  expect(await note(page, 'channels')).toMatch(/^As of \d\d:\d\d:\d\d$/);
  expect(await where()).toEqual(before);
  expect(await page.locator('[data-measure="conversions"] details').getAttribute('open')).toBe('');
  expect(await heading.getAttribute('aria-sort')).toBe('ascending');
  expect(await page.evaluate(() => document.activeElement?.closest('#channels th')?.textContent)).toMatch(/^Visitors/);
  expect(complaints).toEqual([]);
  await page.context().close();
});

it('keeps figures of before that could not be counted anew, says why, and tries again; in French, too', async () => {
  await append({ ...ONE_MORE, order: { id: 'E2', total: 20 } });
  const release = hold();
  isBroken = true;
  const { page } = await openPage(browser, site, ADDRESS, { locale: 'fr-FR' });
  await loaded(page);
  expect(await note(page, 'kpis')).toMatch(/^État à \d\d:\d\d:\d\d, nouveau calcul en cours…$/);
  release();
  await page.locator('#kpis > .as-of [role="alert"]').waitFor();
  expect(await value(page)).toBe('5');
  isBroken = false;
  await page.locator('#kpis > .as-of').getByRole('button', { name: 'Réessayer' }).click();
  await expect.poll(() => value(page)).toBe('6');
  await expect.poll(() => note(page, 'kpis')).toMatch(/^État à \d\d:\d\d:\d\d$/);
  await page.context().close();
});
