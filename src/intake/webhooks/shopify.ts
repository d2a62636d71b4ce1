import type { Entry, Webhook } from './contract.js';
import { type LineFields, productsOf } from './products.js';
import { checkHeader, hmac } from './signature.js';
import { filled, instantOf, type Loose, listOf, numberOf, objectOf, textOf } from './values.js';

/** Settings of `shopify`. */
export interface ShopifySettings {
  /** The app's client secret, or the signing secret that the notification settings show. */
  secret: string;
  /** What the site's own events call `order_id`, so that one order is one: the number (default) or the name (`#1001`). */
  orderId?: 'id' | 'name' | undefined;
}

const LINE: LineFields = { id: 'product_id', sku: 'sku', name: 'title', variant: 'variant_title', brand: 'vendor' };

/**
 * Shopify: `orders/create` or `orders/paid` (one order, also where both are chosen), `orders/cancelled`, `refunds/create`.
 * Orders of its tills are orders of a store.
 */
export function shopify({ secret, orderId = 'id' }: ShopifySettings): Webhook {
  return {
    verify: ({ headers, body }) =>
      checkHeader(headers, 'x-shopify-hmac-sha256', hmac('sha256', secret, body, 'base64')),
    read({ headers, body }) {
      const fields = objectOf(JSON.parse(body));
      switch (headers.get('x-shopify-topic')) {
        case 'orders/create':
        case 'orders/paid':
          return [readOrder(fields, orderId)];
        case 'orders/cancelled':
          return [readCancelled(fields, orderId)];
        case 'refunds/create':
          return [readRefund(fields)];
        default:
          return ['ignored'];
      }
    },
  };
}

function readOrder(fields: Loose, orderId: 'id' | 'name'): Entry {
  const at = instantOf(fields.processed_at ?? fields.created_at);
  const id = textOf(fields[orderId]);
  if (id === undefined) return 'bad-event';
  if (at === undefined) return 'bad-timestamp';
  // Orders that the shop's owner makes to try things out.
  if (fields.test === true) return 'ignored';
  const shipping = objectOf(objectOf(fields.total_shipping_price_set).shop_money);
  return {
    id: ['order', textOf(fields.id)],
    at,
    event: 'Order Completed',
    who: buyerOf(fields),
    channel: fields.source_name === 'pos' ? 'store' : undefined,
    properties: filled({
      order_id: id,
      total: numberOf(fields.total_price),
      subtotal: numberOf(fields.subtotal_price),
      tax: numberOf(fields.total_tax),
      shipping: numberOf(shipping.amount),
      discount: numberOf(fields.total_discounts),
      currency: textOf(fields.currency),
      coupon: textOf(objectOf(listOf(fields.discount_codes)[0]).code),
      store_id: textOf(fields.location_id),
      products: productsOf(fields.line_items, LINE),
    }),
  };
}

function readCancelled(fields: Loose, orderId: 'id' | 'name'): Entry {
  const at = instantOf(fields.cancelled_at);
  const id = textOf(fields[orderId]);
  if (id === undefined) return 'bad-event';
  if (at === undefined) return 'bad-timestamp';
  const properties = filled({
    order_id: id,
    total: numberOf(fields.total_price),
    currency: textOf(fields.currency),
    reason: textOf(fields.cancel_reason),
  });
  return { id: ['cancelled', textOf(fields.id)], at, event: 'Order Cancelled', who: buyerOf(fields), properties };
}

/** A refund names its order, not the buyer; and it names the order by its number only. */
function readRefund(fields: Loose): Entry {
  const at = instantOf(fields.processed_at ?? fields.created_at);
  const [id, order] = [textOf(fields.id), textOf(fields.order_id)];
  if (id === undefined || order === undefined) return 'bad-event';
  if (at === undefined) return 'bad-timestamp';
  const paidBack = listOf(fields.transactions)
    .map(objectOf)
    .filter(({ kind, status }) => kind === 'refund' && status !== 'failure' && status !== 'error');
  // In 1/10,000: some currencies have three decimals, and sums of fractions go wrong.
  const units = paidBack.reduce((sum, { amount }) => sum + Math.round((numberOf(amount) ?? 0) * 10_000), 0);
  const lines = listOf(fields.refund_line_items).map((line) => {
    const { line_item, quantity } = objectOf(line);
    return { ...objectOf(line_item), quantity };
  });
  return {
    id: ['refund', id],
    at,
    event: 'Order Refunded',
    who: {},
    properties: filled({
      order_id: order,
      refund_id: id,
      total: units / 10_000,
      currency: textOf(paidBack[0]?.currency),
      products: productsOf(lines, LINE),
    }),
  };
}

function buyerOf(fields: Loose) {
  const customer = objectOf(fields.customer);
  return {
    email: textOf(fields.email) ?? textOf(customer.email),
    phone: textOf(fields.phone) ?? textOf(customer.phone),
  };
}
