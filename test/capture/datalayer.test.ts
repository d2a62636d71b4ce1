import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CaptureBrowser, type CapturePage, startCaptureBrowser } from './page.js';

let browser: CaptureBrowser;
let at: CapturePage;

beforeAll(async () => {
  browser = await startCaptureBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  at = await browser.open();
  await at.page.evaluate('window.dataLayer = []; window.gtag = function () { dataLayer.push(arguments); };');
});

const events = async () => (await at.drafts()).map(({ event, properties }) => [event, properties]);

const ITEM = "{ item_id: 's1', item_name: 'Shirt', item_brand: 'B', price: 12.5, quantity: 2, index: 1 }";

describe('the dataLayer', () => {
  it('gives what was pushed before and after, by gtag and as objects', async () => {
    await at.page.evaluate(`gtag('js', new Date()); gtag('config', 'G-1'); gtag('consent', 'default', { ad_storage: 'denied' });
      gtag('event', 'view_item', { currency: 'EUR', value: 12.5, items: [${ITEM}] });`);
    await at.start('datalayer');
    await at.page.evaluate(`dataLayer.push({ event: 'gtm.js' }, { ecommerce: null });
      dataLayer.push({ event: 'purchase', ecommerce: { transaction_id: 7, value: 30.5, tax: 5, shipping: 5.5, currency: 'EUR', items: [${ITEM}] } });
      gtag('event', 'search', { search_term: 'linen' });`);
    const product = { product_id: 's1', name: 'Shirt', brand: 'B', price: 12.5, quantity: 2, position: 1 };
    expect(await events()).toEqual([
      ['Product Viewed', { currency: 'EUR', value: 12.5, ...product }],
      ['Order Completed', { order_id: '7', value: 30.5, tax: 5, shipping: 5.5, currency: 'EUR', products: [product] }],
      ['Products Searched', { query: 'linen' }],
    ]);
  });

  it('makes one event of each product where the event is about single ones, and one of a refund', async () => {
    await at.start('datalayer');
    await at.page.evaluate(`gtag('event', 'add_to_cart', { items: [{ item_id: 'a' }, { item_id: 'b' }] });
      gtag('event', 'begin_checkout', { value: 3, items: [{ item_id: 'a' }] });
      gtag('event', 'refund', { transaction_id: 'A-1', value: 3 });`);
    expect(await events()).toEqual([
      ['Product Added', { product_id: 'a' }],
      ['Product Added', { product_id: 'b' }],
      ['Checkout Started', { value: 3, products: [{ product_id: 'a' }] }],
      ['Order Refunded', { order_id: 'A-1', value: 3 }],
    ]);
  });

  it('takes other events only when asked, and never Google’s own or broken entries', async () => {
    const push = `gtag('event', 'newsletter', { place: 'footer', send_to: 'G-1' }); gtag('event', 'page_view');
      dataLayer.push(null, 5, 'text', [], {}, { event: 5 }, { event: 'gtm.dom' }, { get event() { throw new Error('trap'); } });`;
    await at.start('datalayer');
    await at.page.evaluate(push);
    expect(await events()).toEqual([]);
    await at.page.evaluate('stopCapture(); dataLayer.length = 0');
    await at.start('datalayer', { others: true });
    await at.page.evaluate(push);
    expect(await events()).toEqual([['newsletter', { place: 'footer' }]]);
    expect(await at.page.evaluate('dataLayer.length')).toBe(10);
  });

  it('does not take in what our own bridge to Google pushes', async () => {
    await at.start('datalayer');
    await at.page.evaluate(`const mark = (entry) => Object.defineProperty(entry, Symbol.for('filrouge'), { value: true });
      gtag('event', 'purchase', mark({ transaction_id: 'A-1' }));
      dataLayer.push(mark({ event: 'purchase', ecommerce: {} }));`);
    expect(await events()).toEqual([]);
  });

  it('stops, and leaves push as it was', async () => {
    const before = await at.page.evaluate(
      'Object.hasOwn(dataLayer, "push") ? 1 : dataLayer.push === Array.prototype.push',
    );
    await at.start('datalayer');
    await at.page.evaluate("stopCapture(); gtag('event', 'purchase', { transaction_id: 'A-1' })");
    expect(await events()).toEqual([]);
    expect(before).toBe(true);
    expect(await at.page.evaluate('dataLayer.push === Array.prototype.push')).toBe(true);
  });
});
