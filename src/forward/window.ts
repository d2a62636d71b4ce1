import type { QueuedEvent } from '../browser/contracts.js';
import type { IngestLog } from '../log/contract.js';
import { type BatchMeta, decodeRecord } from '../log/record.js';
import { LEDGER_EVENTS, type Purpose, type WireEvent } from '../protocol/index.js';

/** The next stretch of the log: whole records, enough for a request or a few. */
export interface Window {
  events: QueuedEvent[];
  /** Events that may not go there, for want of consent; the ledger of choices goes nowhere. */
  withheld: string[];
  /** Position of the last record in it. */
  last: number;
  /** When its first record was received, epoch ms. */
  receivedAtMs: number;
}

const MOST_EVENTS = 200;
const MOST_BYTES = 256 * 1024;

/**
 * Reads the window after a position; undefined when there is nothing. It is read anew for every request, so that what an
 * erasure or a withdrawal has taken out of the log meanwhile is not sent.
 */
export async function readWindow(log: IngestLog, after: number, purpose: Purpose): Promise<Window | undefined> {
  let window: Window | undefined;
  let bytes = 0;
  for await (const record of log.read(after)) {
    const { meta, events } = decodeRecord(record.bytes);
    window ??= { events: [], withheld: [], last: record.position, receivedAtMs: Date.now() };
    if (meta.kind === 'batch') {
      if (!window.events.length) window.receivedAtMs = Date.parse(meta.receivedAt);
      for (const event of events) {
        if (event.event && LEDGER_EVENTS.includes(event.event)) continue;
        if (isAllowed(event, purpose)) window.events.push(queued(event, meta));
        else window.withheld.push(event.messageId);
      }
    }
    window.last = record.position;
    bytes += record.bytes.length;
    if (window.events.length >= MOST_EVENTS || bytes >= MOST_BYTES) break;
  }
  return window;
}

/**
 * Whether an event's own statement of consent allows a purpose. For `analytics` silence passes, as at the receiver's door:
 * a till states nothing. For every other purpose only a stated yes passes.
 */
function isAllowed(event: WireEvent, purpose: Purpose): boolean {
  const preferences = event.context?.consent?.categoryPreferences;
  if (preferences?.analytics === false) return false;
  return purpose === 'analytics' || preferences?.[purpose] === true;
}

/** The event with the corrected time, and the browser's name where the request had one: both as reports see it. */
function queued(event: WireEvent, { skewMs, userAgent }: BatchMeta): QueuedEvent {
  const timestamp = new Date(Date.parse(event.timestamp) + skewMs).toISOString();
  const context = userAgent && !event.context?.userAgent ? { ...event.context, userAgent } : event.context;
  return { id: event.messageId, json: JSON.stringify({ ...event, timestamp, context }) };
}
