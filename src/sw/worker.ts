import type { Collector } from '../browser/contracts.js';
import { segment } from '../collectors/segment.js';
import { flushQueue, queueNames } from './flush.js';
import { SYNC_TAG } from './tag.js';

/** What TypeScript's page library does not know of workers. */
interface WakingEvent extends Event {
  /** Of a sync. */
  tag?: string;
  /** Of a message. */
  data?: unknown;
  waitUntil(work: Promise<unknown>): void;
}

declare const clients: {
  matchAll(options: object): Promise<readonly { visibilityState: DocumentVisibilityState }[]>;
};

/**
 * Before the first attempt, answers to what the page sent last may still come and empty the queue; the second outlasts a
 * short outage, because the browser itself tries again only after minutes.
 */
const WAITS_MS = [5000, 25_000];

/**
 * Call it once, in the first run of a service worker: it then delivers what pages left behind whenever the browser says
 * that there is a network (Background Sync), also when no page of the site is open any more, and when a page says that it is
 * being left, which the browser's list of syncs may come too late for. Without `collectors` it finds
 * the queues of the Segment format, which is the tag's, by their names. It does nothing while a page is shown: that one
 * delivers by itself.
 */
export function flushOnSync(collectors?: readonly Collector[]): void {
  addEventListener('sync', (event) => {
    if (isWaking(event) && event.tag === SYNC_TAG) event.waitUntil(flushAll(collectors));
  });
  addEventListener('message', (event) => {
    // Nobody repeats a message, so there is nobody to tell that something is left.
    if (isWaking(event) && event.data === SYNC_TAG) event.waitUntil(flushAll(collectors).catch(() => {}));
  });
}

function isWaking(event: Event): event is WakingEvent {
  return 'waitUntil' in event;
}

/** Rejects when something is left to try again, because that makes the browser repeat the event later. */
async function flushAll(collectors?: readonly Collector[]): Promise<void> {
  for (const ms of WAITS_MS) {
    if (!(await queueNames()).length) return;
    await new Promise((resolve) => setTimeout(resolve, ms));
    const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
    if (windows.some(({ visibilityState }) => visibilityState === 'visible')) return;
    const done = await Promise.all((collectors ?? (await knownCollectors())).map(flushQueue));
    if (!done.includes(false)) return;
  }
  throw new Error('filrouge: the collector did not answer; the browser will ask again');
}

async function knownCollectors(): Promise<Collector[]> {
  const names = await queueNames();
  return names.flatMap((name) => {
    const [, url, writeKey] = /^filrouge segment (\S+) (.*)$/.exec(name) ?? [];
    return url ? segment({ url, writeKey: writeKey ?? '' }) : [];
  });
}
