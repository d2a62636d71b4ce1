import { articleOf, eventLine, readCart, totals, writeCart, writeOrder } from './basket.js';
import { writeSums } from './cart.js';
import { all, show } from './dom.js';
import { track } from './tracking.js';

/** @typedef {import('./shop.d.ts').ShopData} ShopData */

/**
 * The checkout: three steps with a path each, walked through without loading a page. What stands in the address fields is
 * not read by anything here.
 * @param {ShopData} shop
 */
export function startCheckout(shop) {
  const lines = readCart();
  if (lines.length === 0) return location.replace(shop.cart);
  const forms = all('form.step').filter((element) => element instanceof HTMLFormElement);
  forms.forEach((form, i) => {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      track('Checkout Step Completed', { step: i + 1, ...choices(forms) });
      const next = shop.steps[i + 1];
      if (next) go(next, shop, forms);
      else placeOrder(shop, choices(forms));
    });
    form.addEventListener('change', () => writeSums(lines, shop, choices(forms).shipping_method));
    for (const back of all('[data-back]', form)) back.addEventListener('click', () => history.back());
  });
  addEventListener('popstate', () => {
    const step = shop.steps.find(({ path }) => path === location.pathname);
    if (step) showStep(step.id, forms, shop);
  });
  writeLines(lines, shop);
  writeSums(lines, shop);
  const { total, revenue } = totals(lines, shop);
  track('Checkout Started', {
    value: total,
    revenue,
    currency: 'EUR',
    products: lines.map((line) => eventLine(line, shop)),
  });
  track('Checkout Step Viewed', { step: stepNumber(shop.param ?? 'address', shop) });
}

/**
 * The lines of an order, one below the other.
 * @param {import('./shop.d.ts').CartLine[]} lines
 * @param {ShopData} shop
 */
export function writeLines(lines, shop) {
  const items = lines.map((line) => {
    const item = document.createElement('li');
    item.textContent = `${line.quantity} × ${articleOf(line, shop)?.name}, ${shop.colours[line.colour] ?? ''}`;
    return item;
  });
  document.querySelector('[data-short]')?.replaceChildren(...items);
}

/**
 * @param {{ id: string, path: string }} step
 * @param {ShopData} shop
 * @param {HTMLFormElement[]} forms
 */
function go(step, shop, forms) {
  history.pushState(null, '', step.path);
  showStep(step.id, forms, shop);
}

/**
 * @param {string} id
 * @param {HTMLFormElement[]} forms
 * @param {ShopData} shop
 */
function showStep(id, forms, shop) {
  for (const form of forms) form.hidden = form.dataset.step !== id;
  for (const mark of all('[data-mark]')) {
    if (mark.dataset.mark === id) mark.setAttribute('aria-current', 'step');
    else mark.removeAttribute('aria-current');
  }
  show('.short', true);
  track('Checkout Step Viewed', { step: stepNumber(id, shop) });
}

/**
 * @param {string} id
 * @param {ShopData} shop
 */
function stepNumber(id, shop) {
  return shop.steps.findIndex((step) => step.id === id) + 1;
}

/**
 * The delivery and payment that were chosen. The address is not among them.
 * @param {HTMLFormElement[]} forms
 * @returns {Record<string, string>}
 */
function choices(forms) {
  const chosen = forms.flatMap((form) => [...new FormData(form)]).filter(([name]) => name.endsWith('_method'));
  return Object.fromEntries(chosen.map(([name, value]) => [name, String(value)]));
}

/**
 * Keeps the order for the thank-you page, which tells about it: one full page load later, as real shops do.
 * @param {ShopData} shop
 * @param {Record<string, string>} chosen
 */
function placeOrder(shop, chosen) {
  const lines = readCart();
  const number = crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36).toUpperCase().slice(-5).padStart(5, '0');
  const products = lines.map((line) => eventLine(line, shop));
  const sums = totals(lines, shop, chosen.shipping_method);
  writeOrder({
    event: { order_id: `AF-${number}`, ...sums, currency: 'EUR', ...chosen, products },
    lines,
    told: false,
  });
  writeCart([]);
  location.assign(shop.thanks);
}
