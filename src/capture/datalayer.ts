import { attempt } from '../browser/attempt.js';
import type { Capture, Emit } from '../browser/contracts.js';
import { GA4_NAMES } from '../events/ga4-names.js';
import type { Json, JsonObject } from '../protocol/index.js';

/** Options of the dataLayer capture. */
export interface DatalayerOptions {
  /** Name of the array on the page; default `dataLayer`. */
  dataLayer?: string;
  /** Track events outside of the recommended ones too, by their own name. Default false. */
  others?: boolean;
}

/** On what our own Google bridge pushes: it must not come back in. */
const MARK = Symbol.for('filrouge');
const NAMES = new Map(Object.entries(GA4_NAMES).map(([name, ga4]) => [ga4, name]));
/** Said of the call, not of what happened. */
const TECHNICAL = /^(event(_callback|_timeout)?|send_to|gtm\..*)$/;

const FIELDS: { [ga4: string]: string } = {
  item_id: 'product_id',
  item_name: 'name',
  item_brand: 'brand',
  item_category: 'category',
  item_variant: 'variant',
  item_list_id: 'list_id',
  item_list_name: 'list_name',
  index: 'position',
  transaction_id: 'order_id',
  search_term: 'query',
};

/**
 * Takes the GA4 events that a page hands to Google's tag, as semantic events: `gtag('event', 'purchase', …)` and
 * `dataLayer.push({ event: 'purchase', ecommerce: … })`, those made before this script and those made later. An event about
 * single products (`add_to_cart`) becomes one event a product. Google's own events and consent commands are left alone.
 * Source: developers.google.com/analytics, "Measure ecommerce".
 */
export function datalayer({ dataLayer = 'dataLayer', others = false }: DatalayerOptions = {}): Capture {
  return {
    name: 'datalayer',
    start(emit, signal) {
      const page: { [name: string]: unknown } = Object(globalThis);
      const layer = (page[dataLayer] ??= []);
      if (!Array.isArray(layer)) return;
      const take = (entry: unknown) => signal.aborted || attempt(() => takeEntry(entry, others, emit));
      layer.forEach(take);
      const { push } = layer;
      const patched = (...entries: unknown[]) => {
        entries.forEach(take);
        return push.apply(layer, entries);
      };
      layer.push = patched;
      signal.addEventListener('abort', () => {
        // Where another script patched over ours, it stays, fallen silent.
        if (layer.push === patched) layer.push = push;
      });
    },
  };
}

function takeEntry(entry: unknown, others: boolean, emit: Emit): void {
  const [name, params] = readEntry(entry);
  if (!name || MARK in params) return;
  const event = NAMES.get(name);
  if (!event && (!others || /^gtm\.|^(page_view|session_start|first_visit|user_engagement)$/.test(name))) return;
  const properties = translate(params);
  const products = Array.isArray(params.items) ? params.items.map(translate) : [];
  if (event?.startsWith('Product ') && event !== 'Product List Viewed') {
    for (const product of products.length ? products : [{}]) {
      emit({ type: 'track', event, properties: { ...properties, ...product } });
    }
  } else emit({ type: 'track', event: event ?? name, properties: { ...properties, ...(products[0] && { products }) } });
}

/** Name and parameters of an event; without a name for anything else. */
function readEntry(entry: unknown): [name: string | undefined, params: JsonObject] {
  const given: { [key: string | number]: unknown } = Object(entry);
  if (given[0] === 'event') return [textOf(given[1]), Object(given[2])];
  const name = textOf(given.event);
  // GTM's own copy of gtag calls has them in `eventModel`: the call itself has been seen.
  if (!name || given.eventModel || MARK in given) return [undefined, {}];
  return [name, { ...Object(given), ...Object(given.ecommerce) }];
}

/** The plain values under the names of the semantic events; ids as text. */
function translate(fields: Json): JsonObject {
  const plain = Object.entries<Json>(Object(fields)).filter(
    ([name, value]) => !TECHNICAL.test(name) && /string|number|boolean/.test(typeof value),
  );
  return Object.fromEntries(
    plain.map(([name, value]) => [FIELDS[name] ?? name, /_id$/.test(name) ? `${value}` : value]),
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
