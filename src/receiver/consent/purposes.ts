import { isObject, type JsonObject, type Purpose, readLanding, type WireEvent } from '../../protocol/index.js';

/** True when the event says that its visitor denied the purpose `analytics`. Silence is no statement: it passes. */
export function isRefused(event: WireEvent): boolean {
  return event.context?.consent?.categoryPreferences?.analytics === false;
}

/** Applies the visitor's choice about `attribution` to an event, in place. Returns true when it changed something. */
export function applyPrivacy(event: WireEvent): boolean {
  return event.context?.consent?.categoryPreferences?.attribution === false && stripCampaign(event);
}

/**
 * Makes the event say, in place, that these purposes are denied, whatever the page said: for an objection, and for Global
 * Privacy Control. Returns true when it changed something.
 */
export function denyPurposes(event: WireEvent, purposes: readonly Purpose[]): boolean {
  if (!purposes.length) return false;
  const preferences = event.context?.consent?.categoryPreferences;
  const news = purposes.filter((purpose) => preferences?.[purpose] !== false);
  if (!news.length) return false;
  const denied = Object.fromEntries(news.map((purpose) => [purpose, false]));
  event.context = {
    ...event.context,
    consent: { ...event.context?.consent, categoryPreferences: { ...preferences, ...denied } },
  };
  return true;
}

/** Takes campaign values, click ids and touches out of an event, in place. Returns true when it changed something. */
export function stripCampaign(event: WireEvent): boolean {
  const { context, properties, traits } = event as WireEvent & { context?: JsonObject };
  let changed = false;
  if (isObject(context)) {
    // `referrer` here is Segment's block about the ad that led to the page; the page's referrer stays, cleaned.
    for (const key of ['campaign', 'referrer']) changed = drop(context, key) || changed;
    if (isObject(context.filrouge)) {
      for (const key of ['touch', 'first']) changed = drop(context.filrouge, key) || changed;
    }
    if (isObject(context.page)) changed = cleanValues(context.page) || changed;
  }
  for (const object of [properties, traits]) if (object) changed = cleanValues(object) || changed;
  return changed;
}

/** Takes campaign parameters out of addresses, and fields that are named like such a parameter. */
function cleanValues(object: JsonObject): boolean {
  let changed = false;
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (isCampaignName(key)) changed = drop(object, key) || changed;
    else if (typeof value === 'string' && value.includes('=', value.search(/[?#&]|$/))) {
      const { cleanUrl } = readLanding(value);
      if (cleanUrl !== value) {
        object[key] = cleanUrl;
        changed = true;
      }
    }
  }
  return changed;
}

function isCampaignName(key: string): boolean {
  // Half of a pair of surrogates cannot be encoded.
  const { campaign, clickIds } = readLanding(`?${encodeURIComponent(key.replace(/\p{Surrogate}/gu, '\ufffd'))}=1`);
  return campaign !== undefined || clickIds !== undefined;
}

function drop(object: JsonObject, key: string): boolean {
  if (object[key] === undefined) return false;
  delete object[key];
  return true;
}
