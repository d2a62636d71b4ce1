import { all } from './dom.js';
import { track } from './tracking.js';

/** @typedef {import('./shop.d.ts').ShopData} ShopData */

/**
 * The list: its tabs change the path and the cards without loading a page, as a single-page application does.
 * @param {ShopData} shop
 */
export function startList(shop) {
  const tabs = all('.tabs a').filter((tab) => tab instanceof HTMLAnchorElement);
  for (const tab of tabs) {
    tab.addEventListener('click', (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      if (tab.pathname !== location.pathname) history.pushState(null, '', tab.pathname);
      choose(tab, tabs, shop);
    });
  }
  addEventListener('popstate', () => {
    const tab = tabs.find((candidate) => candidate.pathname === location.pathname);
    if (tab) choose(tab, tabs, shop);
  });
  if (shop.searched) track('Products Searched', { query: shop.searched });
  tellList(shop, shop.param);
}

/**
 * @param {HTMLAnchorElement} chosen
 * @param {HTMLAnchorElement[]} tabs
 * @param {ShopData} shop
 */
function choose(chosen, tabs, shop) {
  const category = chosen.dataset.category;
  for (const tab of tabs) {
    if (tab === chosen) tab.setAttribute('aria-current', 'true');
    else tab.removeAttribute('aria-current');
  }
  const cards = all('.card');
  for (const card of cards) card.hidden = Boolean(category) && card.dataset.category !== category;
  const shown = cards.filter((card) => !card.hidden).length;
  for (const count of all('.count'))
    count.textContent = `${shown} ${shown === 1 ? count.dataset.one : count.dataset.many}`;
  document.title = `${chosen.textContent} · Atelier Fil`;
  tellList(shop, category);
}

/**
 * @param {ShopData} shop
 * @param {string | undefined} category
 */
function tellList(shop, category) {
  const products = shop.products.filter((product) => !category || product.category === category);
  track('Product List Viewed', {
    list_id: shop.searched ? 'search' : category || 'everything',
    category: category || undefined,
    products: products.map((product, i) => ({ ...product, position: i + 1 })),
  });
}
