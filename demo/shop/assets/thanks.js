import { readOrder, writeOrder } from './basket.js';
import { writeSums } from './cart.js';
import { writeLines } from './checkout.js';
import { show, write } from './dom.js';
import { track } from './tracking.js';

/**
 * The thank-you page. It tells about an order once; were it told twice, the receiver would still count one order number.
 * @param {import('./shop.d.ts').ShopData} shop
 */
export function showThanks(shop) {
  const order = readOrder();
  show('[data-order]', Boolean(order));
  show('[data-empty]', !order);
  if (!order) return;
  write('[data-order-id]', String(order.event.order_id));
  writeLines(order.lines, shop);
  writeSums(order.lines, shop, String(order.event.shipping_method ?? 'post'));
  if (order.told) return;
  track('Order Completed', order.event);
  writeOrder({ ...order, told: true });
}
