import type { WireEvent } from '../../protocol/index.js';
import { queryOf, utmOf } from './values.js';

/** A page view so long after the landing no longer is the landing. */
const LANDING_MS = 30_000;

/**
 * The address of the page; on the page view that a campaign led to with its `utm_*` and click ids again. They are stripped
 * from stored addresses, but some collectors know campaigns only by the address of the landing.
 */
export function landingUrl({ type, timestamp, context }: WireEvent): string {
  const url = context?.page?.url ?? '';
  const touch = context?.filrouge?.touch;
  const isLanding =
    type === 'page' && touch?.landing === url && Math.abs(Date.parse(timestamp) - Date.parse(touch.at)) <= LANDING_MS;
  const query = isLanding && queryOf({ ...utmOf(touch.campaign), ...touch.clickIds });
  // Behind the query that is there, else before the fragment or the end.
  return query ? url.replace(/(\?[^#]*)?(?=#|$)/, (found) => (found ? `${found}&` : '?') + query) : url;
}
