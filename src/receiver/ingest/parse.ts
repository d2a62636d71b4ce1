import { TextDecoder } from 'node:util';
import { isObject, type JsonObject, MAX_BATCH_EVENTS } from '../../protocol/index.js';
import type { Refusal } from '../request.js';
import type { IngestRoute } from './routes.js';

/** A parsed body: its events, not yet checked, and what stood around them. */
export interface ParsedBody {
  events: unknown[];
  /**
   * Of the batch, or of an event that comes alone. Not of an event in a batch: clients that write it there may have done so
   * at an earlier attempt, and hours in a queue would look like a wrong clock.
   */
  sentAt: unknown;
  /** The key in the body, of the batch or else of its first event. */
  writeKey: string | undefined;
  /** Segment lets a batch carry a context for all its events. */
  context: JsonObject | undefined;
  /** True when the body has parts that are not events and not known; they are not written to the log. */
  hasExtras: boolean;
}

// Ignores a byte order mark, as the log's decoder does; Buffer.toString would keep it and JSON.parse would fail.
const decoder = new TextDecoder();

/** Parses a request body. On a batch route a single event is taken too, as a batch is on a single route. */
export function parseBody(body: Uint8Array, route: IngestRoute): ParsedBody | Refusal {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(body));
  } catch {
    return { code: 'bad-json' };
  }
  if (!isObject(value)) return { code: 'bad-body' };
  const { batch, sentAt } = value;
  if (batch === undefined) {
    if (route === 'batch' && typeof value.type !== 'string') return { code: 'bad-body' };
    return { events: [value], sentAt, writeKey: keyOf(value), context: undefined, hasExtras: false };
  }
  if (!Array.isArray(batch)) return { code: 'bad-body' };
  // Each would be named in the answer: half a megabyte of zeros made one of 13 MB.
  if (batch.length > MAX_BATCH_EVENTS) return { code: 'too-large' };
  const context = isObject(value.context) ? value.context : undefined;
  const writeKey = keyOf(value) ?? keyOf(batch[0]);
  return { events: batch, sentAt, writeKey, context, hasExtras: hasExtras(value) };
}

function keyOf(value: unknown): string | undefined {
  return isObject(value) && typeof value.writeKey === 'string' ? value.writeKey : undefined;
}

const KNOWN = new Set(['batch', 'sentAt', 'writeKey', 'timestamp']);

function hasExtras(body: JsonObject): boolean {
  for (const key in body) if (!KNOWN.has(key)) return true;
  return false;
}
