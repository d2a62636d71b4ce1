/**
 * A device as version 0.1 left it on 22 November 2026 (commit 16ec34b), frozen: never adapt this to a later format. It is
 * what `idb-keyval` wrote then, a database at version 1 with a store without key path, keyed by messageId; the journal of a
 * last tick in localStorage; and the device's record with a session whose id is a UUID.
 */
export interface LeftByQueue01 {
  /** The collector of the tag then and now. */
  collectorUrl: string;
  writeKey: string;
  /** How many events wait on disk, and how many more in the journal only. */
  saved: number;
  journaled: number;
}

/** A script that leaves all this on the device of the page it runs in, and resolves when the disk has it. */
export function leaveQueue01({ collectorUrl, writeKey, saved, journaled }: LeftByQueue01): string {
  const name = `filrouge segment ${collectorUrl} ${writeKey}`;
  return `new Promise((resolve, reject) => {
    const start = Date.now() - 3600000;
    const idOf = (i) => {
      const hex = (start + i).toString(16).padStart(12, '0');
      return hex.slice(0, 8) + '-' + hex.slice(8) + '-7abc-8def-' + String(i).padStart(12, '0');
    };
    const eventOf = (i) => JSON.stringify({
      type: 'track', event: 'Fault', properties: { i, text: '' },
      anonymousId: '019abc00-0000-7000-8000-000000000001', messageId: idOf(i), timestamp: new Date(start + i).toISOString(),
      context: {
        page: { url: location.origin + '/', path: '/', search: '', title: '/', referrer: '' },
        consent: { categoryPreferences: { analytics: true, attribution: true, personalization: false, advertising: false } },
        library: { name: 'filrouge', version: '0.1.0' }, locale: 'en-US', timezone: 'UTC',
        filrouge: {
          v: 1, pageView: '019abc00-0000-7000-8000-000000000002', navigation: 'navigate',
          session: { id: '019abc00-0000-7000-8000-000000000003', start: new Date(start).toISOString() },
          sequence: { lane: '000000000004', n: i + 1 },
        },
      },
    });
    localStorage.setItem('filrouge', JSON.stringify({
      anonymousId: '019abc00-0000-7000-8000-000000000001', touches: [],
      session: { id: '019abc00-0000-7000-8000-000000000003', start, last: start + ${saved + journaled} },
      lane: { lane: '000000000004', n: ${saved + journaled} },
    }));
    for (let i = ${saved}; i < ${saved + journaled}; i++) localStorage.setItem(${JSON.stringify(`${name} `)} + idOf(i), eventOf(i));
    const request = indexedDB.open(${JSON.stringify(name)});
    request.onerror = reject;
    request.onupgradeneeded = () => request.result.createObjectStore('events');
    request.onsuccess = () => {
      const writing = request.result.transaction('events', 'readwrite');
      const events = writing.objectStore('events');
      for (let i = 0; i < ${saved}; i++) events.put({ id: idOf(i), json: eventOf(i), minor: undefined }, idOf(i));
      writing.oncomplete = () => { request.result.close(); resolve() };
      writing.onerror = reject;
    };
  })`;
}
