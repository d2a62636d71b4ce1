import type { WireEvent } from '../protocol/index.js';
import type { IdentifierType } from '../stores/contract.js';
import {
  classOf,
  type ExternalId,
  externalId,
  type HashOptions,
  nameIdentifier,
  readName,
} from '../stores/persons/identifiers.js';
import { badLink } from './bad-link.js';

/** Whom an event is about, as other systems know people. */
export interface Who {
  userId?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  loyaltyId?: string | undefined;
  crmId?: string | undefined;
  anonymousId?: string | undefined;
}

/** The same without anything in the clear: a user id, or 0, then names of identifiers (`email_hash:…`). Small, for links. */
export type Recipient = [userId: string | 0, ...names: string[]];

/** The identity fields of an event. */
export type EventIdentity = Pick<WireEvent, 'userId' | 'anonymousId'> & { context: { externalIds?: ExternalId[] } };

/** Turns what doors know of people into identifiers that join them to visitors of the site. */
export interface Identities {
  /** Hashes addresses and numbers; what joins nobody is left out. Undefined when nothing is left. */
  recipientOf(who: Who): Recipient | undefined;
  /** The fields of an event about them, or about nobody. */
  identityOf(recipient: Recipient | undefined): EventIdentity;
}

/**
 * For events of people whom nobody knows: an id that stands for nobody (stores/persons/blocked.ts), so that a thousand strangers do
 * not become a thousand persons with one touch each.
 */
const NOBODY = 'anonymous';

/** `pepper` is the store's. */
export function createIdentities(options: HashOptions): Identities {
  return {
    recipientOf({ userId, ...others }) {
      const names: string[] = [];
      for (const [type, value] of Object.entries(others)) {
        const found = value === undefined ? undefined : externalId(type, value, options);
        if (found) names.push(nameIdentifier(found));
      }
      const user = userId?.trim() || 0;
      return user || names.length ? [user, ...names] : undefined;
    },
    identityOf(recipient) {
      const [userId = 0, ...names] = recipient ?? [];
      const ids = names.map((name) => idOf(name, options)).filter((id) => id !== undefined);
      return { ...filedUnder(userId, ids), context: ids.length ? { externalIds: ids } : {} };
    },
  };
}

function idOf(name: string, options: HashOptions): ExternalId | undefined {
  const { type, value } = readName(name) ?? { type: 'anonymousId' as IdentifierType, value: name };
  return externalId(type, value, options);
}

/** Every event needs a user or a device; without either it is filed under its best identifier. */
function filedUnder(userId: string | 0, ids: ExternalId[]): Pick<WireEvent, 'userId' | 'anonymousId'> {
  const device = ids.find(({ type }) => type === 'anonymousId');
  if (userId) return device ? { userId, anonymousId: device.id } : { userId };
  const unique = ids.find(({ type }) => classOf(type) === 'unique');
  if (unique) return { userId: nameIdentifier(unique), ...(device && { anonymousId: device.id }) };
  const [first] = ids;
  return { anonymousId: device?.id ?? (first ? nameIdentifier(first) : NOBODY) };
}

const FIELDS = ['userId', 'email', 'phone', 'loyaltyId', 'crmId', 'anonymousId'] as const;

/** A recipient as JSON gives it. Throws `BadLink`. */
export function checkWho(value: unknown): Who {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badLink('recipient', 'an object');
  const who: Who = {};
  const fields: { [field: string]: unknown } = { ...value };
  for (const field of FIELDS) {
    const text = fields[field];
    delete fields[field];
    if (text === undefined) continue;
    if (typeof text !== 'string' || !text || text.length > 256)
      throw badLink(`recipient.${field}`, 'a text of at most 256 characters');
    who[field] = text;
  }
  const [unknown] = Object.keys(fields);
  if (unknown !== undefined) throw badLink(`recipient.${unknown}`, `left out: there are ${FIELDS.join(', ')}`);
  return who;
}
