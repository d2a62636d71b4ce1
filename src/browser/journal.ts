import { attempt } from './attempt.js';

/**
 * Keys of the journal's entries, each a queue's prefix with an event's id. The journal is small texts in localStorage, which
 * is written at once: WebKit never keeps IndexedDB writes made inside `pagehide`.
 */
export function journaled(prefix: string): string[] {
  // Not by the entries: what others keep there may be megabytes.
  return attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(prefix))) ?? [];
}

/** Never throws; what storage refuses is not kept. */
export function jot(key: string, text: string): void {
  attempt(() => (localStorage[key] = text));
}

/** Removes an entry, if there is one. Never throws. */
export function strike(key: string): void {
  attempt(() => delete localStorage[key]);
}
