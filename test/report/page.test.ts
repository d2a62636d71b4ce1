import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportRoutes } from '../../src/report/http/routes.js';
import { createReports } from '../../src/report/reports.js';
import { launchChromium } from '../browsers.js';
import { loaded, openPage, type PageSite, servePage } from './page-site.js';
import { eventsOf, storeOf, VISITS } from './shop.js';

const KEY = 'admin-key-of-this-test';
const NOVEMBER = '?from=2026-11-01&to=2026-11-30';

let browser: Browser;
let site: PageSite;
let base: string;

beforeAll(async () => {
  browser = await launchChromium();
  const reports = reportRoutes(createReports(await storeOf(VISITS)));
  const live = eventsOf(VISITS.slice(-1)).map((event) => JSON.stringify({ ...event, receivedAt: event.timestamp }));
  site = await servePage(async (request) => {
    if (request.headers.get('authorization') !== `Bearer ${KEY}`)
      return Response.json({ success: false, error: { code: 'wrong-key', message: 'no' } }, { status: 401 });
    return new URL(request.url).pathname === '/v1/events' ? new Response(`${live.join('\n')}\n`) : reports(request);
  });
  base = site.base;
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

const open = (path: string, options: BrowserContextOptions = {}) => openPage(browser, site, path, options);

const tile = (page: Page, measure: string) => page.locator(`[data-measure="${measure}"] .value`).textContent();

describe('the report page in Chromium', () => {
  it('asks for the key, refuses a wrong one, opens with the right one and keeps it in the tab', async () => {
    const { page, complaints } = await open(`/report${NOVEMBER}`);
    await page.getByLabel('Admin key').fill('wrong');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByText('This key is not accepted here').waitFor();
    await page.getByLabel('Admin key').fill(KEY);
    await page.keyboard.press('Enter');
    await loaded(page);
    await page.reload();
    await loaded(page);
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Admin key').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('asks again when the key in the address is wrong', async () => {
    const { page } = await open(`/report${NOVEMBER}#key=wrong`);
    await page.getByText('This key is not accepted here').waitFor();
    expect(page.url()).not.toContain('wrong');
    await page.context().close();
  });

  it('says when a panel failed and tries again', async () => {
    const { page } = await open(`/report${NOVEMBER}`);
    const error = { code: 'of-tomorrow', message: 'The store is busy.' };
    await page.route('**/v1/reports/attribution*', (route) => route.fulfill({ status: 500, json: { error } }), {
      times: 1,
    });
    await page.getByLabel('Admin key').fill(KEY);
    await page.keyboard.press('Enter');
    const panel = page.locator('#attribution');
    await panel.getByText('This could not be loaded. The store is busy.').waitFor();
    await panel.getByRole('button', { name: 'Try again' }).click();
    await panel.locator('table').waitFor();
    // What could not be asked is not "no visits": the hint of an empty period goes with its figures.
    await page.getByLabel('From', { exact: true }).fill('2020-01-01');
    await page.getByLabel('To', { exact: true }).fill('2020-01-31');
    await page.getByText('No visits in this period yet').waitFor();
    await page.route('**/v1/reports/**', (route) => route.abort());
    await page.getByLabel('Include bots').click();
    await page.locator('#kpis').getByText('The receiver does not answer').waitFor();
    expect(await page.getByText('No visits in this period yet').count()).toBe(0);
    await page.context().close();
  });

  it('says what the receiver refuses in the language of the page', async () => {
    const { page } = await open(`/report${NOVEMBER}&segment=elves#key=${KEY}`, { locale: 'fr-FR' });
    await page.locator('#kpis').getByText('Le paramètre « segment » ne peut pas valoir "elves".').waitFor();
    await page.context().close();
  });

  it('takes the key from the address and removes it there', async () => {
    const { page, complaints } = await open(`/report${NOVEMBER}#key=${KEY}`);
    await loaded(page);
    expect(page.url()).toBe(`${base}/report${NOVEMBER}`);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows the figures, the charts and the tables', async () => {
    const { page, complaints } = await open(`/report${NOVEMBER}#key=${KEY}`);
    await loaded(page);
    expect(await tile(page, 'visitors')).toBe('3');
    expect(await tile(page, 'sessions')).toBe('7');
    expect(await tile(page, 'revenue')).toBe('€180.01');
    expect(await tile(page, 'conversionRate')).toBe('57.1%');
    for (const panel of ['daily', 'attribution', 'journeys']) {
      expect(await page.locator(`#${panel} .chart svg path`).count(), panel).toBeGreaterThan(3);
    }
    const first = page.locator('#attribution tbody tr').first();
    expect(await first.textContent()).toContain('Organic Search');
    await page.locator('#attribution').getByRole('button', { name: 'Revenue' }).click();
    await expect.poll(() => page.locator('#attribution tfoot').textContent()).toContain('€180.01');
    await page.locator('#attribution').getByRole('button', { name: 'Campaign' }).click();
    await page.locator('#attribution tbody').getByText('winter').waitFor();
    await page.locator('#live').getByText('Order Completed').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows what was known on a day, which is part of the address', async () => {
    const { page, complaints } = await open(`/report${NOVEMBER}&known=2026-11-22#key=${KEY}`);
    await loaded(page);
    expect(await tile(page, 'visitors')).toBe('3');
    const day = page.getByLabel('As known on');
    expect(await day.inputValue()).toBe('2026-11-22');
    await day.fill('2026-11-21');
    await page.getByText('No visits in this period yet').waitFor();
    expect(page.url()).toContain('known=2026-11-21');
    // What was lost on the way is known only now: that panel says so by not following.
    await page.locator('#delivery').scrollIntoViewIfNeeded();
    await page.locator('#delivery .state').waitFor();
    expect(await page.locator('#delivery [role="alert"]').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('explains, sorts, and shows a tooltip, by keyboard and mouse, under its policy', async () => {
    const { page, complaints } = await open(`/report${NOVEMBER}#key=${KEY}`);
    await loaded(page);
    const about = page.getByRole('button', { name: 'About “Channels”' });
    await about.focus();
    await page.keyboard.press('Enter');
    expect(await about.getAttribute('aria-expanded')).toBe('true');
    await page.locator('#channels-about').waitFor({ state: 'visible' });
    const heading = page.locator('#channels th', { hasText: 'Revenue' });
    await heading.getByRole('button').press('Enter');
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
    await heading.getByRole('button').press('Enter');
    expect(await heading.getAttribute('aria-sort')).toBe('ascending');
    await page.locator('#attribution .chart').hover({ position: { x: 90, y: 120 } });
    await page.locator('.tip').first().waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('says on paper what was chosen, where no controls are', async () => {
    const { page } = await open(`/report${NOVEMBER}#key=${KEY}`);
    await loaded(page);
    const line = page.locator('.printed');
    expect(await line.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await line.isVisible()).toBe(true);
    expect(await page.locator('.filters').isVisible()).toBe(false);
    expect(await line.textContent()).toMatch(
      /1 November 2026 – .*30 November 2026 · Goal: Order Completed · People: Everybody/,
    );
    // Of a panel's choices, those in force; and a drawing that a narrower sheet does not cut off.
    const choices = page.locator('#daily .choice button:visible');
    expect(await choices.allTextContents()).toEqual(['Sessions']);
    expect(await page.locator('#daily svg[viewBox]').count()).toBe(1);
    await page.context().close();
  });

  it('saves CSV', async () => {
    const { page } = await open(`/report${NOVEMBER}#key=${KEY}`);
    await loaded(page);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download “Channels” as CSV' }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe('filrouge-kpis.csv');
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(Buffer.from(chunk));
    expect(Buffer.concat(chunks).toString()).toMatch(/^channel,visitors,.*\r\nDirect,/);
    await page.context().close();
  });

  it('keeps the choice in the address', async () => {
    const { page } = await open(`/report${NOVEMBER}#key=${KEY}`);
    await loaded(page);
    await page.getByRole('button', { name: '7 days' }).first().click();
    await expect.poll(() => page.url()).toBe(`${base}/report?days=7`);
    await page.getByLabel('Goal', { exact: true }).fill('Signed Up');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toBe(`${base}/report?days=7&goal=Signed+Up`);
    await page.context().close();
  });

  it('goes back to what was shown before, and opens at the panel that the address names', async () => {
    const { page, complaints } = await open(`/report${NOVEMBER}&figure=revenue#key=${KEY}`);
    await loaded(page);
    await page.getByRole('button', { name: 'Last month' }).click();
    await page.getByRole('button', { name: '30 days' }).first().click();
    await expect.poll(() => page.url()).toBe(`${base}/report?figure=revenue`);
    await page.goBack();
    await expect.poll(() => page.url()).toBe(`${base}/report?period=last-month&figure=revenue`);
    const now = new Date();
    const first = (months: number) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1));
    const days = [first(-1), new Date(first(0).getTime() - 86_400_000)].map((day) => day.toISOString().slice(0, 10));
    const shown = (name: string) => page.getByLabel(name, { exact: true }).inputValue();
    expect([await shown('From'), await shown('To')]).toEqual(days);
    await page.goBack();
    await expect.poll(() => shown('From')).toBe('2026-11-01');
    expect(await tile(page, 'revenue')).toBe('€180.01');
    const pressed = page.locator('#daily [aria-pressed="true"]');
    expect(await pressed.textContent()).toBe('Revenue');
    // A link to a panel is a step of its own; sent to somebody, it opens there.
    await page.getByRole('link', { name: 'Delivery' }).click();
    const address = page.url();
    expect(address).toContain('#delivery');
    await page.goBack();
    expect(await pressed.textContent()).toBe('Revenue');
    await page.goto('about:blank');
    await page.goto(address);
    await page.locator('#delivery .state').waitFor();
    await expect
      .poll(() => page.locator('#delivery').evaluate((panel) => panel.getBoundingClientRect().top))
      .toBeLessThan(450);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('says what to do when there is nothing', async () => {
    const { page, complaints } = await open(`/report?from=2020-01-01&to=2020-01-31#key=${KEY}`);
    await page.getByText('No visits in this period yet').waitFor();
    expect(await page.locator('#kpis + div').textContent()).toContain('/filrouge.js');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('speaks French', async () => {
    const { page } = await open(`/report${NOVEMBER}#key=${KEY}`, { locale: 'fr-FR' });
    await loaded(page);
    expect(await page.locator('html').getAttribute('lang')).toBe('fr');
    expect(await page.locator('#kpis h2').textContent()).toBe('Chiffres clés');
    expect(await tile(page, 'revenue')).toMatch(/^180,01\s€$/);
    await page.getByRole('button', { name: 'EN', exact: true }).click();
    await expect.poll(() => page.locator('#kpis h2').textContent()).toBe('Key figures');
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)('fits a phone, %s', async (colorScheme) => {
    const viewport = { width: 390, height: 844 };
    const { page, complaints } = await open(`/report${NOVEMBER}#key=${KEY}`, {
      viewport,
      colorScheme,
      locale: 'fr-FR',
    });
    await loaded(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('names every control and heading in order', async () => {
    const { page } = await open(`/report${NOVEMBER}#key=${KEY}`);
    await loaded(page);
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll('button, input, a, [role="img"]')]
        .filter((control) => {
          const label = control.getAttribute('aria-label') ?? control.textContent;
          return !label?.trim() && !(control instanceof HTMLInputElement && control.labels?.length);
        })
        .map((control) => control.outerHTML),
    );
    expect(nameless).toEqual([]);
    expect(await page.locator('h1').count()).toBe(1);
    await page.context().close();
  });
});
