import type { Erased } from '../contract.js';
import type { EventRow } from '../stamp/stamp.js';
import { isUnique } from './edges.js';
import { nameIdentifier, readName } from './identifiers.js';
import type { Persons } from './resolve.js';

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

/** An event that may have to go, with the key of its person. */
export type Erasable = Pick<
  EventRow,
  'messageId' | 'userId' | 'anonymousId' | 'device' | 'previousId' | 'trusted' | 'others'
> & {
  person: string;
};

/** Who is to be erased. */
export interface ErasureRequest {
  identifier: string;
  /** What `keysOf` says about it. */
  keys: readonly string[];
  ownerOf: Persons['ownerOf'];
  canonical: Persons['canonical'];
}

/** True for the events that go: those of the persons, and for the id of a device what happened on it without a login. */
export function isErased({ identifier, keys }: Pick<ErasureRequest, 'identifier' | 'keys'>, row: Erasable): boolean {
  const device = `a${identifier}`;
  return keys.includes(row.person) || (keys.includes(device) && row.userId === null && row.device === device);
}

/** Everything of the person (or persons) behind an identifier; `gone` are the events for which `isErased` is true. */
export function describeErasure(
  { identifier, keys, ownerOf, canonical }: ErasureRequest,
  gone: readonly Erasable[],
): Erasure {
  const identifiers = new Map<string, Erased['identifiers'][number]>();
  const add = (type: 'userId' | 'anonymousId', name: string) =>
    identifiers.set(`${type} ${name}`, readName(name) ?? { type, value: name });
  for (const { userId, anonymousId, device, previousId, trusted, others } of gone) {
    if (userId !== null) add('userId', userId);
    if (userId !== null && trusted && previousId !== null) add('userId', previousId);
    if (anonymousId !== null && keys.includes(ownerOf(anonymousId))) add('anonymousId', anonymousId);
    for (const name of others) {
      if (isUnique(name)) {
        if (keys.includes(`u${canonical(name)}`)) add('userId', name);
      } else if (keys.includes(ownerOf(name))) add('anonymousId', name);
    }
    if (userId === null && anonymousId === null)
      add(device.startsWith('u') ? 'userId' : 'anonymousId', device.slice(1));
  }
  const person = keys.find((key) => gone.some((row) => row.person === key))?.slice(1) ?? identifier;
  return {
    person,
    identifiers: [...identifiers.values()],
    messageIds: gone.map(({ messageId }) => messageId),
    principals: [...new Set([...identifiers.values()].map(({ type, value }) => nameIdentifier({ type, id: value })))],
  };
}
