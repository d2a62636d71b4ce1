import type { Store } from '../stores/contract.js';

/** Gives an answer that was given before, if nothing has changed since, or makes it. */
export type Remember = <T extends { rows: readonly object[] }>(
  name: string,
  query: object | undefined,
  make: () => Promise<T>,
) => Promise<T>;

/** The clock decides what a default period is and which carts are still open: an answer is right for so long. */
const KEPT_MS = 60_000;
const MOST_ANSWERS = 200;
const MOST_ROWS = 20_000;

/**
 * Remembers answers until the store changes, for a minute at most; the same question asked twice at a time is answered
 * once. Whoever asks gets an object of their own. A store that does not count its changes is asked each time.
 */
export function rememberAnswers(store: Pick<Store, 'changes'>, now: () => Date): Remember {
  const answers = new Map<string, Promise<object>>();
  let known: number | undefined;
  return async <T extends { rows: readonly object[] }>(name: string, query: object = {}, make: () => Promise<T>) => {
    const changes = store.changes?.();
    if (changes === undefined) return make();
    if (changes !== known) answers.clear();
    known = changes;
    const key = JSON.stringify([name, Math.floor(now().getTime() / KEPT_MS), query]);
    // The name and the query say which report made it.
    const found = answers.get(key) as Promise<T> | undefined;
    if (found) return structuredClone(await found);
    const made = make();
    answers.set(key, made);
    const forget = (): void => void (answers.get(key) === made && answers.delete(key));
    made.then(({ rows }) => rows.length > MOST_ROWS && forget(), forget);
    for (const oldest of answers.keys()) {
      if (answers.size <= MOST_ANSWERS) break;
      answers.delete(oldest);
    }
    return structuredClone(await made);
  };
}
