import type { Collector } from '../browser/contracts.js';
import type { JsonObject, Purpose, WireEvent } from '../protocol/index.js';
import { createEncoder, sendAndRead } from './encode/encoder.js';
import { landingUrl } from './encode/landing.js';

/** Options of the Umami collector. */
export interface UmamiOptions {
  /** Where Umami runs, e.g. `https://umami.shop.example`. */
  url: string;
  /** The website's id, a UUID. */
  website: string;
  /** The purpose that must be granted besides `analytics`. Default `analytics`. */
  purpose?: Purpose;
}

/**
 * Umami's send route, one event a request, with its time, so that a late event keeps it. `group` and `alias` have no word
 * there. Source: umami-software/umami, src/app/api/send.
 */
export function umami({ url, website, purpose = 'analytics' }: UmamiOptions): Collector {
  const origin = url.replace(/\/+$/, '');
  const maxBytes = 60_000;
  return {
    name: `umami ${origin} ${website}`,
    purpose,
    maxBytes,
    send: sendAndRead((answer) => ((answer as { beep?: unknown } | null)?.beep ? ['bot'] : [])),
    encode: createEncoder({
      url: `${origin}/api/send`,
      maxBytes,
      maxEvents: 1,
      say: (event) => {
        const { type } = event;
        if (/group|alias/.test(type)) return undefined;
        const payload = { website, ...fieldsOf(event) };
        return JSON.stringify({ type: type === 'identify' ? type : 'event', payload });
      },
      body: String,
    }),
  };
}

function fieldsOf(event: WireEvent): JsonObject {
  const { type, name, timestamp, anonymousId, userId, properties, traits, context = {} } = event;
  const { page, locale, screen } = context;
  const label = type === 'track' ? event.event : type === 'screen' ? name : undefined;
  return {
    hostname: /^https?:\/\/([^/?#:]+)/.exec(page?.url ?? '')?.[1],
    url: landingUrl(event) || '/',
    referrer: page?.referrer || undefined,
    title: page?.title,
    language: locale,
    screen: screen?.width ? `${screen.width}x${screen.height}` : undefined,
    id: (userId ?? anonymousId)?.slice(0, 50),
    // Umami refuses names that a spreadsheet would take for a formula, and cuts at 50.
    name: label?.replace(/^[=+\-@\s]+/, '').slice(0, 50) || undefined,
    // Of the types said here, only identify has traits.
    data: traits ?? (type === 'page' ? undefined : properties),
    timestamp: Math.floor(Date.parse(timestamp) / 1000),
  };
}
