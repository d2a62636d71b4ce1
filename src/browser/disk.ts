/** Runs one transaction on the events of a queue, keyed by event id. May reject; the queue carries on in memory. */
export type Disk = <T>(work: (events: IDBObjectStore) => IDBRequest<T> | undefined) => Promise<T | undefined>;

/**
 * Opens the database of one collector's queue; the connection stays open, because opening costs the last events.
 * `onDeleted` is called when somebody deletes the database.
 */
export function openDisk(name: string, onDeleted: () => void): Disk {
  let opening: Promise<IDBDatabase> | undefined;
  const open = async () => {
    const request = indexedDB.open(name);
    request.onupgradeneeded = () => request.result.createObjectStore('events');
    await settled(request);
    return request.result;
  };
  const run: Disk = async (work) => {
    const db = await (opening ??= open());
    // Another tab wants to delete the database: let it, and reconnect at the next call.
    db.onversionchange = ({ newVersion }) => {
      db.close();
      if (!newVersion) onDeleted();
    };
    const transaction = db.transaction('events', 'readwrite');
    const request = work(transaction.objectStore('events'));
    // Without an explicit commit, what is put while the page goes away is lost (design.md 4, measured).
    transaction.commit();
    await settled(transaction);
    return request?.result;
  };
  return (work) =>
    run(work).catch(() => {
      // The connection was closed, or WebKit lost its storage process (UnknownError): reconnect and try once more.
      opening = undefined;
      return run(work);
    });
}

/** Resolves when a request succeeded or a transaction is complete, rejects with its error. */
function settled(target: { error: unknown }): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onFailure = () => reject(target.error);
    Object.assign(target, { onsuccess: resolve, oncomplete: resolve, onerror: onFailure, onabort: onFailure });
  });
}
