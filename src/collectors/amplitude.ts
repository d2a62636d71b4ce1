import type { Collector } from '../browser/contracts.js';
import type { JsonObject, Purpose, WireEvent } from '../protocol/index.js';
import { createEncoder, sendSaid } from './encode/encoder.js';
import { amountOf } from './encode/values.js';

/** Options of the Amplitude collector. */
export interface AmplitudeOptions {
  /** The project's public key. */
  apiKey: string;
  /** Default `https://api2.amplitude.com`; for Europe `https://api.eu.amplitude.com`. */
  url?: string;
  /** What a `group` call groups by; default `company`. */
  groupType?: string;
  /** The purpose that must be granted besides `analytics`. Default `analytics`. */
  purpose?: Purpose;
}

/**
 * Amplitude's HTTP V2 API. `insert_id` is the message id, by which Amplitude drops repeats of a week. An `alias` has no
 * word there. Source: amplitude.com/docs/apis/analytics/http-v2; their own beacon sends the same body as plain text.
 */
export function amplitude(options: AmplitudeOptions): Collector {
  const { apiKey, url = 'https://api2.amplitude.com', groupType = 'company', purpose = 'analytics' } = options;
  const origin = url.replace(/\/+$/, '');
  const maxBytes = 900_000;
  return {
    name: `amplitude ${origin} ${apiKey}`,
    purpose,
    maxBytes,
    send: sendSaid,
    encode: createEncoder({
      url: `${origin}/2/httpapi`,
      maxBytes,
      say: (event) => (event.type === 'alias' ? undefined : JSON.stringify(fieldsOf(event, groupType))),
      body: (said, sentAt) =>
        `{"api_key":${JSON.stringify(apiKey)},"client_upload_time":"${sentAt}","options":{"min_id_length":1},"events":[${said}]}`,
    }),
  };
}

const NAMES: { [type: string]: string } = {
  page: '[Amplitude] Page Viewed',
  screen: 'Screen Viewed',
  identify: '$identify',
  group: '$groupidentify',
};

function fieldsOf(event: WireEvent, groupType: string): JsonObject {
  const { type, messageId, timestamp, anonymousId, userId, groupId, properties, traits, context = {} } = event;
  const { page, campaign, filrouge, locale, userAgent } = context;
  const start = filrouge?.session?.start;
  const isOrder = event.event === 'Order Completed';
  return {
    event_type: NAMES[type] ?? event.event,
    user_id: userId,
    device_id: anonymousId,
    session_id: start ? Date.parse(start) : undefined,
    time: Date.parse(timestamp),
    insert_id: messageId,
    platform: 'Web',
    language: locale,
    user_agent: userAgent,
    library: 'filrouge/0.1.0',
    revenue: isOrder ? amountOf(properties ?? {}) : undefined,
    groups: groupId ? { [groupType]: groupId } : undefined,
    group_properties: type === 'group' && traits ? { $set: traits } : undefined,
    user_properties: type === 'identify' && traits ? { $set: traits } : undefined,
    event_properties: {
      ...(type === 'page' && { '[Amplitude] Page Location': page?.url, '[Amplitude] Page Path': page?.path }),
      ...properties,
      ...(campaign && { campaign: { ...campaign } }),
      ...(filrouge?.pageView && { page_view_id: filrouge.pageView }),
    },
  };
}
