import { attempt } from './attempt.js';

/**
 * Small texts by id in localStorage, which is written at once: WebKit never keeps IndexedDB writes made inside `pagehide`.
 * Never throws; what storage refuses is not kept.
 */
export interface Journal {
  read(): [id: string, text: string][];
  write(id: string, text: string): void;
  strike(id: string): void;
}

/** The journal of one queue. */
export function openJournal(name: string): Journal {
  const prefix = `${name} `;
  return {
    read() {
      const all = attempt(() => Object.entries<string>(localStorage)) ?? [];
      return all.filter(([key]) => key.startsWith(prefix)).map(([key, text]) => [key.slice(prefix.length), text]);
    },
    write: (id, text) => void attempt(() => (localStorage[prefix + id] = text)),
    strike: (id) => attempt(() => localStorage.removeItem(prefix + id)),
  };
}
