import { eventProduct, PRODUCTS } from '../shop/catalog.mjs';
import { pathOf } from '../shop/routes.mjs';

/**
 * @typedef {import('./random.mjs').Random} Random
 * @typedef {import('./device.mjs').Device} Device
 * @typedef {import('../../dist/protocol/index.js').WireEvent} WireEvent
 * @typedef {{ id: string, customer?: string }} Order
 */

/**
 * One visit, from the landing page to the last click, or to an order.
 * @param {object} visit
 * @param {Random} visit.random
 * @param {Device} visit.device
 * @param {'fr' | 'en'} visit.lang
 * @param {string} visit.origin The shop.
 * @param {number} visit.at
 * @param {import('./mix.mjs').Door} visit.door
 * @param {Order | undefined} visit.order
 * @param {string | undefined} visit.customer The number of somebody who says who they are.
 * @param {boolean} visit.signsIn They are known already, from another device.
 * @returns {WireEvent[]}
 */
export function visitEvents({ random, device, lang, origin, at, door, order, customer, signsIn }) {
  /** @type {WireEvent[]} */
  const events = [];
  let now = at;
  let referrer = door.touch?.referrer ?? '';
  const later = (/** @type {number} */ seconds) => (now += Math.round((1 + random.wait(seconds)) * 1000));
  const page = (/** @type {string} */ path, /** @type {string} */ title) => {
    const url = origin + path;
    events.push(device.page(now, { url, path, search: '', title: `${title} · Atelier Fil`, referrer }));
    referrer = url;
  };
  const track = (/** @type {string} */ name, /** @type {WireEvent['properties']} */ properties) =>
    events.push(device.track(later(2), name, properties));

  const item = random.pick(PRODUCTS);
  device.begin(at, touchOf(door, at, origin + pathOf(lang, door.lands, item.id)));
  const product = eventProduct(item, lang);
  const bounces = !order && random.chance(0.38);
  if (door.lands === 'home') page(pathOf(lang, 'home'), 'Atelier Fil');
  if (!bounces && door.lands === 'home') later(30);
  if (door.lands === 'list' || (door.lands === 'home' && !bounces)) {
    page(pathOf(lang, 'list'), lang === 'fr' ? 'La boutique' : 'The shop');
    track('Product List Viewed', { list_id: 'everything' });
  }
  if (door.lands === 'product' || !bounces) {
    later(40);
    page(pathOf(lang, 'product', item.id), item.name[lang]);
    track('Product Viewed', product);
  }
  for (let more = bounces ? 0 : Math.round(random.wait(1.3)); more > 0; more -= 1) {
    const other = random.pick(PRODUCTS);
    later(45);
    page(pathOf(lang, 'product', other.id), other.name[lang]);
    track('Product Viewed', eventProduct(other, lang));
  }
  if (customer) {
    later(15);
    events.push(device.identify(now, customer));
    if (signsIn) track('Signed In', {});
    else track('Newsletter Subscribed', { list_id: 'letter' });
  }
  if (bounces) return events;
  const fills = order || random.chance(0.11);
  if (!fills) return events;
  later(50);
  const quantity = random.pick([1, 2, 3], (n) => 4 - n);
  track('Product Added', { ...product, quantity, variant: item.colours[0] });
  later(12);
  page(pathOf(lang, 'cart'), lang === 'fr' ? 'Votre panier' : 'Your cart');
  track('Cart Viewed', { products: [{ ...product, quantity }] });
  if (order || random.chance(0.45)) {
    later(15);
    page(pathOf(lang, 'checkout'), lang === 'fr' ? 'Commande' : 'Checkout');
    track('Checkout Started', { currency: 'EUR', value: item.price * quantity });
  }
  if (order) {
    for (const step of [1, 2, 3]) events.push(device.track(later(35), 'Checkout Step Completed', { step }));
    later(5);
    page(pathOf(lang, 'thanks'), lang === 'fr' ? 'Merci' : 'Thank you');
    if (order.customer) events.push(device.identify(now + 200, order.customer));
    track('Order Completed', orderProperties(order.id, [{ ...product, quantity }], 'post'));
  }
  return events;
}

/**
 * The properties of an order, in the words of the spec. In `total`, VAT and delivery are included.
 * @param {string} id
 * @param {({ price: number, quantity: number } & Record<string, string | number>)[]} products
 * @param {'post' | 'counter'} delivery
 */
export function orderProperties(id, products, delivery) {
  const subtotal = round(products.reduce((sum, product) => sum + product.price * product.quantity, 0));
  const shipping = delivery === 'counter' || subtotal >= 80 ? 0 : 4.9;
  const total = round(subtotal + shipping);
  return {
    order_id: id,
    subtotal,
    shipping,
    tax: round(total - total / 1.2),
    total,
    revenue: round(subtotal / 1.2),
    currency: 'EUR',
    products,
  };
}

/**
 * @param {import('./mix.mjs').Door} door
 * @param {number} at
 * @param {string} landing
 */
function touchOf({ touch }, at, landing) {
  return touch && { at: new Date(at).toISOString(), ...touch, landing };
}

/** @param {number} amount */
function round(amount) {
  return Math.round(amount * 100) / 100;
}
