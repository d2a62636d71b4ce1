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

startBanner(shop.lang).catch((error) => console.error('The consent banner did not start', error));
startNewsletter();
showCount();
pages[shop.page]?.(shop);
wakeButtons();

/** Before this script has run, a click would send a form the browser's way: what stands in it would go into the address. */
function wakeButtons() {
  for (const button of document.querySelectorAll('[data-scripted]')) button.removeAttribute('disabled');
}
