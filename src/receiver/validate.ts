import {
  type BatchAnswer,
  type EventType,
  type JsonObject,
  MAX_EVENT_BYTES,
  type ReasonCode,
  type WireEvent,
} from '../protocol/index.js';
import { checkContext } from './context.js';
import { type Changes, tidyId, tidyObject, tidyText } from './fields.js';
import { readInstant } from './instant.js';
import { checkNesting } from './nesting.js';
import { isObject } from './parse.js';

/** What a batch needs that its events may lack. */
export interface Defaults {
  /** The type a path implies, e.g. /v1/track. */
  type?: EventType | undefined;
  /** The time of events that say none, by the sender's clock, ISO 8601. */
  timestamp: string;
  /** Ids for events that have none; such events cannot be recognised when they are sent again. */
  newId(): string;
  /** A context for all events of the batch, its nesting checked; an event's own keys win. */
  context?: JsonObject | undefined;
  /** False when the whole body is smaller than one event may be: then no event needs to be measured. */
  measure: boolean;
}

/** A checked batch. */
export interface Checked {
  events: WireEvent[];
  rejected: NonNullable<BatchAnswer['rejected']>;
  /** True when `events` is no longer what was received. */
  changed: boolean;
}

const TYPES = new Set<unknown>(['track', 'page', 'screen', 'identify', 'group', 'alias'] satisfies EventType[]);
const IDS = ['messageId', 'anonymousId', 'userId', 'groupId', 'previousId'] as const;
const TEXTS = ['event', 'name', 'category'] as const;
const OBJECTS = ['properties', 'traits', 'integrations'] as const;

/**
 * Checks each event by itself: good ones are kept (and put in order in place), bad ones are named with the reason.
 * Never throws, whatever the JSON.
 */
export function validateBatch(values: readonly unknown[], defaults: Defaults): Checked {
  const changes: Changes = { changed: defaults.context !== undefined };
  const events: WireEvent[] = [];
  const rejected: Checked['rejected'] = [];
  values.forEach((value, index) => {
    const code = isObject(value) ? checkEvent(value, defaults, changes) : 'bad-event';
    // The check above is what makes it a WireEvent.
    if (code === undefined) events.push(value as WireEvent & JsonObject);
    else rejected.push({ messageId: messageIdOf(value), index, code });
  });
  return { events, rejected, changed: changes.changed || rejected.length > 0 };
}

function checkEvent(event: JsonObject, defaults: Defaults, changes: Changes): ReasonCode | undefined {
  if (defaults.context) mergeContext(event, defaults.context);
  const nesting = checkNesting(event);
  if (nesting) return nesting;
  if (defaults.measure && Buffer.byteLength(JSON.stringify(event)) > MAX_EVENT_BYTES) return 'too-large';
  return checkType(event, defaults, changes) ?? checkFields(event, defaults, changes) ?? checkIdentity(event);
}

function mergeContext(event: JsonObject, shared: JsonObject): void {
  const { context } = event;
  // A clone each, because checks and consent change an event in place.
  if (context === undefined || context === null) event.context = structuredClone(shared);
  else if (isObject(context)) event.context = { ...structuredClone(shared), ...context };
}

function checkType(event: JsonObject, defaults: Defaults, changes: Changes): ReasonCode | undefined {
  if (event.type === undefined && defaults.type !== undefined) {
    event.type = defaults.type;
    changes.changed = true;
  }
  return TYPES.has(event.type) ? undefined : 'bad-type';
}

function checkFields(event: JsonObject, defaults: Defaults, changes: Changes): ReasonCode | undefined {
  for (const key of IDS) {
    const problem = tidyId(event, key, changes);
    if (problem) return problem;
  }
  for (const key of TEXTS) if (tidyText(event, key, changes)) return 'bad-field';
  for (const key of OBJECTS) if (tidyObject(event, key, changes)) return 'bad-field';
  if (tidyObject(event, 'context', changes)) return 'bad-field';
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

function checkIdentity(event: JsonObject): ReasonCode | undefined {
  const { type, userId } = event;
  if (type === 'alias') return event.previousId && userId ? undefined : 'missing-previous-id';
  if (!userId && !event.anonymousId) return 'missing-identity';
  if (type === 'track' && !event.event) return 'missing-event-name';
  return type === 'group' && !event.groupId ? 'missing-group-id' : undefined;
}

/** The id for the answer, as the client wrote it; not one that is too long to be repeated. */
function messageIdOf(value: unknown): string | null {
  const id = isObject(value) ? value.messageId : undefined;
  return typeof id === 'string' && id.length <= 256 ? id : null;
}
