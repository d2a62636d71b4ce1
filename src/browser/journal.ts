import type { QueuedEvent } from './contracts.js';
import { attempt } from './storage.js';

/** What a closing page could not confirm in IndexedDB: one localStorage entry per event, adopted by the next page. */
export interface Journal {
  write(event: QueuedEvent): void;
  erase(id: string): void;
  /** Everything that pages before this one have left. */
  read(): QueuedEvent[];
}

/** Opens the journal of one queue. WebKit never keeps IndexedDB writes made inside `pagehide`; this it keeps. */
export function openJournal(prefix: string): Journal {
  return {
    write: ({ id, json }) => attempt(() => localStorage.setItem(prefix + id, json)),
    erase: (id) => attempt(() => localStorage.removeItem(prefix + id)),
    read: () =>
      attempt(() =>
        Object.entries<string>(localStorage)
          .filter(([key]) => key.startsWith(prefix))
          .map(([key, json]) => ({ id: key.slice(prefix.length), json })),
      ) ?? [],
  };
}
