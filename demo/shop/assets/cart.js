import { euros, eventLine, readCart, totals, writeCart } from './basket.js';
import { all, show, write } from './dom.js';
import { track } from './tracking.js';

/**
 * @typedef {import('./shop.d.ts').CartLine} CartLine
 * @typedef {import('./shop.d.ts').ShopData} ShopData
 */

/** The number beside the cart link. */
export function showCount() {
  const count = readCart().reduce((sum, line) => sum + line.quantity, 0);
  write('[data-cart-count]', String(count));
  show('[data-cart-count]', count > 0);
}

/**
 * The cart page.
 * @param {ShopData} shop
 */
export function showCartPage(shop) {
  const lines = readCart();
  track('Cart Viewed', {
    currency: 'EUR',
    value: totals(lines, shop).subtotal,
    products: lines.map((line) => eventLine(line, shop)),
  });
  drawCart(shop);
}

/** @param {ShopData} shop */
function drawCart(shop) {
  const lines = readCart();
  show('[data-empty]', lines.length === 0);
  show('[data-cart]', lines.length > 0);
  document.querySelector('[data-rows]')?.replaceChildren(...lines.flatMap((line) => row(line, shop)));
  writeSums(lines, shop);
  showCount();
}

/**
 * Fills in the sums of a page.
 * @param {CartLine[]} lines
 * @param {ShopData} shop
 * @param {string} [method]
 */
export function writeSums(lines, shop, method) {
  const { subtotal, shipping, total } = totals(lines, shop, method);
  write('[data-subtotal]', euros(subtotal, shop));
  write('[data-shipping]', shipping === 0 ? shop.free : euros(shipping, shop));
  write('[data-total]', euros(total, shop));
}

/**
 * @param {CartLine} line
 * @param {ShopData} shop
 */
function row(line, shop) {
  const template = document.querySelector(`[data-row="${CSS.escape(line.id)}"]`);
  if (!(template instanceof HTMLTemplateElement)) return [];
  const copy = document.importNode(template.content, true);
  const { price = 0 } = eventLine(line, shop);
  for (const element of all('.row-art', copy)) element.classList.add(`c-${line.colour}`);
  write('[data-colour]', shop.colours[line.colour] ?? '', copy);
  write('[data-quantity]', String(line.quantity), copy);
  write('[data-sum]', euros(price * line.quantity, shop), copy);
  for (const button of all('[data-change]', copy)) {
    button.addEventListener('click', () => change(line, line.quantity + Number(button.dataset.change), shop));
  }
  for (const button of all('[data-remove]', copy)) button.addEventListener('click', () => change(line, 0, shop));
  return [copy];
}

/**
 * @param {CartLine} line
 * @param {number} quantity
 * @param {ShopData} shop
 */
function change(line, quantity, shop) {
  const same = (/** @type {CartLine} */ other) => other.id === line.id && other.colour === line.colour;
  const added = Math.min(quantity, 9) - line.quantity;
  writeCart(
    readCart().flatMap((other) =>
      !same(other) ? [other] : quantity > 0 ? [{ ...other, quantity: Math.min(quantity, 9) }] : [],
    ),
  );
  if (added !== 0)
    track(added > 0 ? 'Product Added' : 'Product Removed', eventLine({ ...line, quantity: Math.abs(added) }, shop));
  drawCart(shop);
}
