import type { Tracker } from '../browser/options.js';
import { CONTACTS, MESSAGES } from './contact.js';
import type { Shape } from './kinds.js';
import { APPS, VIDEOS } from './media.js';
import { SHOP } from './shop.js';

/** Every semantic event with what it holds. */
export const SHAPES: { readonly [event: string]: Shape } = { ...SHOP, ...MESSAGES, ...CONTACTS, ...APPS, ...VIDEOS };

/**
 * For development: a tracker whose `track` tells `warn` what does not fit the semantic events (a missing id, a price as
 * text, a name in another spelling), and passes the call on as it is. Never throws. Use it as
 * `const tracker = DEV ? checkEvents(createTracker(…)) : createTracker(…)`: a bundler leaves it out of what visitors get.
 */
export function checkEvents(tracker: Tracker, warn: (sentence: string) => void = console.warn): Tracker {
  return {
    ...tracker,
    track(event, ...rest) {
      try {
        for (const problem of problemsOf(event, rest[0])) warn(`filrouge: ${problem}`);
      } catch {
        // What is being checked is the page's; its call goes on in any case.
      }
      tracker.track(event, ...rest);
    },
  };
}

/** What does not fit about a call, a sentence each. Values are not quoted. */
export function problemsOf(event: string, properties: unknown): string[] {
  const shape = Object.hasOwn(SHAPES, event) ? SHAPES[event] : undefined;
  if (!shape) {
    const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
    const meant = Object.keys(SHAPES).find((known) => plain(known) === plain(event));
    return meant ? [`"${event}" is spelt "${meant}" in the spec; reports count only that.`] : [];
  }
  const given: { [name: string]: unknown } = Object(properties);
  return Object.entries(shape).flatMap(([name, kind]) => {
    const value = given[name];
    if (value === undefined || value === null) return kind.endsWith('!') ? [`"${event}" needs "${name}".`] : [];
    const wanted = wantedOf(kind.replace('!', ''), value);
    return wanted ? [`"${name}" of "${event}" should be ${wanted}.`] : [];
  });
}

/** What the value should be instead; undefined when it is fine. */
function wantedOf(kind: string, value: unknown): string | undefined {
  if (kind === 'currency')
    return /^[A-Z]{3}$/.test(`${value}`) ? undefined : 'a currency of three capitals, e.g. "EUR"';
  if (kind === 'time') return Number.isNaN(Date.parse(`${value}`)) ? 'an ISO 8601 time' : undefined;
  if (kind === 'list') return Array.isArray(value) ? undefined : 'a list of texts';
  if (kind === 'products') return areProducts(value) ? undefined : 'a list of products, each with a product_id or sku';
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value) ? undefined : 'a number';
  if (kind === 'boolean') return typeof value === 'boolean' ? undefined : 'true or false';
  return typeof value === 'string' ? undefined : 'text';
}

function areProducts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => Boolean(one) && Boolean(one.product_id ?? one.sku));
}
