import type { JsonObject, ReasonCode } from '../protocol/index.js';
import { type Changes, tidyId, tidyObject, tidyText, tidyTexts } from './fields.js';
import { readInstant } from './instant.js';
import { isObject } from './parse.js';

const OBJECTS = ['page', 'campaign', 'consent', 'library', 'screen', 'filrouge'] as const;
const TEXTS = ['userAgent', 'locale', 'timezone', 'channel'] as const;
const PAGE_TEXTS = ['url', 'path', 'search', 'title', 'referrer'] as const;

/**
 * Checks the parts of `context` that reports read, so that every engine may rely on their types; other parts pass. An
 * IP address is taken out: it is never stored.
 */
export function checkContext(context: JsonObject, changes: Changes): ReasonCode | undefined {
  if (context.ip !== undefined) {
    delete context.ip;
    changes.changed = true;
  }
  for (const key of OBJECTS) if (tidyObject(context, key, changes)) return 'bad-field';
  for (const key of TEXTS) if (tidyText(context, key, changes)) return 'bad-field';
  const { page, campaign, consent, filrouge } = context;
  if (isObject(page)) for (const key of PAGE_TEXTS) if (tidyText(page, key, changes)) return 'bad-field';
  if (isObject(campaign) && tidyTexts(campaign, changes)) return 'bad-field';
  if (isObject(consent) && !isConsent(consent)) return 'bad-field';
  return isObject(filrouge) ? checkFilrouge(filrouge, changes) : undefined;
}

/** A preference that is no boolean ("false", 0) could be taken for a grant, so it is an error. */
function isConsent(consent: JsonObject): boolean {
  const preferences = consent.categoryPreferences;
  if (preferences === undefined) return true;
  if (!isObject(preferences)) return false;
  for (const category in preferences) if (typeof preferences[category] !== 'boolean') return false;
  return true;
}

function checkFilrouge(block: JsonObject, changes: Changes): ReasonCode | undefined {
  const { session, sequence, touch, first, consent } = block;
  if (consent !== undefined && !(isObject(consent) && !tidyTexts(consent, changes))) return 'bad-field';
  if (tidyId(block, 'pageView', changes) || tidyText(block, 'navigation', changes)) return 'bad-field';
  if (session !== undefined && !(isObject(session) && typeof session.id === 'string' && isInstant(session.start))) {
    return 'bad-field';
  }
  if (sequence !== undefined && !isSequence(sequence)) return 'bad-field';
  return isTouch(touch, changes) && isTouch(first, changes) ? undefined : 'bad-field';
}

function isSequence(sequence: JsonObject[string]): boolean {
  if (!isObject(sequence) || typeof sequence.lane !== 'string' || typeof sequence.n !== 'number') return false;
  return sequence.last === undefined || isSequence(sequence.last);
}

function isTouch(touch: JsonObject[string], changes: Changes): boolean {
  if (touch === undefined) return true;
  if (!isObject(touch) || !isInstant(touch.at)) return false;
  const { campaign, clickIds, referrer, landing } = touch;
  if (campaign !== undefined && !(isObject(campaign) && !tidyTexts(campaign, changes))) return false;
  if (clickIds !== undefined && !(isObject(clickIds) && !tidyTexts(clickIds, changes))) return false;
  return [referrer, landing].every((text) => text === undefined || typeof text === 'string');
}

function isInstant(value: JsonObject[string]): boolean {
  return typeof value === 'string' && readInstant(value) === value;
}
