import type { WireEvent } from '../../protocol/index.js';

/** A page view so long after the landing no longer is the landing. */
const LANDING_MS = 30_000;

/**
 * The address of the page; on the page view that a campaign led to with its `utm_*` and click ids again. They are stripped
 * from stored addresses, but some collectors know campaigns only by the address of the landing.
 */
export function landingUrl({ type, timestamp, context }: WireEvent): string {
  const url = context?.page?.url ?? '';
  const touch = context?.filrouge?.touch;
  if (type !== 'page' || !touch || touch.landing !== url) return url;
  if (Math.abs(Date.parse(timestamp) - Date.parse(touch.at)) > LANDING_MS) return url;
  const query = Object.entries(touch.campaign ?? {})
    .map(([name, value]) => [name === 'name' ? 'utm_campaign' : `utm_${name}`, value])
    .concat(Object.entries(touch.clickIds ?? {}))
    .flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : []))
    .join('&');
  const [page = '', fragment] = url.split(/#(.*)/s);
  const mark = page.includes('?') ? '&' : '?';
  return query ? `${page}${mark}${query}${fragment === undefined ? '' : `#${fragment}`}` : url;
}
