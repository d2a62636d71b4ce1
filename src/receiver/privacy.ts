import { type JsonObject, readLanding, type WireEvent } from '../protocol/index.js';
import { isObject } from './parse.js';

/** True when the event says that its visitor denied the purpose `analytics`. Silence is no statement: it passes. */
export function isRefused(event: WireEvent): boolean {
  return event.context?.consent?.categoryPreferences?.analytics === false;
}

/**
 * Applies the visitor's other choices to an event, in place: without `attribution` no campaign values, click ids or
 * touches; with Global Privacy Control the purpose `advertising` is denied, whatever the page said. Returns true when it
 * changed something.
 */
export function applyPrivacy(event: WireEvent, gpc: boolean): boolean {
  let changed = false;
  if (event.context?.consent?.categoryPreferences?.attribution === false) changed = stripCampaign(event);
  if (gpc) changed = denyAdvertising(event) || changed;
  return changed;
}

function denyAdvertising(event: WireEvent): boolean {
  const preferences = event.context?.consent?.categoryPreferences;
  if (preferences?.advertising === false) return false;
  event.context = {
    ...event.context,
    consent: { ...event.context?.consent, categoryPreferences: { ...preferences, advertising: false } },
  };
  return true;
}

function stripCampaign(event: WireEvent): boolean {
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
    else if (typeof value === 'string' && /[?#&].*=/.test(value)) {
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
  const { campaign, clickIds } = readLanding(`?${encodeURIComponent(key)}=1`);
  return campaign !== undefined || clickIds !== undefined;
}

function drop(object: JsonObject, key: string): boolean {
  if (object[key] === undefined) return false;
  delete object[key];
  return true;
}
