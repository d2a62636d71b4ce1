import { GA4_NAMES } from '../../events/ga4-names.js';
import type { JsonObject, WireEvent } from '../../protocol/index.js';
import { amountOf, numberOf, productsOf, textOf } from './values.js';

/** Names that only Google's own code may send. Source: Measurement Protocol reference, "Reserved names". */
const RESERVED = new RegExp(
  '^((_|firebase_|ga_|google_|gtag\\.).*|ad_(activeview|click|exposure|impression|query|reward)|adunit_exposure|' +
    'app_(background|clear_data|exception|remove|store_(refund|subscription_(cancel|convert|renew))|uninstall|update|upgrade)|' +
    'dynamic_link_(app_(open|update)|first_open)|error|first_(open|visit)|in_app_purchase|' +
    'notification_(dismiss|foreground|open|receive|send)|os_update|screen_view|session_start(_with_rollout)?|user_engagement)$',
);
const NAME_LENGTH = 40;
const VALUE_LENGTH = 100;
/** Of 25, less those that every event carries: session, engagement, address and title. */
const MOST_PARAMS = 20;

/** The event's name for GA4: the recommended one, else its own with letters, digits and `_`, never a reserved one. */
export function ga4Name({ type, event, name }: WireEvent): string | undefined {
  if (type === 'page') return 'page_view';
  const own = type === 'track' ? event : type === 'screen' ? `screen ${name ?? ''}`.trim() : undefined;
  if (own === undefined) return undefined;
  return (Object.hasOwn(GA4_NAMES, own) ? GA4_NAMES[own] : undefined) ?? permitted(own);
}

/** The event's parameters for GA4: ids, amount, currency and items, other scalar properties under permitted names. */
export function ga4Params({ type, event = '', properties = {}, context }: WireEvent): JsonObject {
  const { products, order_id, total, revenue, value, currency, ...rest } = properties;
  const own: JsonObject = {};
  for (const [name, found] of Object.entries(type === 'page' ? {} : rest)) {
    const text = typeof found === 'number' ? found : textOf(found)?.slice(0, VALUE_LENGTH);
    if (text !== undefined && Object.keys(own).length < MOST_PARAMS - 5) own[permitted(name)] = text;
  }
  const isProduct = /^Product (Viewed|Added|Removed|Clicked)/.test(event);
  const items = products ? productsOf(properties) : isProduct ? [properties] : [];
  return {
    ...own,
    transaction_id: textOf(order_id),
    value: amountOf(properties) ?? (isProduct ? priceOf(properties) : undefined),
    currency: textOf(currency)?.toUpperCase(),
    search_term: event === 'Products Searched' ? textOf(rest.query) : undefined,
    items: items.length ? items.slice(0, 200).map(itemOf) : undefined,
    page_location: context?.page?.url,
    page_title: context?.page?.title?.slice(0, 300),
    page_referrer: context?.page?.referrer || undefined,
  };
}

function permitted(name: string): string {
  const plain = name
    .trim()
    .replace(/[^\p{L}\p{N}_]+/gu, '_')
    .toLowerCase()
    .slice(0, NAME_LENGTH);
  const isOdd = RESERVED.test(plain) || !/^\p{L}/u.test(plain);
  return isOdd ? `own_${plain}`.slice(0, NAME_LENGTH) : plain;
}

function priceOf({ price, quantity }: JsonObject): number | undefined {
  const one = numberOf(price);
  return one === undefined ? undefined : Math.round(one * (numberOf(quantity) ?? 1) * 100) / 100;
}

function itemOf(product: JsonObject): JsonObject {
  return {
    item_id: textOf(product.product_id) ?? textOf(product.sku),
    item_name: textOf(product.name),
    item_brand: textOf(product.brand),
    item_category: textOf(product.category),
    item_variant: textOf(product.variant),
    coupon: textOf(product.coupon),
    index: numberOf(product.position),
    price: numberOf(product.price),
    quantity: numberOf(product.quantity),
  };
}
