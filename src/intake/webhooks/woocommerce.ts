import type { Entry, Webhook } from './contract.js';
import { type LineFields, productsOf } from './products.js';
import { checkHeader, hmac } from './signature.js';
import { filled, instantOf, type Loose, listOf, numberOf, objectOf, textOf } from './values.js';

const LINE: LineFields = { id: 'product_id', sku: 'sku', name: 'name', variant: 'variation_id', brand: 'brand' };

/**
 * WooCommerce: `order.created` and `order.updated`. An order counts once it is paid (processing or completed), whichever of
 * the two says so first. Refunds are dated with the order: WooCommerce does not say when they were made, and a time that
 * changes with each update could count one twice.
 */
export function woocommerce({ secret }: { secret: string }): Webhook {
  return {
    verify({ headers, body }) {
      // Saving a webhook sends this, unsigned, and wants to see it answered.
      if (/^webhook_id=\d+$/.test(body.trim())) return undefined;
      return checkHeader(headers, 'x-wc-webhook-signature', hmac('sha256', secret, body, 'base64'));
    },
    read({ headers, body }) {
      if (/^webhook_id=\d+$/.test(body.trim())) return [];
      const topic = headers.get('x-wc-webhook-topic');
      if (topic !== 'order.created' && topic !== 'order.updated') return ['ignored'];
      return readOrder(objectOf(JSON.parse(body)));
    },
  };
}

const PAID = new Set<unknown>(['processing', 'completed', 'refunded']);

function readOrder(fields: Loose): Entry[] {
  const order = textOf(fields.id);
  if (order === undefined) return ['bad-event'];
  // Without a zone, and in UTC.
  const created = textOf(fields.date_created_gmt);
  const at = instantOf(created === undefined || /[zZ]$/.test(created) ? created : `${created}Z`);
  if (at === undefined) return ['bad-timestamp'];
  const billing = objectOf(fields.billing);
  const who = { email: textOf(billing.email), phone: textOf(billing.phone) };
  const currency = textOf(fields.currency);
  if (fields.status === 'cancelled') {
    return [
      {
        id: ['cancelled', order],
        at,
        event: 'Order Cancelled',
        who,
        properties: filled({ order_id: order, currency }),
      },
    ];
  }
  if (!PAID.has(fields.status)) return ['ignored'];
  const properties = filled({
    order_id: order,
    total: numberOf(fields.total),
    tax: numberOf(fields.total_tax),
    shipping: numberOf(fields.shipping_total),
    discount: numberOf(fields.discount_total),
    currency,
    coupon: textOf(objectOf(listOf(fields.coupon_lines)[0]).code),
    products: productsOf(fields.line_items, LINE),
  });
  const refunds = listOf(fields.refunds).map((one): Entry => {
    const { id, total } = objectOf(one);
    const refund = filled({ order_id: order, refund_id: textOf(id), total: Math.abs(numberOf(total) ?? 0), currency });
    return { id: ['refund', textOf(id)], at, event: 'Order Refunded', who, properties: refund };
  });
  return [{ id: ['order', order], at, event: 'Order Completed', who, properties }, ...refunds];
}
