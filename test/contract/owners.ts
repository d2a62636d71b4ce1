import type { Store } from '../../src/stores/contract.js';

/** Who each identifier stands for, and their events: `ann: m1 m2`; undefined for nobody. */
export async function owners(store: Store, ...identifiers: string[]): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for (const identifier of identifiers) {
    const person = await store.person(identifier);
    found.push(person && `${person.person}: ${person.timeline.map(({ messageId }) => messageId).join(' ')}`);
  }
  return found;
}
