import type { Person, Store } from '../../stores/contract.js';
import { nameIdentifier } from '../../stores/persons/identifiers.js';
import type { Principals } from './principals.js';

/**
 * The names that stand for this person alone: the one that was asked for, user ids (and the address that such an id is), and
 * devices, addresses and numbers that are theirs as a whole. A couple's mailbox is nobody's alone.
 */
export async function ownNames(
  { store, principals }: { store: Store; principals: Principals },
  person: Person,
  asked: string,
): Promise<Set<string>> {
  const own = new Set([asked]);
  for (const { type, value } of person.identifiers) {
    const name = nameIdentifier({ type, id: value });
    const isTheirs = type === 'userId' || (await store.person(name))?.person === person.person;
    if (!isTheirs) continue;
    own.add(name);
    if (type !== 'userId') continue;
    for (const address of principals.asked(name)) {
      const owner = address === name ? person : await store.person(address);
      if (!owner || owner.person === person.person) own.add(address);
    }
  }
  return own;
}
