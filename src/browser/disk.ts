import { createStore } from 'idb-keyval';
import type { QueuedEvent } from './contracts.js';
import { attempt } from './storage.js';

/** The queue's copy on disk, keyed by event id. Every call may reject; the queue carries on in memory. */
export interface Disk {
  load(): Promise<QueuedEvent[]>;
  ids(): Promise<IDBValidKey[]>;
  put(events: readonly QueuedEvent[]): Promise<unknown>;
  remove(ids: readonly string[]): Promise<unknown>;
  /** Deletes the whole database; it comes back with the next `put`. */
  erase(): void;
}

/** Opens the database of one collector's queue; the connection stays open, because opening costs the last events. */
export function openDisk(name: string): Disk {
  let store = createStore(name, 'events');

  const run = async <T>(
    mode: IDBTransactionMode,
    work: (events: IDBObjectStore) => IDBRequest<T> | undefined,
    again = true,
  ): Promise<T | undefined> => {
    try {
      return await store(
        mode,
        (events) =>
          new Promise((resolve, reject) => {
            const { transaction } = events;
            const { db } = transaction;
            // Another tab wants to delete or upgrade the database: let it, and reconnect at the next call.
            db.onversionchange = () => db.close();
            const request = work(events);
            // Without an explicit commit, what is put while the page goes away is lost (design.md 4, measured).
            if (mode === 'readwrite') transaction.commit?.();
            transaction.oncomplete = () => resolve(request?.result);
            transaction.onabort = transaction.onerror = () => reject(transaction.error);
          }),
      );
    } catch (error) {
      if (!again) throw error;
      // The connection was closed, or WebKit lost its storage process (UnknownError): reconnect and try once more.
      store = createStore(name, 'events');
      return run(mode, work, false);
    }
  };

  return {
    load: async () => (await run('readonly', (events) => events.getAll())) ?? [],
    ids: async () => (await run('readonly', (events) => events.getAllKeys())) ?? [],
    put: (added) => run('readwrite', (events) => void added.forEach((event) => events.put(event, event.id))),
    remove: (ids) => run('readwrite', (events) => void ids.forEach((id) => events.delete(id))),
    erase: () => void attempt(() => indexedDB.deleteDatabase(name)),
  };
}
