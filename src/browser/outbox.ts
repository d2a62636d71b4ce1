import type { BatchAnswer } from '../protocol/index.js';
import type { Collector, CollectorRequest, QueuedEvent, ReportProblem } from './contracts.js';
import { createQueue } from './queue.js';
import { byteLength, keepaliveRoom, post } from './transport.js';

/** The way to one collector, with its own queue, retry and pause. */
export interface Outbox {
  /** What must be granted, besides `analytics`, before an event goes here. */
  purpose: Collector['purpose'];
  /** Begins to use the disk and to send what earlier pages left. Needs consent. */
  open(): void;
  add(event: QueuedEvent): void;
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
const MAX_BATCH_EVENTS = 1000;
/** Room for the envelope that the collector puts around the events. */
const ENVELOPE_BYTES = 1000;

/** Creates the outbox; it touches neither disk nor network until it is opened or given an event. */
export function createOutbox({ name, purpose, maxBytes, encode }: Collector, problem: ReportProblem): Outbox {
  const queue = createQueue(`filrouge ${name}`, problem);
  /**
   * Ids in requests that wait for an answer or were accepted; true: by keepalive, which survives the page and needs no
   * second copy. Accepted ones stay, because a copy may just be coming from the disk.
   */
  const underway = new Map<string, boolean>();
  let cancel = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let letGo = () => {};
  let away = false;
  let leaving = false;
  let retrying = false;
  let failures = 0;
  let batchEvents = MAX_BATCH_EVENTS;
  /** Epoch ms before which the collector asked to be left alone. */
  let notBefore = 0;
  const isBlocked = () => Date.now() <= notBefore;

  const schedule = (ms: number) => {
    timer ??= setTimeout(flush, ms);
  };
  const unschedule = () => {
    clearTimeout(timer);
    timer = undefined;
  };

  const nextRequest = (leaving: boolean): CollectorRequest | undefined => {
    const events: QueuedEvent[] = [];
    let room = (leaving ? Math.min(maxBytes, keepaliveRoom()) : maxBytes) - ENVELOPE_BYTES;
    for (const event of queue.pending()) {
      if (leaving ? underway.get(event.id) : underway.has(event.id)) continue;
      room -= byteLength(event.json) + 1;
      if (events.length >= batchEvents || (room < 0 && (leaving || events.length))) break;
      events.push(event);
    }
    return events[0] ? encode(events, new Date().toISOString())[0] : undefined;
  };

  /** Sends one request and draws the consequence of the answer; true when the next may follow at once. */
  const send = async ({ url, body, ids }: CollectorRequest, leaving: boolean): Promise<boolean> => {
    const { signal } = cancel;
    // Small requests travel with keepalive even while the page stays, so that leaving interrupts none of them.
    const bytes = byteLength(body);
    const keepalive = leaving || bytes * 2 < keepaliveRoom();
    for (const id of ids) underway.set(id, keepalive);
    const response = await post(url, body, keepalive && bytes, signal);
    const status = response?.status ?? 0;
    if (signal.aborted) return false;
    if (response?.ok) {
      failures = 0;
      batchEvents = MAX_BATCH_EVENTS;
      queue.remove(ids);
      for (const id of ids) underway.set(id, true);
      // A body that breaks off or is no JSON only hides rejections: the events were taken.
      const answer: BatchAnswer | undefined = await response.json().catch(() => {});
      for (const { code } of answer?.rejected ?? []) problem('refused', code);
      return true;
    }
    for (const id of ids) underway.delete(id);
    if ([400, 413, 415, 422].includes(status)) {
      // Halving finds the event that the collector refuses, so that its neighbours are not lost with it.
      batchEvents = ids.length >> 1 || 1;
      if (ids.length < 2) {
        queue.remove(ids);
        problem(status === 413 ? 'too-large' : 'refused', status);
      }
      return true;
    }
    if ([401, 403, 404, 410].includes(status)) {
      // Until the next page.
      notBefore = Infinity;
      problem('misconfigured', status);
    } else retryLater(response?.headers.get('retry-after') ?? '');
    return false;
  };

  /** Retry-After is seconds or an HTTP date (RFC 9110, 10.2.3). */
  const retryLater = (after: string) => {
    // Several requests of one leave fail together: one outage, one step of the back-off.
    if (retrying) return;
    retrying = true;
    const asked = Math.max(0, (+after ? +after * 1000 : Date.parse(after) - Date.now()) || 0);
    const doubled = Math.min(RETRY_FIRST_MS * 2 ** failures++, RETRY_MAX_MS);
    const wait = Math.min(asked, RETRY_AFTER_MAX_MS);
    notBefore = Date.now() + wait;
    unschedule();
    schedule(wait + doubled * (0.5 + Math.random() / 2));
  };

  const drain = async () => {
    await queue.sync();
    for (let request = nextRequest(false); request; request = nextRequest(false)) {
      if (!(await send(request, false))) return;
    }
  };

  /** One tab sends at a time; leaving the page lets go of the lock, which would keep it out of the back/forward cache. */
  const work = () => Promise.race([drain(), new Promise<void>((resolve) => (letGo = resolve))]);

  const flush = async () => {
    away = document.hidden;
    // The timer of the retry stays.
    if (isBlocked()) return;
    unschedule();
    retrying = false;
    running ??= (async () => navigator.locks.request(`filrouge ${name}`, work))()
      // Insecure pages have no locks, an opaque origin refuses them; two tabs may then send the same event, which the
      // receiver ignores.
      .catch(work)
      .catch((error) => problem('misconfigured', error))
      .finally(() => (running = undefined));
    return running;
  };

  const leave = () => {
    away = true;
    leaving = false;
    letGo();
    queue.journal();
    if (isBlocked()) return;
    for (let request = nextRequest(true); request; request = nextRequest(true)) {
      // A page that is only hidden goes on with what did not fit.
      void send(request, true).then((more) => more && schedule(0));
    }
  };

  return {
    purpose,
    open() {
      queue.open();
      schedule(0);
    },
    add(event) {
      // A page that is hidden or left may end at any moment: what one tick adds leaves at its end.
      away ||= document.hidden;
      queue.add(event, away);
      if (!away) schedule(BATCH_WAIT_MS);
      else if (!leaving) {
        leaving = true;
        queueMicrotask(leave);
      }
    },
    flush,
    leave,
    purge() {
      cancel.abort();
      cancel = new AbortController();
      queue.purge();
    },
    stop() {
      unschedule();
      cancel.abort();
    },
  };
}
