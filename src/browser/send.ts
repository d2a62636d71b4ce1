import type { BatchAnswer } from '../protocol/index.js';
import { ENVELOPE_BYTES, EVENTS_PER_REQUEST, fillBatch, MISCONFIGURED, REFUSED } from './batch.js';
import type { Collector, CollectorRequest, ReportProblem } from './contracts.js';
import type { Pace } from './pace.js';
import type { Queue } from './queue.js';
import { byteLength, keepaliveRoom, post } from './transport.js';

/** Sends what a queue holds, oldest first, and draws the consequence of each answer. */
export interface Sender {
  /**
   * One request after the other, until nothing waits or one failed. When the page is `leaving`: all at once and
   * synchronously, within the bytes that may outlive it.
   */
  send(leaving: boolean): Promise<void>;
  /** Ends the requests that wait for an answer; their answers mean nothing any more. */
  cancel(): void;
}

/**
 * So long an event is the business of the page that made it: it sends it itself, or has left it to a request that outlives
 * it, whose answer nobody hears. Only then do other pages send it, again perhaps.
 */
const OWN_MS = 5000;
/** A request without an answer for so long is given up and repeated. */
export const TIMEOUT_MS = 30_000;
/**
 * The end of a page rejects requests that in fact outlive it, and may come between the two signs of leaving: the second is
 * not to send it all again. Shorter than the first retry.
 */
const LEFT_MS = 500;

/** Creates the sender of one outbox. */
export function createSender(
  { maxBytes, encode, send: transmit = post }: Collector,
  queue: Queue,
  pace: Pace,
  problem: ReportProblem,
): Sender {
  /**
   * Until when (epoch ms) an event needs no further copy: on its way by keepalive, which survives the page; or accepted,
   * which is for ever, because a copy may just be coming from the disk. Negative: on its way in a request that ends with
   * the page.
   */
  const underway = new Map<string, number>();
  /** What ends the requests that wait for an answer. */
  const open = new Set<AbortController>();
  let batchEvents = EVENTS_PER_REQUEST;

  const mark = (ids: readonly string[], until: number) => ids.forEach((id) => underway.set(id, until));

  const nextRequest = (leaving: boolean): CollectorRequest | undefined => {
    const now = Date.now();
    const due = queue.waiting().filter(({ id, adopted }) => {
      const until = underway.get(id) ?? (adopted ? ownUntil(id, now) : 0);
      return (leaving ? until : Math.abs(until)) <= now;
    });
    const limit = leaving ? Math.min(maxBytes, keepaliveRoom) : maxBytes;
    const events = fillBatch(due, batchEvents, limit - ENVELOPE_BYTES, leaving);
    const [request] = events[0] ? encode(events, new Date(now).toISOString(), limit) : [];
    return request;
  };

  const conclude = async (
    response: Response | undefined,
    ids: readonly string[],
    leaving: boolean,
  ): Promise<boolean> => {
    const status = response?.status ?? 0;
    if (response?.ok) {
      pace.succeed();
      batchEvents = EVENTS_PER_REQUEST;
      queue.remove(ids);
      mark(ids, Infinity);
      // A body that breaks off or is none of ours only hides rejections: the events were taken.
      await response
        .json()
        .then((answer: BatchAnswer) => answer.rejected?.map(({ code }) => problem('refused', code)))
        .catch(() => {});
      return true;
    }
    mark(ids, leaving && !status ? Date.now() + LEFT_MS : 0);
    if (REFUSED.includes(status)) {
      batchEvents = ids.length >> 1 || 1;
      if (ids.length < 2) {
        queue.remove(ids);
        problem(status === 413 ? 'too-large' : 'refused', status);
      }
      return true;
    }
    const isMisconfigured = MISCONFIGURED.includes(status);
    if (isMisconfigured) problem('misconfigured', status);
    // The longest wait there is; the next page tries again anyway.
    pace.fail(isMisconfigured ? '1e9' : (response?.headers.get('retry-after') ?? ''));
    return false;
  };

  /** True when the next request may follow at once. */
  const sendOne = async ({ url, body, ids }: CollectorRequest, leaving: boolean): Promise<boolean> => {
    const ending = new AbortController();
    // Small requests travel with keepalive even while the page stays, so that leaving interrupts none of them; but not after
    // a failure: other scripts may hold all the bytes that the page has for that.
    const bytes = byteLength(body);
    const keepalive = leaving || (!pace.isFailing() && bytes * 2 < keepaliveRoom);
    mark(ids, (Date.now() + TIMEOUT_MS) * (keepalive ? 1 : -1));
    const timer = setTimeout(() => ending.abort(), TIMEOUT_MS);
    open.add(ending);
    const response = await transmit(url, body, keepalive ? bytes : 0, ending.signal);
    const more = open.delete(ending) && (await conclude(response, ids, leaving));
    clearTimeout(timer);
    return more;
  };

  return {
    async send(leaving) {
      let request: CollectorRequest | undefined;
      while ((request = nextRequest(leaving))) {
        const sent = sendOne(request, leaving);
        // A page that is only hidden goes on with what did not fit.
        if (leaving) void sent.then((more) => more && pace.soon(0));
        else if (!(await sent)) return;
      }
      // What another page has on its way.
      if (!leaving && queue.waiting()[0]) pace.soon(OWN_MS);
    },
    cancel() {
      open.forEach((ending) => ending.abort());
      open.clear();
    },
  };
}

/**
 * By the time in its id (UUIDv7). An id of the page's own making has none; one a little in the future is of a burst, as no
 * millisecond is used twice; one far in the future is from before the clock was set back.
 */
function ownUntil(id: string, now: number): number {
  const madeAt = Number(`0x${id.replace('-', '').slice(0, 12)}`);
  return Math.abs(now - madeAt) < OWN_MS ? madeAt + OWN_MS : 0;
}
