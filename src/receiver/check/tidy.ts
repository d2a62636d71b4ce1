import { isObject, type JsonObject, type ReasonCode } from '../../protocol/index.js';
import { checkContext } from './context.js';
import { badField, type Changes, tidyId, tidyObject, tidyText } from './fields.js';
import { readInstant } from './instant.js';
import type { Defaults } from './validate.js';

const IDS = ['messageId', 'anonymousId', 'userId', 'groupId', 'previousId'] as const;
const TEXTS = ['event', 'name', 'category'] as const;
const OBJECTS = ['properties', 'traits', 'integrations'] as const;

/**
 * The careful way through an event's fields: puts in order, in place, what can be understood, and names what cannot.
 * `isInOrder` knows when there is nothing to do.
 */
export function tidyEvent(event: JsonObject, defaults: Defaults, changes: Changes): ReasonCode | undefined {
  for (const key of IDS) {
    const problem = tidyId(event, key, changes);
    if (problem) changes.field = key;
    if (problem) return problem;
  }
  for (const key of TEXTS) if (tidyText(event, key, changes)) return badField(changes, key);
  for (const key of OBJECTS) if (tidyObject(event, key, changes)) return badField(changes, key);
  if (tidyObject(event, 'context', changes)) return badField(changes, 'context');
  if (event.messageId === undefined) {
    event.messageId = defaults.newId();
    changes.changed = true;
  }
  dropServerFields(event, changes);
  const { context } = event;
  return tidyTimestamp(event, defaults, changes) ?? (isObject(context) ? checkContext(context, changes) : undefined);
}

function tidyTimestamp(event: JsonObject, defaults: Defaults, changes: Changes): ReasonCode | undefined {
  // RudderStack's clients name it originalTimestamp.
  const given = event.timestamp ?? event.originalTimestamp;
  const timestamp = given === undefined || given === null ? defaults.timestamp : given;
  const instant = typeof timestamp === 'string' ? readInstant(timestamp) : undefined;
  if (instant === undefined) return 'bad-timestamp';
  if (event.originalTimestamp !== undefined) delete event.originalTimestamp;
  if (event.timestamp === instant) return undefined;
  event.timestamp = instant;
  changes.changed = true;
  return undefined;
}

/** Fields that only a receiver may set, and an address that is never stored. */
function dropServerFields(event: JsonObject, changes: Changes): void {
  if (event.receivedAt === undefined && event.request_ip === undefined && event.originalTimestamp === undefined) return;
  delete event.receivedAt;
  delete event.request_ip;
  changes.changed = true;
}
