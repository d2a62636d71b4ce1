import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Demo } from '../../demo/demo.mjs';
import { startDemo } from '../../demo/demo.mjs';
import { until } from '../browser/wait.js';
import { launchChromium } from '../browsers.js';
import { freshDirectory } from '../files.js';
import { type Answers, createAnswers } from './answers.js';
import { openVisitor, type Visitor } from './visitor.js';

let browser: Browser;
let dataDir: string;
let demo: Demo;
let answers: Answers;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  dataDir = freshDirectory();
  // Of the store it says the same with each; this one starts at once. `doors.test.ts` has the one that users get.
  demo = await startDemo({ dataDir, simulate: false, store: 'memory' });
  answers = createAnswers(demo);
  visitor = await openVisitor(browser, demo.shopUrl, demo.receiverUrl);
});
afterEach(async () => {
  await visitor.close();
  await demo.close();
});

describe('before the banner is answered', () => {
  test('nothing is sent and nothing is stored, whatever the visitor does', async () => {
    const { page } = visitor;
    await enter(page, 'The newsletter');
    await browse(page);
    await page.goto(shop('/en/product/the-red-thread'));
    await tagIsAwake(page);
    expect(await visitor.traces()).toEqual({ cookies: [], local: [], session: [], databases: [] });
    expect(visitor.sent).toEqual([]);
  });

  test('the banner is the real one, and offers refusal as plainly as consent', async () => {
    const { page } = visitor;
    await enter(page, 'The newsletter');
    const looks = await page.locator('#cc-main .cm [data-role]').evaluateAll((buttons) =>
      buttons.slice(0, 2).map((button) => {
        const { width, height } = button.getBoundingClientRect();
        const { backgroundColor, color } = getComputedStyle(button);
        return { width, height, backgroundColor, color };
      }),
    );
    expect(looks).toHaveLength(2);
    expect(looks[0]).toEqual(looks[1]);
  });
});

describe('a visitor who accepts late', () => {
  test('is credited to the campaign of the landing, through full loads and a single-page checkout', async () => {
    const { page } = visitor;
    await enter(page, 'The newsletter');
    const landed = Date.now();
    await browse(page);
    await visitor.answer('accept');
    const orderId = await order(page);
    const completed = await answers.stored((event) => event.event === 'Order Completed');
    expect(completed.properties).toMatchObject({ order_id: orderId, currency: 'EUR', total: 20.9 });
    const landing = await answers.stored((event) => event.context?.page?.path === '/en/shop/threads');
    expect(Date.parse(landing.timestamp)).toBeLessThanOrEqual(landed);
    for (const model of ['first', 'last', 'linear']) {
      const rows = await answers.attribution({ model, by: 'channel' });
      expect(rows).toEqual([expect.objectContaining({ channel: 'Email', conversions: 1, revenue: 20.9 })]);
    }
    expect(await answers.attribution({ model: 'last', by: 'campaign' })).toEqual([
      expect.objectContaining({ campaign: 'letter-41', conversions: 1 }),
    ]);
    // The address typed at the checkout is nobody's business.
    expect(JSON.stringify(await answers.events())).not.toMatch(/Camille|Spinning Wheel/);
    expect(visitor.complaints).toEqual([]);
  });

  test('and withdraws later is forgotten on the device, and not followed any more', async () => {
    const { page } = visitor;
    await enter(page, 'A text message');
    await visitor.answer('accept');
    await answers.stored((event) => event.type === 'page');
    await page.getByRole('button', { name: 'Cookie settings' }).click();
    await page.locator('#cc-main .pm [data-role="necessary"]').click();
    await until('the id cookie to go', async () => !(await cookieNames(page)).includes('fr_id'));
    const withdrawal = await answers.stored(({ event }) => event === 'Segment Consent Preference Updated');
    // Who withdrew, and nothing of where and how.
    expect(withdrawal.context).toEqual({
      consent: {
        categoryPreferences: { analytics: false, attribution: false, personalization: false, advertising: false },
      },
    });
    const before = await answers.events();
    await page.goto(shop('/en/shop'));
    await browse(page);
    expect(await visitor.traces()).toMatchObject({ cookies: ['cc_cookie'], local: [], session: [] });
    expect(await answers.events()).toEqual(before);
  });
});

describe('a visitor who refuses', () => {
  test('sends nothing and keeps nothing but the banner’s answer and the shop’s cart, even when ordering', async () => {
    const { page } = visitor;
    await enter(page, 'A Google ad');
    await visitor.answer('refuse');
    await order(page);
    expect(await visitor.traces()).toEqual({
      cookies: ['cc_cookie'],
      local: [],
      session: ['shop-order'],
      databases: [],
    });
    expect(visitor.sent).toEqual([]);
    expect(await answers.events()).toEqual([]);
    expect(visitor.complaints).toEqual([]);
  });
});

describe('the other banners that the start page offers', () => {
  const buttons = {
    Klaro: { accept: '#klaro .cm-btn-success', refuse: '#klaro .cn-decline', settings: '#klaro .cookie-modal' },
    tarteaucitron: {
      accept: '#tarteaucitronPersonalize2',
      refuse: '#tarteaucitronAllDenied2',
      settings: '#tarteaucitronServices',
    },
  };
  test.each(Object.entries(buttons))(
    '%s: nothing before, nothing after a refusal, the door after consent',
    async (title, on) => {
      const { page } = visitor;
      await page.goto(demo.entryUrl);
      await page.getByRole('link', { name: title, exact: true }).click();
      await enter(page, 'The newsletter', on.accept);
      expect(visitor.sent).toEqual([]);
      expect(await cookieNames(page)).not.toContain('fr_id');
      await press(page, on.refuse);
      await browse(page);
      expect(visitor.sent).toEqual([]);
      expect(await cookieNames(page)).not.toContain('fr_id');
      await page.getByRole('button', { name: 'Cookie settings' }).click();
      await page.locator(on.settings).waitFor();
      expect(visitor.complaints).toEqual([]);
      await page.context().clearCookies();
      await page.evaluate(() => localStorage.clear());
      await enter(page, 'The newsletter', on.accept);
      await press(page, on.accept);
      await answers.stored((event) => event.type === 'page');
      expect(await answers.kpis({ by: 'channel' })).toEqual([
        expect.objectContaining({ channel: 'Email', sessions: 1 }),
      ]);
    },
  );
});

test('the report opens by its link, without asking for the key, and shows the visit', async () => {
  const { page } = visitor;
  await enter(page, 'The newsletter');
  await visitor.answer('accept');
  await answers.stored((event) => event.type === 'page');
  await page.goto(demo.reportUrl);
  await page.getByRole('rowheader', { name: 'Email' }).first().waitFor();
  expect(page.url()).not.toContain(demo.adminKey);
  expect(visitor.complaints).toEqual([]);
});

test('a till joins the order at the counter to the visits of a newsletter subscriber', async () => {
  const { page } = visitor;
  await enter(page, 'A QR code on a flyer');
  await visitor.answer('accept');
  await page.locator('#newsletter input').fill('Camille@example.org');
  await page.getByRole('button', { name: 'Subscribe' }).click();
  const customer = await until(
    'a customer number',
    async () => /C-\w+/.exec((await page.locator('#newsletter .answer').textContent()) ?? '')?.[0],
  );
  const identify = await answers.stored((event) => event.type === 'identify');
  expect(identify.userId).toBe(customer);
  expect(JSON.stringify(await answers.events())).not.toContain('amille');
  const sale = { type: 'track', event: 'Order Completed', userId: customer, timestamp: new Date().toISOString() };
  const answer = await fetch(`${demo.receiverUrl}/v1/track`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${demo.secretKey}:`)}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...sale,
      messageId: 'till-1',
      properties: { order_id: 'TILL-1', total: 42, currency: 'EUR' },
      context: { channel: 'store' },
    }),
  });
  expect(answer.status).toBe(200);
  await answers.stored((event) => event.messageId === 'till-1');
  expect(await answers.attribution({ model: 'first', by: 'channel' })).toEqual([
    expect.objectContaining({ channel: 'Print / QR', conversions: 1, revenue: 42 }),
  ]);
});

/** Follows one of the links on the start page, which has another host name than the shop. */
async function enter(page: Page, title: string, banner = '#cc-main .cm'): Promise<void> {
  await page.goto(demo.entryUrl);
  await page.getByRole('link', { name: title }).click();
  await tagIsAwake(page);
  await page.locator(banner).waitFor();
}

/** The script has replaced the stub; from here on it could send, if it were allowed to. */
async function tagIsAwake(page: Page): Promise<void> {
  await page.waitForFunction(() => window.filrouge && !('q' in window.filrouge));
}

/** Moves through the list without loading a page. */
async function browse(page: Page): Promise<void> {
  for (const [tab, path] of [
    ['Linen', '/en/shop/linen'],
    ['Knitwear', '/en/shop/knitwear'],
  ] as const) {
    await page.locator('.tabs').getByRole('link', { name: tab }).click();
    await page.waitForURL(`**${path}`);
  }
}

/** Loads an article, puts it in the cart, and walks through the checkout. Resolves with the order number. */
async function order(page: Page): Promise<string> {
  await page.goto(shop('/en/product/striped-tea-towel'));
  await page.getByText('Indigo blue').click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByRole('link', { name: 'See the cart' }).click();
  await page.getByRole('link', { name: 'Check out' }).click();
  for (const step of ['address', 'delivery', 'payment']) {
    await page.locator(`form[data-step="${step}"] .button`).click();
  }
  await page.waitForURL('**/en/thank-you');
  return (await page.locator('[data-order-id]').textContent()) ?? '';
}

function shop(path: string): string {
  return new URL(path, demo.shopUrl).href;
}

async function cookieNames(page: Page): Promise<string[]> {
  return (await page.context().cookies()).map(({ name }) => name);
}

/** Presses a button of a banner until the banner goes: tarteaucitron listens only half a second after it has appeared. */
async function press(page: Page, selector: string): Promise<void> {
  const button = page.locator(selector);
  await until('the banner to go', async () => {
    await button.click({ timeout: 1000 }).catch(() => {});
    return !(await button.isVisible());
  });
}
