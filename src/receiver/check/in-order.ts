import { isObject, type Json, type JsonObject, MAX_DEPTH, MAX_ID_LENGTH } from '../../protocol/index.js';
import { isSequence } from './context.js';
import { isPlainInstant } from './instant.js';
import { checkField, checkNesting } from './nesting.js';

type Value = Json | undefined;

/**
 * True when nothing about the event's fields needs to be put in order or refused, nor about how they are nested: what nearly
 * all events are. It says the same as `checkNesting` and the careful checks in `tidy.ts` (a property test holds them
 * together), in a fraction of their time, because it goes once over the fields that are there. `left` is how deep what is in
 * a field may be nested.
 */
export function isInOrder(event: JsonObject, left = MAX_DEPTH - 1): boolean {
  let hasId = false;
  let hasTime = false;
  for (const key in event) {
    const value = event[key];
    if (key === 'messageId') hasId = isId(value);
    else if (key === 'timestamp') hasTime = isTime(value);
    else if (!isFieldInOrder(key, value, left)) return false;
  }
  return hasId && hasTime;
}

function isFieldInOrder(key: string, value: Value, left: number): boolean {
  switch (key) {
    case 'anonymousId':
    case 'userId':
    case 'groupId':
    case 'previousId':
      return isId(value);
    case 'event':
    case 'name':
    case 'category':
      return typeof value === 'string';
    case 'properties':
    case 'traits':
    case 'integrations':
      return isBlock(value, left);
    case 'context':
      return isObject(value) && isContextInOrder(value, left - 1);
    case 'originalTimestamp':
    case 'receivedAt':
    case 'request_ip':
      return false;
    default:
      return !checkField(key, value, left);
  }
}

function isContextInOrder(context: JsonObject, left: number): boolean {
  for (const key in context) if (!isContextFieldInOrder(key, context[key], left)) return false;
  return true;
}

function isContextFieldInOrder(key: string, value: Value, left: number): boolean {
  switch (key) {
    case 'userAgent':
    case 'locale':
    case 'timezone':
    case 'channel':
      return typeof value === 'string';
    case 'library':
    case 'screen':
      return isBlock(value, left);
    case 'page':
      return isBlock(value, left) && isPageInOrder(value);
    case 'campaign':
      return areTexts(value);
    case 'consent':
      return isBlock(value, left) && arePreferences(value.categoryPreferences);
    case 'filrouge':
      return isBlock(value, left) && isFilrougeInOrder(value);
    case 'ip':
      return false;
    default:
      return !checkField(key, value, left);
  }
}

function isPageInOrder({ url, path, search, title, referrer }: JsonObject): boolean {
  return isText(url) && isText(path) && isText(search) && isText(title) && isText(referrer);
}

function isFilrougeInOrder({ session, sequence, touch, first, pageView, navigation, consent }: JsonObject): boolean {
  return (
    (pageView === undefined || isId(pageView)) &&
    isText(navigation) &&
    (session === undefined || (isObject(session) && typeof session.id === 'string' && isTime(session.start))) &&
    (sequence === undefined || isSequence(sequence)) &&
    (consent === undefined || areTexts(consent)) &&
    (touch === undefined || isTouchInOrder(touch)) &&
    (first === undefined || isTouchInOrder(first))
  );
}

function isTouchInOrder(touch: Value): boolean {
  if (!isObject(touch)) return false;
  const { at, campaign, clickIds, referrer, landing } = touch;
  return (
    isTime(at) &&
    (campaign === undefined || areTexts(campaign)) &&
    (clickIds === undefined || areTexts(clickIds)) &&
    isText(referrer) &&
    isText(landing)
  );
}

function isId(value: Value): boolean {
  return typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH;
}

function isText(value: Value): boolean {
  return value === undefined || typeof value === 'string';
}

function isTime(value: Value): boolean {
  return typeof value === 'string' && isPlainInstant(value);
}

/** An object in which anything may be, nested at most `left` deep, itself included. */
function isBlock(value: Value, left: number): value is JsonObject {
  return isObject(value) && !checkNesting(value, left);
}

function areTexts(value: Value): boolean {
  if (!isObject(value)) return false;
  for (const key in value) if (typeof value[key] !== 'string' || key === '__proto__') return false;
  return true;
}

function arePreferences(preferences: Value): boolean {
  if (preferences === undefined) return true;
  if (!isObject(preferences)) return false;
  for (const category in preferences) if (typeof preferences[category] !== 'boolean') return false;
  return true;
}
