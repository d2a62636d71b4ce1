import { startBanner } from './banner.js';
import { showCartPage, showCount } from './cart.js';
import { startCheckout } from './checkout.js';
import { startList } from './list.js';
import { startNewsletter } from './newsletter.js';
import { startProduct } from './product.js';
import { showThanks } from './thanks.js';

/** What the server says about this page. */
const shop = JSON.parse(document.getElementById('shop-data')?.textContent ?? '{}');

/** @type {Record<string, ((data: import('./shop.d.ts').ShopData) => void) | undefined>} */
const pages = {
  list: startList,
  product: startProduct,
  cart: showCartPage,
  checkout: startCheckout,
  thanks: showThanks,
};

startBanner(shop.lang);
startNewsletter();
showCount();
pages[shop.page]?.(shop);
