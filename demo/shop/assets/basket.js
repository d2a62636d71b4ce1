/**
 * @typedef {import('./shop.d.ts').CartLine} CartLine
 * @typedef {import('./shop.d.ts').ShopData} ShopData
 */

/** The only keys this shop writes, and only once a visitor puts something in the cart or orders. */
const CART = 'shop-cart';
const ORDER = 'shop-order';

/** @returns {CartLine[]} */
export function readCart() {
  return JSON.parse(sessionStorage.getItem(CART) ?? '[]');
}

/** @param {CartLine[]} lines */
export function writeCart(lines) {
  if (lines.length > 0) sessionStorage.setItem(CART, JSON.stringify(lines));
  else sessionStorage.removeItem(CART);
}

/** @returns {{ event: Record<string, unknown>, lines: CartLine[], told: boolean } | undefined} */
export function readOrder() {
  const text = sessionStorage.getItem(ORDER);
  return text ? JSON.parse(text) : undefined;
}

/** @param {{ event: Record<string, unknown>, lines: CartLine[], told: boolean }} order */
export function writeOrder(order) {
  sessionStorage.setItem(ORDER, JSON.stringify(order));
}

/**
 * Articles, delivery and total of a cart, in euros. `revenue` is what the spec wants: without delivery and tax.
 * @param {CartLine[]} lines
 * @param {ShopData} shop
 * @param {string} [method] of delivery; collecting is free.
 */
export function totals(lines, shop, method = 'post') {
  const subtotal = round(lines.reduce((sum, line) => sum + line.quantity * (articleOf(line, shop)?.price ?? 0), 0));
  const shipping = method === 'pickup' || subtotal >= 80 || subtotal === 0 ? 0 : 4.9;
  const total = round(subtotal + shipping);
  const tax = round(total - total / 1.2);
  return { subtotal, shipping, tax, total, revenue: round(subtotal / 1.2) };
}

/**
 * A line as the semantic events name it.
 * @param {CartLine} line
 * @param {ShopData} shop
 */
export function eventLine(line, shop) {
  return { ...articleOf(line, shop), variant: line.colour, quantity: line.quantity };
}

/**
 * @param {CartLine} line
 * @param {ShopData} shop
 */
export function articleOf(line, shop) {
  return shop.products.find((product) => product.product_id === line.id);
}

/**
 * @param {number} amount
 * @param {ShopData} shop
 */
export function euros(amount, shop) {
  const locale = shop.lang === 'fr' ? 'fr-FR' : 'en-IE';
  return new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(amount);
}

/** @param {number} amount */
function round(amount) {
  return Math.round(amount * 100) / 100;
}
