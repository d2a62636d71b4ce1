import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reportRoutes } from '../../src/report/http/routes.js';
import { createReports } from '../../src/report/reports.js';
import { launchChromium } from '../browsers.js';
import { openPage, type PageSite, servePage } from './page-site.js';
import { storeOf, type Visit } from './shop.js';

/** The tenant lives in New York (UTC−5 in November), the reader in Auckland (UTC+13). */
const SETTINGS = { timezone: 'America/New_York', goal: 'Order Completed' };
const VISITS: Visit[] = [
  // Half past nine in the evening of the 22nd in New York: the 23rd in UTC and in Auckland.
  { who: 'ann', at: '2026-11-23T02:30:00Z', order: { id: 'N1', total: 40 } },
  // Ten past midnight, the 23rd in New York.
  { who: 'ben', at: '2026-11-23T05:10:00Z' },
];

let browser: Browser;
let site: PageSite;

beforeAll(async () => {
  browser = await launchChromium();
  const reports = reportRoutes(createReports(await storeOf(VISITS, '2026-11-23T06:00:00.000Z'), SETTINGS));
  site = await servePage(
    async (request) => (new URL(request.url).pathname === '/v1/events' ? new Response('') : reports(request)),
    SETTINGS,
  );
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

const period = async (page: Page) => [
  await page.getByLabel('From', { exact: true }).inputValue(),
  await page.getByLabel('To', { exact: true }).inputValue(),
];
const sessions = (page: Page) => page.locator('[data-measure="sessions"] .value').textContent();

it('counts the days of the tenant, wherever its reader is, and begins a new one at the tenant’s midnight', async () => {
  const { page, complaints } = await openPage(
    browser,
    site,
    '/report?days=1#key=k',
    { timezoneId: 'Pacific/Auckland' },
    (empty) => empty.clock.setFixedTime('2026-11-23T04:50:00Z'),
  );
  await page.locator('#kpis .tile').first().waitFor();
  expect(await period(page)).toEqual(['2026-11-22', '2026-11-22']);
  expect(await sessions(page)).toBe('1');
  expect(await page.locator('footer').textContent()).toContain('America/New_York');
  // The page stays open past midnight.
  await page.clock.setFixedTime('2026-11-23T05:20:00Z');
  await page.getByLabel('Compare with the period before').click();
  await expect.poll(() => period(page)).toEqual(['2026-11-23', '2026-11-23']);
  await expect.poll(() => page.locator('[data-measure="conversions"] .value').textContent()).toBe('0');
  await page.getByRole('button', { name: '7 days' }).first().click();
  await expect.poll(() => sessions(page)).toBe('2');
  expect(await period(page)).toEqual(['2026-11-17', '2026-11-23']);
  // Nor does a time of day depend on the reader.
  await page.locator('#person').scrollIntoViewIfNeeded();
  await page.getByLabel('Order number or identifier').fill('N1');
  await page.locator('#person').getByRole('button', { name: 'Show' }).click();
  await page.locator('#person tbody').first().getByText('22 Nov 2026, 21:30:00').waitFor();
  expect(complaints).toEqual([]);
  await page.context().close();
});
