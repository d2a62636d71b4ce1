import type { QueuedEvent } from './contracts.js';
import { attempt } from './storage.js';

/** What a closing page could not confirm in IndexedDB: one localStorage entry per event, adopted by the next page. */
export interface Journal {
  write(event: QueuedEvent): void;
  erase(id: string): void;
  /** Everything that pages before this one have left. */
  read(): QueuedEvent[];
}

/** Small, because it is for the events of one last tick; localStorage belongs to the site. */
const MAX_CHARS = 1_000_000;

/** Opens the journal of one queue. WebKit never keeps IndexedDB writes made inside `pagehide`; this it keeps. */
export function openJournal(name: string): Journal {
  const prefix = `${name} `;
  const written = new Set<string>();
  let chars = 0;
  return {
    write({ id, json }) {
      if (written.has(id) || (chars += json.length) > MAX_CHARS) return;
      written.add(id);
      attempt(() => localStorage.setItem(prefix + id, json));
    },
    erase(id) {
      if (written.delete(id)) attempt(() => localStorage.removeItem(prefix + id));
    },
    read() {
      const left: QueuedEvent[] = [];
      attempt(() => {
        for (const [key, json] of Object.entries<string>(localStorage)) {
          if (!key.startsWith(prefix)) continue;
          const id = key.slice(prefix.length);
          written.add(id);
          left.push({ id, json });
        }
      });
      return left;
    },
  };
}
