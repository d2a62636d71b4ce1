import { ENVELOPE_BYTES, EVENTS_PER_REQUEST, fillBatch, MISCONFIGURED, REFUSED } from '../browser/batch.js';
import type { Collector, QueuedEvent } from '../browser/contracts.js';
import { type Disk, openDisk } from '../browser/disk.js';
import { TIMEOUT_MS } from '../browser/send.js';
import { post } from '../browser/transport.js';

/**
 * Sends what pages left in the queue of one collector, under the lock that pages send under. False when the collector could
 * not be reached or asked for time: then it is worth another try. A queue that does not exist is not created: without
 * consent there is none, and a withdrawal during the sending ends it.
 */
export async function flushQueue(collector: Collector): Promise<boolean> {
  const name = `filrouge ${collector.name}`;
  return navigator.locks.request(name, async () => {
    if (!(await queueNames()).includes(name)) return true;
    const withdrawal = new AbortController();
    const disk = openDisk(name, () => withdrawal.abort());
    return drain(collector, disk, withdrawal.signal);
  });
}

/** Names of the queues on this device. */
export async function queueNames(): Promise<string[]> {
  const all = await indexedDB.databases();
  return all.flatMap(({ name }) => (name?.startsWith('filrouge ') ? name : []));
}

async function drain(
  { maxBytes, encode, send = post }: Collector,
  disk: Disk,
  withdrawn: AbortSignal,
): Promise<boolean> {
  let waiting = (await disk<QueuedEvent[]>((events) => events.getAll())) ?? [];
  let most = EVENTS_PER_REQUEST;
  while (waiting.length && !withdrawn.aborted) {
    const [request] = encode(fillBatch(waiting, most, maxBytes - ENVELOPE_BYTES, false), new Date().toISOString());
    if (!request) return true;
    const ids = new Set(request.ids);
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    // Chromium before 116 cannot put them together.
    const signal = AbortSignal.any?.([withdrawn, timeout]) ?? timeout;
    const response = await send(request.url, request.body, 0, signal);
    if (withdrawn.aborted) return true;
    if (!response?.ok && !REFUSED.includes(response?.status ?? 0)) {
      // Until somebody mends the page, the events stay for its next visit.
      return MISCONFIGURED.includes(response?.status ?? 0);
    }
    if (!response?.ok && ids.size > 1) most = ids.size >> 1;
    else {
      most = EVENTS_PER_REQUEST;
      waiting = waiting.filter(({ id }) => !ids.has(id));
      await disk((events) => void ids.forEach((id) => events.delete(id)));
    }
  }
  return true;
}
