import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audienceBook } from '../../src/audience/index.js';
import { consentLedger } from '../../src/receiver/consent/ledger.js';
import { audienceRoutes } from '../../src/report/http/audience-routes.js';
import { reportRoutes } from '../../src/report/http/routes.js';
import { createReports } from '../../src/report/reports.js';
import type { Store } from '../../src/stores/contract.js';
import { memoryStore } from '../../src/stores/memory.js';
import { launchChromium } from '../browsers.js';
import { temporaryDirectory } from '../files.js';
import { openPage, type PageSite, servePage } from './page-site.js';
import { AD, type Deed, fill, MAIL, order, SOCIAL } from './people/crowd.js';

const KEY = 'admin-key-of-this-test';
const ADDRESS = `/report?from=2026-11-01&to=2026-11-30#key=${KEY}`;

const DEEDS: Deed[] = [
  { who: 'ada', user: 'ada', at: '1 10:00', from: AD, consent: { analytics: true } },
  { who: 'ada', user: 'ada', at: '3 10:00', from: MAIL, consent: { analytics: true } },
  order('ada', '3 10:10', 'A1', 100, { user: 'ada', onSite: true }),
  order('', '9 12:00', 'A2', 50, { user: 'ada', channel: 'store', properties: { store_id: 'lyon' } }),
  { who: 'till', at: '12 12:00', event: 'Order Refunded', properties: { order_id: 'A2', total: 20, currency: 'EUR' } },
  {
    ...{ who: 'ada', user: 'ada', at: '1 09:59', event: 'Consent Recorded' },
    consent: { analytics: true, attribution: true, personalization: false, advertising: false },
  },
  // In francs: one order more, and no euro.
  order('di', '8 12:00', 'F1', 7000, { channel: 'store', properties: { currency: 'CHF' } }),
  { who: 'zoe', at: '2026-10-20T10:00:00Z', from: AD },
  { who: 'bob', at: '4 10:00', from: SOCIAL },
  { who: 'bob', at: '4 10:05', event: 'Product Viewed', onSite: true },
  { who: 'bob', at: '5 10:00', event: 'Survey Answered', properties: { kind: 'nps', score: 9 }, channel: 'store' },
  {
    who: 'import',
    at: '2 10:00',
    event: 'Ad Cost Imported',
    properties: { channel: 'Paid Search', cost: 5, currency: 'EUR' },
  },
  { who: 'cy', at: '2 10:00', event: 'Email Delivered', properties: { email_id: 'w45', campaign_name: 'weekly' } },
];

let browser: Browser;
let site: PageSite;
let store: Store;
let latest = () => '';

beforeAll(async () => {
  browser = await launchChromium();
  store = await fill(memoryStore(), DEEDS);
  const reports = reportRoutes(createReports(store, { now: () => new Date('2026-12-01T00:00:00Z') }));
  site = await servePage(async (request) => {
    const url = new URL(request.url);
    const [, identifier, right] = /^\/v1\/people\/([^/]+)(?:\/(consent|export))?$/.exec(url.pathname) ?? [];
    if (identifier !== undefined) {
      const person = await store.person(decodeURIComponent(identifier));
      if (!person) return new Response('{}', { status: 404 });
      return Response.json(right === 'consent' ? consentLedger(person.timeline) : person);
    }
    if (url.pathname === '/v1/events') return new Response(latest());
    return reports(request);
  });
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

const open = (options: BrowserContextOptions = {}, address = ADDRESS) => openPage(browser, site, address, options);

/** Brings a panel into sight, which makes it ask, and waits for its table. */
async function see(page: Page, id: string): Promise<void> {
  await page.locator(`#${id}`).scrollIntoViewIfNeeded();
  await page.locator(`#${id} table, #${id} .state`).first().waitFor();
  await page.waitForFunction((panel) => !document.getElementById(panel)?.hasAttribute('aria-busy'), id);
}

/** What axe finds on the page as it is, or in parts of it: looking at all of it takes seconds. */
async function axe(page: Page, parts?: string[]): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate<string[]>(
    `(async () => (await axe.run(${parts ? JSON.stringify(parts) : 'document'})).violations.map((one) => one.id + ': ' + one.nodes[0].html))()`,
  );
}

const PANELS = [
  'sales',
  'customers',
  'lifetime',
  'cohorts',
  'combinations',
  'transitions',
  'overlap',
  'funnel',
  'satisfaction',
  'consent',
  'more',
];
const figure = (page: Page, panel: string, field: string) =>
  page.locator(`#${panel} [data-field="${field}"] b`).textContent();

describe('the panels on people, in Chromium', () => {
  it('show figures, one panel after the other, and are free of what axe finds', async () => {
    const { page, complaints } = await open();
    for (const id of PANELS) await see(page, id);
    expect(await figure(page, 'sales', 'revenue')).toBe('€130.00');
    // Of ada's visits; the shop's till and the others have no choice on record.
    expect(await figure(page, 'consent', 'recorded')).toBe('3');
    expect(await figure(page, 'consent', 'early')).toBe('0');
    expect(await page.locator('#consent tbody tr').count()).toBe(4);
    expect(await figure(page, 'sales', 'refunds')).toBe('€20.00');
    // Ada and Di, whose order in francs counts; Ada came back.
    expect(await figure(page, 'customers', 'loyaltyRate')).toBe('50.0%');
    expect(await figure(page, 'satisfaction', 'nps')).toBe('100');
    expect(await page.locator('#transitions table').first().textContent()).toContain('Paid Search');
    expect(await page.locator('#cohorts').textContent()).toContain('Nov 2026 · 2');
    expect(await axe(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('are in one currency, which can be another, and stand beside the period before', async () => {
    const { page, complaints } = await open();
    const revenue = page.locator('[data-measure="revenue"] .value');
    await expect.poll(() => revenue.textContent()).toBe('€150.00');
    expect(await page.locator('#kpis .note', { hasText: 'Note' }).textContent()).toContain('CHF 1');
    const ad = page.locator('#channels tr', { hasText: 'Paid Search' });
    await expect.poll(() => ad.textContent()).toContain('before: 1');
    await page.getByRole('button', { name: 'CHF', exact: true }).click();
    await expect.poll(() => revenue.textContent()).toMatch(/^CHF\s7,000\.00$/);
    await expect.poll(() => page.url()).toContain('currency=CHF');
    await see(page, 'sales');
    await expect.poll(() => figure(page, 'sales', 'revenue')).toMatch(/^CHF\s7,000\.00$/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('count a segment, which is part of the address', async () => {
    const { page } = await open();
    await page.getByLabel('People', { exact: true }).selectOption('prospects');
    await expect.poll(() => page.url()).toContain('segment=prospects');
    await expect.poll(() => page.locator('[data-measure="visitors"] .value').textContent()).toBe('1');
    await page.reload();
    await expect.poll(() => page.locator('[data-measure="visitors"] .value').textContent()).toBe('1');
    await page.context().close();
  });

  it('show any report, and one model with its intervals', async () => {
    const { page, complaints } = await open();
    await see(page, 'more');
    await page.locator('#more').getByLabel('Report').selectOption('email');
    await page.locator('#more tbody').getByText('weekly').waitFor();
    await expect.poll(() => page.url()).toContain('report=email');
    // Of the period before there are figures, and names only where they were others.
    await page.locator('#more').getByLabel('Report').selectOption('touchpoints');
    const point = page.locator('#more tbody tr', { hasText: 'Paid Search: google / winter' });
    await point.waitFor();
    expect(await point.textContent()).toContain('before: 1');
    // A time is not broken into lines, as words are on a phone.
    expect(
      await point
        .locator('td', { hasText: /\d:\d\d/ })
        .first()
        .getAttribute('class'),
    ).toBe('number');
    expect(await point.textContent()).not.toContain('before: visit');
    await page.locator('#attribution select').selectOption('markov');
    await page.locator('#attribution tbody').getByText('%').first().waitFor();
    // Figures from a handful of journeys look as good as any.
    expect(await page.locator('#attribution tbody tr:not(.faint)').count()).toBe(0);
    expect(await page.locator('#attribution').textContent()).toContain('fewer than 30 journeys');
    // What advertising brought depends on the model, which is part of the address and of the file.
    const model = page.locator('#more').getByLabel('Model');
    expect(await model.isVisible()).toBe(false);
    await page.locator('#more').getByLabel('Report').selectOption('ads');
    await page.locator('#more tbody').getByText('Last non-direct').waitFor();
    await model.selectOption('shapley');
    await page.locator('#more tbody').getByText('Shapley').waitFor();
    expect(await page.locator('#more tbody tr').count()).toBe(1);
    await expect.poll(() => page.url()).toContain('adModel=shapley');
    const asked = page.waitForRequest((request) => request.url().includes('format=csv'));
    await page.locator('#more .csv').click();
    expect((await asked).url()).toContain('model=shapley');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('follow one order to its person, and keep the name out of the address', async () => {
    const { page, complaints } = await open();
    const address = page.url();
    await page.getByLabel('Order number or identifier').fill('A1');
    await page.keyboard.press('Enter');
    const panel = page.locator('#person');
    await panel.getByText('userId: ada').waitFor();
    const credits = await panel.locator('table').first().textContent();
    for (const text of ['Paid Search', 'source google, medium cpc, campaign winter', 'rule ga4-', 'Time decay'])
      expect(credits).toContain(text);
    // Why two names are one person, and what was agreed to.
    expect(await panel.textContent()).toMatch(/Id ada and \w+Id ada: 4 events name both/);
    expect(await panel.textContent()).toContain('2 of 4 events carry the visitor’s consent to “analytics”.');
    expect(await panel.textContent()).toMatch(
      /The first choice was made on 1 Nov 2026.* arrived on 1 Jan 2028.*not before/,
    );
    await panel.getByText('advertising: no').waitFor();
    // From the thread to another order of the person.
    await panel.getByRole('button', { name: 'Why? Order A2' }).click();
    await panel.getByRole('heading', { name: /^Order A2/ }).waitFor();
    const credit = page.waitForEvent('download');
    await panel.getByRole('button', { name: 'These credits (CSV)' }).click();
    const file = await credit;
    expect(file.suggestedFilename()).toBe('filrouge-explain.csv');
    // The shop's own touch closes the way.
    expect(readFileSync(await file.path(), 'utf8')).toMatch(/\n[^\n]*In-store/);
    const saved = page.waitForEvent('download');
    await panel.getByRole('button', { name: 'Everything about this person' }).click();
    expect((await saved).suggestedFilename()).toBe('filrouge-person.json');
    await page.getByLabel('Order number or identifier').fill('nobody');
    await page.keyboard.press('Enter');
    await panel.getByText('Nobody and no order has this name.').waitFor();
    // And from a path of many, and from what happens now.
    await page.locator('#journeys').getByRole('button', { name: 'Thread of one order' }).first().click();
    await panel.locator('.found:focus').waitFor();
    const at = new Date().toISOString();
    const now = { type: 'track', event: 'Wished', messageId: 'n', anonymousId: 'bob', timestamp: at, receivedAt: at };
    latest = () => JSON.stringify(now);
    await page.locator('#live').getByRole('button', { name: 'Wished' }).click();
    await panel.getByText('anonymousId: bob').waitFor();
    expect(page.url()).toBe(address);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('show the audience that needs no consent, where there is any, and no trace of it elsewhere', async () => {
    const place = await temporaryDirectory();
    const at = Date.parse('2026-11-20T09:00:00Z');
    const book = await audienceBook({ directory: place.path, now: () => at });
    const view = { site: 'wk', page: '/shop', device: 'mobile', entry: { from: 'news.example', campaign: true } };
    await Promise.all(Array.from({ length: 12 }, () => book.add(view)));
    const { page, complaints } = await open({ locale: 'fr-FR' });
    await see(page, 'sales');
    expect(await page.locator('#audience').isVisible()).toBe(false);
    expect(await page.locator('.sections a[href="#audience"]').isVisible()).toBe(false);
    const answer = audienceRoutes(book);
    await page.route('**/v1/reports/audience*', async (route) => {
      const response = await answer(new Request(route.request().url()));
      await route.fulfill({ status: response?.status ?? 404, body: (await response?.text()) ?? '' });
    });
    await page.reload();
    await page.locator('.sections a[href="#audience"]').click();
    expect(await figure(page, 'audience', 'views')).toBe('12');
    await page.locator('#audience').getByRole('button', { name: 'Campagne' }).click();
    await page.locator('#audience tbody').getByText('oui').waitFor();
    expect(await page.locator('#audience .note').first().textContent()).toContain('moins de 10 vues');
    expect(complaints).toEqual([]);
    await page.context().close();
    await book.close();
    await place.remove();
  });

  it('fit a phone and speak French', async () => {
    const { page, complaints } = await open({
      viewport: { width: 390, height: 844 },
      locale: 'fr-FR',
      colorScheme: 'dark',
    });
    for (const id of PANELS) await see(page, id);
    expect(await page.locator('#sales h2').textContent()).toBe('Ventes, retours déduits');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    // Beside two long names there is room for a figure.
    const pair = page.locator('#transitions .table-box').last();
    for (const name of ['th', 'td'])
      await pair
        .locator(`tbody ${name}`)
        .first()
        .evaluate((cell) => cell.replaceChildren('Réseaux sociaux payants'));
    const [box, figure] = await Promise.all([
      pair.boundingBox(),
      pair.locator('tbody td.number').first().boundingBox(),
    ]);
    if (!box || !figure) throw new Error('There is no table of passages.');
    expect(figure.x + figure.width).toBeLessThanOrEqual(box.x + box.width);
    // Nor does axe find anything in the dark, in French, with definitions open and a person in sight.
    await page.evaluate(() => {
      for (const told of document.querySelectorAll<HTMLElement>('.info')) told.click();
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    await page.locator('#person-name').fill('A1');
    await page.keyboard.press('Enter');
    await page.getByText('site référent').or(page.getByText('campagne winter')).first().waitFor();
    expect(await axe(page, ['#person', '#channels', '#attribution', '#cohorts'])).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
