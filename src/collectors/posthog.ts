import type { Collector } from '../browser/contracts.js';
import type { JsonObject, Purpose, WireEvent } from '../protocol/index.js';
import { createEncoder, sendAndRead } from './encode/encoder.js';
import { asUuid } from './encode/ids.js';
import { utmOf } from './encode/values.js';

/** Options of the PostHog collector. */
export interface PosthogOptions {
  /** `https://eu.i.posthog.com`, `https://us.i.posthog.com`, or your own. */
  url: string;
  /** The project's public key, `phc_…`. */
  apiKey: string;
  /** What a `group` call groups by; default `company`. */
  groupType?: string;
  /** The purpose that must be granted besides `analytics`. Default `analytics`. */
  purpose?: Purpose;
}

const NAMES: { [type: string]: string } = {
  page: '$pageview',
  screen: '$screen',
  identify: '$identify',
  group: '$groupidentify',
  alias: '$create_alias',
};

/**
 * PostHog's batch route. The same event sent again has the same uuid, time and distinct id, by which PostHog drops repeats.
 * Events of nobody known make no person profile. Source: posthog.com/docs/api/capture, rust/capture.
 */
export function posthog({ url, apiKey, groupType = 'company', purpose = 'analytics' }: PosthogOptions): Collector {
  const origin = url.replace(/\/+$/, '');
  const maxBytes = 500_000;
  return {
    name: `posthog ${origin} ${apiKey}`,
    purpose,
    maxBytes,
    send: sendAndRead(refusals),
    encode: createEncoder({
      // Without the last slash it redirects, and the body is lost.
      url: `${origin}/batch/`,
      maxBytes,
      say: (event) =>
        JSON.stringify({
          event: NAMES[event.type] ?? event.event,
          distinct_id: event.userId ?? event.anonymousId,
          uuid: asUuid(event.messageId),
          timestamp: event.timestamp,
          properties: propertiesOf(event, groupType),
        }),
      body: (said, sentAt) => `{"api_key":${JSON.stringify(apiKey)},"sent_at":"${sentAt}","batch":[${said}]}`,
    }),
  };
}

function propertiesOf(event: WireEvent, groupType: string): JsonObject {
  const { type, properties, traits, anonymousId, userId, groupId, previousId, context = {} } = event;
  const { page, campaign, filrouge, locale, timezone } = context;
  return {
    ...properties,
    $current_url: page?.url,
    $pathname: page?.path,
    $host: hostOf(page?.url),
    $referrer: page?.referrer || '$direct',
    $referring_domain: hostOf(page?.referrer) ?? '$direct',
    title: page?.title,
    $device_id: anonymousId,
    $session_id: filrouge?.session?.id,
    $pageview_id: filrouge?.pageView,
    $browser_language: locale,
    $timezone: timezone,
    $lib: 'filrouge',
    ...utmOf(campaign),
    ...filrouge?.touch?.clickIds,
    ...(!userId && { $process_person_profile: false }),
    ...(type === 'screen' && { $screen_name: event.name }),
    ...(type === 'identify' && { $set: traits, $anon_distinct_id: userId && anonymousId }),
    ...(type === 'alias' && { alias: previousId }),
    ...(type === 'group' && { $group_type: groupType, $group_key: groupId, $group_set: traits }),
    ...(groupId && type !== 'group' && { $groups: { [groupType]: groupId } }),
  };
}

function hostOf(url = ''): string | undefined {
  return /^https?:\/\/([^/?#]+)/.exec(url)?.[1];
}

function refusals(answer: unknown): string[] {
  const { quota_limited: limited } = (answer ?? {}) as { quota_limited?: unknown };
  return Array.isArray(limited) && limited.includes('events') ? ['quota'] : [];
}
