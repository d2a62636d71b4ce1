import { type BatchMeta, encodeMeta } from '../../log/record.js';
import type { WireEvent } from '../../protocol/index.js';
import { type Checked, validateBatch } from '../check/validate.js';
import type { RawRequest } from '../request.js';
import type { Sent } from './admit.js';
import { keepAllowed } from './allowed.js';
import type { ParsedBody } from './parse.js';
import type { IngestParts } from './parts.js';
import { refusedNumbers } from './refused.js';
import type { IngestRoute } from './routes.js';

const USER_AGENT_LENGTH = 512;
// Servers and apps send for their visitors with the name of an HTTP library ("node", "okhttp"): it says nothing about the
// visitor and would make an automaton of every order that a till reports. Browsers, and what poses as one, say Mozilla.
const SPEAKS_FOR_VISITOR = /^Mozilla\/|bot|crawl|spider/i;
const encoder = new TextEncoder();

/** What came of the events of a request. */
export interface Taken {
  /** The parts of the log record; undefined when there is nothing to write down. */
  record: [meta: Uint8Array, body: Uint8Array] | undefined;
  accepted: number;
  rejected: Checked['rejected'];
  /** Those that are written down. */
  kept: readonly WireEvent[];
}

/**
 * Checks the events and makes the log record: the body as received where every event stays as it was, else the events
 * that are left. Synchronous on purpose: between the check against erased persons and the log nothing may happen.
 */
export function take(parts: IngestParts, request: RawRequest, route: IngestRoute, { body, parsed, key }: Sent): Taken {
  const receivedAtMs = parts.now();
  const receivedAt = new Date(receivedAtMs).toISOString();
  const skewMs = parts.skew.observe(deviceOf(parsed), parsed.sentAt, receivedAtMs);
  const gpc = request.header('sec-gpc') === '1';
  const checked = validateBatch(parsed.events, {
    type: route === 'batch' ? undefined : route,
    // By the client's clock, so that the correction leads back to the time of arrival.
    timestamp: skewMs ? new Date(receivedAtMs - skewMs).toISOString() : receivedAt,
    newId: parts.newId,
    context: parsed.context,
    maxBytes: body.length > parts.maxEventBytes ? parts.maxEventBytes : undefined,
  });
  const { kept, accepted, changed } = keepAllowed(parts, checked, { skewMs, gpc, key, events: parsed.events });
  const refused = refusedNumbers(parsed.events, checked.rejected);
  if (!kept.length && !refused) return { record: undefined, accepted: 0, rejected: checked.rejected, kept };
  const stripped = stripKeys(parts, parsed, kept);
  const asReceived = !changed && !stripped && !parsed.hasExtras;
  const userAgent = request.header('user-agent')?.slice(0, USER_AGENT_LENGTH) ?? '';
  const meta: BatchMeta = {
    kind: 'batch',
    receivedAt,
    skewMs,
    key,
    ...(SPEAKS_FOR_VISITOR.test(userAgent) && { userAgent }),
    ...(gpc && { gpc }),
    ...(refused && { refused }),
  };
  const written = asReceived ? body : encoder.encode(JSON.stringify(kept));
  return { record: [encodeMeta(meta), written], accepted, rejected: checked.rejected, kept };
}

/** Write keys are public and may be logged; anything else in a `writeKey` field could be a secret and goes. */
function stripKeys({ keyKind }: IngestParts, { writeKey: ofBody }: ParsedBody, events: WireEvent[]): boolean {
  const isPublic = (key: unknown): boolean => typeof key === 'string' && keyKind(key) === 'write';
  const isBodyPublic = ofBody === undefined || isPublic(ofBody);
  let stripped = !isBodyPublic;
  for (const event of events as (WireEvent & { writeKey?: unknown })[]) {
    const { writeKey } = event;
    if (writeKey === undefined || (writeKey === ofBody ? isBodyPublic : isPublic(writeKey))) continue;
    delete event.writeKey;
    stripped = true;
  }
  return stripped;
}

/** Whose clock it is: a batch comes from one device, or from one server that speaks for many. */
function deviceOf(parsed: ParsedBody): string {
  const first = parsed.events[0] as { anonymousId?: unknown; userId?: unknown } | null | undefined;
  const id = first?.anonymousId ?? first?.userId;
  // Not checked yet: to make a text of `{"toString": 1}` throws.
  return typeof id === 'string' ? id.slice(0, 256) : typeof id === 'number' ? `${id}` : '';
}
