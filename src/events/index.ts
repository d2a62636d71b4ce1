import type { CONTACTS, MESSAGES } from './contact.js';
import type { PropertiesOf, Shape } from './kinds.js';
import type { APPS, VIDEOS } from './media.js';
import type { SHOP } from './shop.js';

export { checkEvents } from './check.js';
export type { Product } from './kinds.js';

type EventsOf<T extends { readonly [event: string]: Shape }> = { [Name in keyof T]: PropertiesOf<T[Name]> };

/**
 * The events that `tracker.track` knows, by name, once `filrouge/events` is imported anywhere (types only: it costs no
 * byte). Your own ones:
 *
 *     declare module 'filrouge/events' {
 *       interface Events { 'Seat Booked': { seat: string; price?: number } }
 *     }
 *
 * Names that are not here are taken with any properties.
 */
export interface Events
  extends EventsOf<typeof SHOP>,
    EventsOf<typeof MESSAGES>,
    EventsOf<typeof CONTACTS>,
    EventsOf<typeof APPS>,
    EventsOf<typeof VIDEOS> {}

declare module '../browser/options.js' {
  interface TrackedEvents extends Events {
    '': never;
  }
}
