import type { Collector, CollectorRequest, QueuedEvent, ReportProblem } from './contracts.js';
import { createQueue } from './queue.js';
import { attempt } from './storage.js';
import { type Answer, byteLength, keepaliveRoom, sendRequest } from './transport.js';

/** The way to one collector, with its own queue, retry and pause. */
export interface Outbox {
  collector: Collector;
  /** Begins to use the disk and to send what earlier pages left. Needs consent. */
  open(): void;
  add(event: QueuedEvent, durable: boolean): void;
  /** Sends what waits; resolves when all of it was answered or a retry was scheduled. */
  flush(): Promise<void>;
  /** The page is going away: saves and sends synchronously what fits. */
  leave(): void;
  /** Consent was withdrawn: nothing that waits here is ever sent. */
  purge(): void;
  stop(): void;
}

const BATCH_WAIT_MS = 500;
const RETRY_FIRST_MS = 1000;
const RETRY_MAX_MS = 60_000;
const RETRY_AFTER_MAX_MS = 3_600_000;
/** Requests up to this size travel with keepalive even while the page stays, so that leaving interrupts none of them. */
const SMALL_BYTES = 30_000;
const MAX_BATCH_EVENTS = 1000;

/** Creates the outbox; it touches neither disk nor network until it is opened or given an event. */
export function createOutbox(collector: Collector, problem: ReportProblem): Outbox {
  /** Ids in requests without an answer yet; true: by keepalive, which survives the page and needs no second copy. */
  const underway = new Map<string, boolean>();
  let cancel = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let letGo = () => {};
  let failures = 0;
  let batchEvents = MAX_BATCH_EVENTS;
  let notBefore = 0;
  let paused = false;

  const schedule = (ms: number) => {
    timer ??= setTimeout(flush, ms);
  };
  const unschedule = () => {
    clearTimeout(timer);
    timer = undefined;
  };

  const queue = createQueue(`filrouge ${collector.name}`, problem, () => flush());

  const nextRequest = (maxBytes: number, leaving: boolean): CollectorRequest | undefined => {
    const events: QueuedEvent[] = [];
    // Room for the envelope that the collector puts around the events.
    let room = maxBytes - 1000;
    for (const event of queue.pending()) {
      if (leaving ? underway.get(event.id) : underway.has(event.id)) continue;
      room -= byteLength(event.json) + 1;
      if (events.length >= batchEvents || (room < 0 && (leaving || events.length))) break;
      events.push(event);
    }
    return events.length ? collector.encode(events, new Date().toISOString())[0] : undefined;
  };

  const send = async (request: CollectorRequest, keepalive: boolean): Promise<boolean> => {
    const { signal } = cancel;
    const { ids } = request;
    ids.forEach((id) => underway.set(id, keepalive));
    const answer = await sendRequest(request, keepalive, signal);
    ids.forEach((id) => underway.delete(id));
    return !signal.aborted && settle(ids, answer);
  };

  /** Draws the consequence of an answer; true when the next request may follow at once. */
  const settle = (ids: string[], { status, afterMs, rejected = [] }: Answer): boolean => {
    if (/^2/.test(`${status}`)) {
      failures = 0;
      batchEvents = MAX_BATCH_EVENTS;
      queue.remove(ids);
      for (const { code } of rejected) problem('refused', code);
      return true;
    }
    if (/^4(00|13|15|22)$/.test(`${status}`)) {
      // Halving finds the event that the collector refuses, so that its neighbours are not lost with it.
      batchEvents = ids.length >> 1 || 1;
      if (ids.length < 2) {
        queue.remove(ids);
        problem(status === 413 ? 'too-large' : 'refused', status);
      }
      return true;
    }
    paused = /^4(0[134]|10)$/.test(`${status}`);
    if (paused) problem('misconfigured', status);
    else {
      const doubled = Math.min(RETRY_FIRST_MS * 2 ** failures++, RETRY_MAX_MS);
      const wait = Math.max(doubled * (0.5 + Math.random() / 2), Math.min(afterMs, RETRY_AFTER_MAX_MS));
      notBefore = afterMs && Date.now() + wait;
      unschedule();
      schedule(wait);
    }
    return false;
  };

  const drain = async () => {
    await queue.prune();
    for (;;) {
      const request = paused ? undefined : nextRequest(collector.maxBytes, false);
      if (!request) return;
      const bytes = byteLength(request.body);
      if (!(await send(request, bytes <= SMALL_BYTES && bytes <= keepaliveRoom()))) return;
    }
  };

  /** One tab sends at a time; leaving the page lets go of the lock, which would keep it out of the back/forward cache. */
  const flush = () => {
    unschedule();
    const work = () => Promise.race([drain(), new Promise<void>((resolve) => (letGo = resolve))]);
    running ??= Promise.resolve(attempt(() => navigator.locks?.request(`filrouge ${collector.name}`, work)) ?? work())
      // An opaque origin refuses locks; two tabs may then send the same event, which the receiver ignores.
      .catch(work)
      .catch((error) => problem('misconfigured', error))
      .finally(() => (running = undefined));
    return running;
  };

  return {
    collector,
    open: queue.open,
    add(event, durable) {
      queue.add(event, durable);
      schedule(BATCH_WAIT_MS);
    },
    flush,
    leave() {
      letGo();
      queue.journal();
      while (!paused && Date.now() >= notBefore) {
        const request = nextRequest(Math.min(collector.maxBytes, keepaliveRoom()), true);
        if (!request) return;
        void send(request, true);
      }
    },
    purge() {
      cancel.abort();
      cancel = new AbortController();
      queue.purge();
    },
    stop() {
      unschedule();
      cancel.abort();
      letGo();
    },
  };
}
