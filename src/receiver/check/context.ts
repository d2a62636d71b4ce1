import { isObject, type JsonObject, type ReasonCode } from '../../protocol/index.js';
import { badField, type Changes, tidyId, tidyObject, tidyText, tidyTexts } from './fields.js';
import { readInstant } from './instant.js';

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
  for (const key of OBJECTS) if (tidyObject(context, key, changes)) return badField(changes, `context.${key}`);
  for (const key of TEXTS) if (tidyText(context, key, changes)) return badField(changes, `context.${key}`);
  const { page, campaign, consent, filrouge } = context;
  if (isObject(page)) {
    for (const key of PAGE_TEXTS) if (tidyText(page, key, changes)) return badField(changes, `context.page.${key}`);
  }
  if (isObject(campaign) && tidyTexts(campaign, 'context.campaign', changes)) return 'bad-field';
  if (isObject(consent) && !isConsent(consent)) return badField(changes, 'context.consent.categoryPreferences');
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
  const bad = (field: string): ReasonCode => badField(changes, `context.filrouge.${field}`);
  const isTexts = (value: JsonObject[string]) => isObject(value) && !tidyTexts(value, 'context.filrouge', changes);
  if (consent !== undefined && !isTexts(consent)) return bad('consent');
  if (tidyId(block, 'pageView', changes)) return bad('pageView');
  if (tidyText(block, 'navigation', changes)) return bad('navigation');
  if (session !== undefined && !(isObject(session) && typeof session.id === 'string' && isInstant(session.start))) {
    return bad('session');
  }
  if (sequence !== undefined && !isSequence(sequence)) return bad('sequence');
  if (!isTouch(touch, isTexts)) return bad('touch');
  return isTouch(first, isTexts) ? undefined : bad('first');
}

/** The place in the sequence of a page load, with that of the load before. */
export function isSequence(sequence: JsonObject[string]): boolean {
  if (!isObject(sequence) || typeof sequence.lane !== 'string' || typeof sequence.n !== 'number') return false;
  return sequence.last === undefined || isSequence(sequence.last);
}

function isTouch(touch: JsonObject[string], isTexts: (value: JsonObject[string]) => boolean): boolean {
  if (touch === undefined) return true;
  if (!isObject(touch) || !isInstant(touch.at)) return false;
  const { campaign, clickIds, referrer, landing } = touch;
  if (campaign !== undefined && !isTexts(campaign)) return false;
  if (clickIds !== undefined && !isTexts(clickIds)) return false;
  return [referrer, landing].every((text) => text === undefined || typeof text === 'string');
}

function isInstant(value: JsonObject[string]): boolean {
  return typeof value === 'string' && readInstant(value) === value;
}
