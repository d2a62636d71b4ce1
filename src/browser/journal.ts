import { attempt } from './attempt.js';

/**
 * Small texts by id in localStorage, which is written at once: WebKit never keeps IndexedDB writes made inside `pagehide`.
 * Never throws; what storage refuses is not kept.
 */
export interface Journal {
  ids(): string[];
  read(id: string): string;
  write(id: string, text: string): void;
  strike(id: string): void;
}

/** The journal of one queue. */
export function openJournal(name: string): Journal {
  const prefix = `${name} `;
  return {
    // Not by the entries: what others keep there may be megabytes.
    ids: () => (attempt(() => Object.keys(localStorage)) ?? []).flatMap((key) => key.split(prefix)[1] ?? []),
    read: (id) => localStorage[prefix + id],
    write: (id, text) => void attempt(() => (localStorage[prefix + id] = text)),
    strike: (id) => attempt(() => delete localStorage[prefix + id]),
  };
}
