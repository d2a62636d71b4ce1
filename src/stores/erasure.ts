import type { Erased } from './contract.js';
import type { Persons } from './persons.js';
import type { EventRow } from './stamp.js';

/** What has to go when somebody is erased. */
export interface Erasure extends Omit<Erased, 'hashes'> {
  /** The identifiers whose later copies are refused: user ids, and devices that nobody else used. */
  principals: string[];
}

/**
 * The identifier under which an event is refused after an erasure: the user, else the device. Not both: when one user of
 * a shared device is erased, the others keep their events.
 */
export function principalOf({ userId, device }: Pick<EventRow, 'userId' | 'device'>): string {
  return userId ?? device.slice(1);
}

/** The keys of the persons that an identifier may stand for, as a user id and as a device id; the user first. */
export function keysOf(identifier: string, { canonical, ownerOf }: Pick<Persons, 'canonical' | 'ownerOf'>): string[] {
  return [...new Set([`u${canonical(identifier)}`, ownerOf(identifier)])];
}

/**
 * Everything of the person (or persons) behind an identifier. For the id of a device that several users share, it is what
 * happened on it without a login.
 */
export function erasure(identifier: string, rows: readonly EventRow[], persons: Persons): Erasure | undefined {
  const keys = new Set(keysOf(identifier, persons));
  const isDevice = keys.has(`a${identifier}`);
  const gone = rows.filter(
    (row) => keys.has(persons.personOf(row)) || (isDevice && row.userId === null && row.device === `a${identifier}`),
  );
  if (!gone.length) return undefined;
  const identifiers = new Map<string, Erased['identifiers'][number]>();
  const add = (type: 'userId' | 'anonymousId', value: string) => identifiers.set(`${type} ${value}`, { type, value });
  for (const { userId, anonymousId, device, previousId, trusted } of gone) {
    if (userId !== null) add('userId', userId);
    if (userId !== null && trusted && previousId !== null) add('userId', previousId);
    if (anonymousId !== null && keys.has(persons.ownerOf(anonymousId))) add('anonymousId', anonymousId);
    if (userId === null && anonymousId === null)
      add(device.startsWith('u') ? 'userId' : 'anonymousId', device.slice(1));
  }
  const [first] = keys;
  const person = gone.some((row) => persons.personOf(row) === first) && first ? first.slice(1) : identifier;
  return {
    person,
    identifiers: [...identifiers.values()],
    messageIds: gone.map(({ messageId }) => messageId),
    principals: [...new Set([...identifiers.values()].map(({ value }) => value))],
  };
}
