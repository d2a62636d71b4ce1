import { isObject, type JsonObject, MAX_ID_LENGTH, type ReasonCode } from '../../protocol/index.js';

/** Told when an event had to be changed, so that it cannot be written to the log as it was received. */
export interface Changes {
  changed: boolean;
  /** Where in the event the first field is that was refused, e.g. `context.page.url`. */
  field?: string | undefined;
}

/** Longer names are a client's own: they are not repeated. */
const MAX_NAME = 64;

/** Notes where it is, for the client's answer. */
export function badField(changes: Changes, field: string): ReasonCode {
  changes.field = field;
  return 'bad-field';
}

/**
 * Puts an id in order: numbers become strings (Segment's clients send numeric user ids), null and '' go away. Anything
 * else that is not a string, or is too long, is refused.
 */
export function tidyId(event: JsonObject, key: string, changes: Changes): ReasonCode | undefined {
  const value = event[key];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value !== '') return value.length > MAX_ID_LENGTH ? 'id-too-long' : undefined;
  changes.changed = true;
  if (typeof value === 'number') {
    event[key] = String(value);
    return undefined;
  }
  delete event[key];
  return value === null || value === '' ? undefined : 'bad-field';
}

/** A text must be a string; null goes away. */
export function tidyText(object: JsonObject, key: string, changes: Changes): ReasonCode | undefined {
  const value = object[key];
  if (value === undefined || typeof value === 'string') return undefined;
  return dropNull(object, key, changes);
}

/** A group of fields must be a JSON object; null goes away, and so does `[]`, which is what PHP makes of an empty one. */
export function tidyObject(object: JsonObject, key: string, changes: Changes): ReasonCode | undefined {
  const value = object[key];
  if (value === undefined || isObject(value)) return undefined;
  if (Array.isArray(value) && !value.length) object[key] = null;
  return dropNull(object, key, changes);
}

/** Every value must be a string; numbers and booleans become strings, null goes away. For campaign values; `path` is where. */
export function tidyTexts(object: JsonObject, path: string, changes: Changes): ReasonCode | undefined {
  for (const key in object) {
    const value = object[key];
    if (typeof value === 'string') continue;
    if (typeof value === 'number' || typeof value === 'boolean') {
      object[key] = String(value);
      changes.changed = true;
    } else if (dropNull(object, key, changes)) {
      return badField(changes, key.length > MAX_NAME ? path : `${path}.${key}`);
    }
  }
  return undefined;
}

function dropNull(object: JsonObject, key: string, changes: Changes): ReasonCode | undefined {
  if (object[key] !== null) return 'bad-field';
  delete object[key];
  changes.changed = true;
  return undefined;
}
