import { setTimeout as pause } from 'node:timers/promises';
import type { Erased, Person, Store } from '../../stores/contract.js';
import { unavailableCode } from '../../stores/unavailable.js';

const LOOK_AGAIN_MS = 100;
const PATIENCE_MS = 60_000;

/**
 * Erases a person from a store that may crash over it. Whether it was done before the crash, the store says when it is back, by
 * what it suppresses since `at`: without that answer the log would never hear of it, and a store that is rebuilt from the log
 * would take the person again. Rejects when the store stays away.
 */
export async function eraseSurely(
  store: Store,
  { identifier, at, person }: { identifier: string; at: string; person: Person },
): Promise<Erased | undefined> {
  const until = performance.now() + PATIENCE_MS;
  let hasCrashed = false;
  for (;;) {
    try {
      const hashes = hasCrashed ? await suppressedAt(store, at) : [];
      const erased = await store.erase(identifier, at);
      if (erased || !hashes.length) return erased;
      const messageIds = person.timeline.map(({ messageId }) => messageId);
      return { person: person.person, identifiers: person.identifiers, messageIds, hashes };
    } catch (error) {
      const code = unavailableCode(error);
      if (!code || code === 'store-stopped' || performance.now() > until) throw error;
      hasCrashed = true;
      await pause(LOOK_AGAIN_MS);
    }
  }
}

async function suppressedAt(store: Store, at: string): Promise<string[]> {
  return [...(await store.suppressions())].flatMap(([hash, since]) => (since === at ? [hash] : []));
}
