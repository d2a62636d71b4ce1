import { createStore, promisifyRequest } from 'idb-keyval';

/** Runs one transaction on the events of a queue, keyed by event id. May reject; the queue carries on in memory. */
export type Disk = <T>(work: (events: IDBObjectStore) => IDBRequest<T> | undefined) => Promise<T | undefined>;

/**
 * Opens the database of one collector's queue; the connection stays open, because opening costs the last events.
 * `onDeleted` is called when somebody deletes the database.
 */
export function openDisk(name: string, onDeleted: () => void): Disk {
  let store = createStore(name, 'events');
  // Async, because a browser that forbids storage throws at once.
  const run: Disk = async (work) =>
    store('readwrite', async (events) => {
      const { transaction } = events;
      const { db } = transaction;
      // Another tab wants to delete the database: let it, and reconnect at the next call.
      db.onversionchange = ({ newVersion }) => {
        db.close();
        if (!newVersion) onDeleted();
      };
      const request = work(events);
      // Without an explicit commit, what is put while the page goes away is lost (design.md 4, measured).
      transaction.commit();
      await promisifyRequest(transaction);
      return request?.result;
    });
  return (work) =>
    run(work).catch(() => {
      // The connection was closed, or WebKit lost its storage process (UnknownError): reconnect and try once more.
      store = createStore(name, 'events');
      return run(work);
    });
}
