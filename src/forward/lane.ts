import type { Collector, CollectorRequest, QueuedEvent } from '../browser/contracts.js';
import { post } from '../browser/transport.js';
import type { IngestLog } from '../log/contract.js';
import type { Logger } from '../receiver/index.js';
import { classify, type Outcome } from './answer.js';
import type { Cursor, CursorFile } from './cursor.js';
import type { Meter } from './meters.js';
import { recentIds } from './recent.js';
import { readWindow, type Window } from './window.js';

/** What a lane is made of. */
export interface LaneParts {
  label: string;
  log: IngestLog;
  destination: Collector;
  file: CursorFile;
  meter: Meter;
  logger: Logger;
  /** Ends requests that wait for an answer. */
  stopping: AbortSignal;
  now(): number;
}

/** One destination's way through the log. */
export interface Lane {
  cursor: Cursor;
  /** When the oldest record that is not done was received, epoch ms; undefined when all is done. */
  waitingSinceMs: number | undefined;
  /** Does one request's worth. `idle`: nothing waits. `again`: it failed; wait at least so long. */
  step(): Promise<'more' | 'idle' | { againAfterMs: number }>;
}

const REMEMBERED_IDS = 50_000;

/** Begins where the file says, or at the end of the log for a destination that is new. */
export async function openLane(parts: LaneParts): Promise<Lane> {
  const { log, file } = parts;
  let known = await file.read();
  if (!known) {
    known = { position: log.last(), done: [] };
    await file.write(known);
  }
  const recent = recentIds(REMEMBERED_IDS);
  let limit = Infinity;
  const lane: Lane = { cursor: known, waitingSinceMs: undefined, step };
  return lane;

  async function step(): ReturnType<Lane['step']> {
    const end = log.last();
    const { position } = lane.cursor;
    if (position >= end) return rest();
    const window = await readWindow(log, position, parts.destination.purpose);
    if (!window) return moveTo(end).then(rest);
    lane.waitingSinceMs = window.receivedAtMs;
    const waiting = leaveOutDone(window);
    if (!waiting.length) {
      parts.meter.passedOver('no-consent', window.withheld.length);
      return moveTo(window.last).then(() => 'more');
    }
    const sentAt = new Date(parts.now()).toISOString();
    const [request] = parts.destination.encode(waiting.slice(0, limit), sentAt);
    return request ? conclude(request, await offer(request)) : moveTo(window.last).then(() => 'more');
  }

  function rest(): 'idle' {
    lane.waitingSinceMs = undefined;
    return 'idle';
  }

  /** What is left to do of a window; repeats that clients sent in other requests count as done. */
  function leaveOutDone({ events }: Window): QueuedEvent[] {
    const done = new Set(lane.cursor.done);
    const left = new Map<string, QueuedEvent>();
    let repeats = 0;
    for (const event of events) {
      if (done.has(event.id)) continue;
      if (left.has(event.id) || recent.has(event.id)) repeats += 1;
      else left.set(event.id, event);
    }
    if (repeats && !left.size) parts.meter.passedOver('repeat', repeats);
    return [...left.values()];
  }

  async function offer({ url, body }: CollectorRequest): Promise<Outcome> {
    const { send = post } = parts.destination;
    const response = await send(url, body, 0, parts.stopping);
    if (response?.ok) parts.meter.refused(await countRejected(response));
    // A body that nobody reads keeps its connection.
    else await response?.body?.cancel().catch(() => undefined);
    return classify(response, parts.now());
  }

  async function conclude({ url, ids }: CollectorRequest, outcome: Outcome): ReturnType<Lane['step']> {
    if (outcome.kind === 'again') {
      if (parts.stopping.aborted) return { againAfterMs: 0 };
      parts.meter.failed();
      parts.logger.warn('forward-failed', { destination: parts.label, status: outcome.status, events: ids.length });
      return { againAfterMs: outcome.afterMs };
    }
    if (outcome.kind === 'refused' && ids.length > 1) {
      limit = ids.length >> 1;
      return 'more';
    }
    if (outcome.kind === 'refused') {
      parts.meter.refused(1);
      parts.logger.warn('forward-refused', { destination: parts.label });
    } else if (url) {
      parts.meter.sent(ids.length);
      limit = Infinity;
    } else parts.meter.passedOver('no-word', ids.length);
    for (const id of ids) recent.add(id);
    await save({ position: lane.cursor.position, done: [...lane.cursor.done, ...ids] });
    return 'more';
  }

  async function moveTo(position: number): Promise<void> {
    await save({ position, done: [] });
  }

  async function save(cursor: Cursor): Promise<void> {
    lane.cursor = cursor;
    await file.write(cursor);
  }
}

async function countRejected(response: Response): Promise<number> {
  const answer = (await response.json().catch(() => undefined)) as { rejected?: unknown } | undefined;
  return Array.isArray(answer?.rejected) ? answer.rejected.length : 0;
}
