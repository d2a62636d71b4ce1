import {
  type BatchAnswer,
  type EventType,
  isObject,
  type JsonObject,
  type ReasonCode,
  type WireEvent,
} from '../../protocol/index.js';
import type { Changes } from './fields.js';
import { isInOrder } from './in-order.js';
import { checkNesting } from './nesting.js';
import { tidyEvent } from './tidy.js';

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
  /** Most bytes of one event; undefined when the whole body has no more: then no event needs to be measured. */
  maxBytes: number | undefined;
}

/** A checked batch. */
export interface Checked {
  events: WireEvent[];
  rejected: NonNullable<BatchAnswer['rejected']>;
  /** True when `events` is no longer what was received. */
  changed: boolean;
}

const TYPES = new Set<unknown>(['track', 'page', 'screen', 'identify', 'group', 'alias'] satisfies EventType[]);

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
    if (code === undefined) return void events.push(value as WireEvent & JsonObject);
    const { field } = changes;
    rejected.push({ messageId: messageIdOf(value), index, code, ...(field && { field }) });
    changes.field = undefined;
  });
  return { events, rejected, changed: changes.changed || rejected.length > 0 };
}

function checkEvent(event: JsonObject, defaults: Defaults, changes: Changes): ReasonCode | undefined {
  if (defaults.context) mergeContext(event, defaults.context);
  const inOrder = isInOrder(event);
  const nesting = inOrder ? undefined : checkNesting(event);
  if (nesting) {
    if (nesting === 'bad-field') changes.field = '__proto__ or constructor';
    return nesting;
  }
  const { maxBytes } = defaults;
  if (maxBytes !== undefined && Buffer.byteLength(JSON.stringify(event)) > maxBytes) return 'too-large';
  const type = checkType(event, defaults, changes);
  if (type) return type;
  return (inOrder ? undefined : tidyEvent(event, defaults, changes)) ?? checkIdentity(event, changes);
}

function mergeContext(event: JsonObject, shared: JsonObject): void {
  const { context } = event;
  // A clone each, because checks and consent change an event in place.
  if (context === undefined || context === null) event.context = structuredClone(shared);
  else if (isObject(context)) event.context = { ...structuredClone(shared), ...context };
}

function checkType(event: JsonObject, defaults: Defaults, changes: Changes): ReasonCode | undefined {
  // Null is how some clients say nothing.
  if ((event.type === undefined || event.type === null) && defaults.type !== undefined) {
    event.type = defaults.type;
    changes.changed = true;
  }
  return TYPES.has(event.type) ? undefined : 'bad-type';
}

function checkIdentity(event: JsonObject, changes: Changes): ReasonCode | undefined {
  const { type, userId } = event;
  if (type === 'alias') {
    if (userId && !event.previousId && event.anonymousId) {
      // `alias('new-id')` of analytics.js: the visitor's own id until now.
      event.previousId = event.anonymousId;
      changes.changed = true;
    }
    return event.previousId && userId ? undefined : 'missing-previous-id';
  }
  if (!userId && !event.anonymousId) return 'missing-identity';
  if (type === 'track' && !event.event) return 'missing-event-name';
  return type === 'group' && !event.groupId ? 'missing-group-id' : undefined;
}

/** The id for the answer, as the client wrote it; not one that is too long to be repeated. */
function messageIdOf(value: unknown): string | null {
  const id = isObject(value) ? value.messageId : undefined;
  return typeof id === 'string' && id.length <= 256 ? id : null;
}
