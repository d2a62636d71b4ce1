import type { Collector, QueuedEvent } from '../browser/contracts.js';
import { type Disk, openDisk } from '../browser/disk.js';
import { byteLength, post } from '../browser/transport.js';

const MAX_BATCH_EVENTS = 1000;
/** Room for the envelope that the collector puts around the events. */
const ENVELOPE_BYTES = 1000;
/** The collector will not take it later either; halving finds the event that it refuses, and saves its neighbours. */
const REFUSED = [400, 413, 415, 422];

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
  let most = MAX_BATCH_EVENTS;
  while (waiting.length && !withdrawn.aborted) {
    const [request] = encode(firstOf(waiting, most, maxBytes - ENVELOPE_BYTES), new Date().toISOString());
    if (!request) return true;
    const ids = new Set(request.ids);
    const response = await send(request.url, request.body, 0, withdrawn);
    if (withdrawn.aborted) return true;
    if (!response?.ok && !REFUSED.includes(response?.status ?? 0)) {
      // 401 and its like last until somebody mends the page: the events stay for its next visit.
      return [401, 403, 404, 410].includes(response?.status ?? 0);
    }
    if (!response?.ok && ids.size > 1) most = ids.size >> 1;
    else {
      most = MAX_BATCH_EVENTS;
      waiting = waiting.filter(({ id }) => !ids.has(id));
      await disk((events) => void ids.forEach((id) => events.delete(id)));
    }
  }
  return true;
}

/** The first events that fit into so many bytes, at least one. */
function firstOf(events: readonly QueuedEvent[], most: number, bytes: number): QueuedEvent[] {
  let room = bytes;
  const end = events.findIndex(({ json }, index) => {
    room -= byteLength(json) + 1;
    return index >= most || (room < 0 && index > 0);
  });
  return events.slice(0, end < 0 ? events.length : end);
}
