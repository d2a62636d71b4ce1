import { createHash, createHmac } from 'node:crypto';
import { MAX_ID_LENGTH } from '../../protocol/index.js';
import type { IdentifierType } from '../contract.js';
import { isBlockedId } from './blocked.js';
import { type Country, normalisePhone } from './phone.js';

/**
 * What an identifier can prove (measures.md 6.3, rule 1). `unique`: two values of one type are two persons. `shared`: names
 * one person mostly, but couples share a mailbox. `weak`: names a device. All that is none of these (click ids, push tokens,
 * IP addresses) is never an edge.
 */
export type IdentifierClass = 'unique' | 'shared' | 'weak';

const CLASSES: { readonly [type in IdentifierType]: IdentifierClass } = {
  userId: 'unique',
  crm_id: 'unique',
  loyalty_id: 'unique',
  email_hash: 'shared',
  phone_hash: 'shared',
  anonymousId: 'weak',
  device_id: 'weak',
  'android.id': 'weak',
  'android.idfa': 'weak',
  'ios.id': 'weak',
  'ios.idfa': 'weak',
  ga_client_id: 'weak',
};

/** What clients call these types: Segment's names, and ours in camel case. */
const TYPES: ReadonlyMap<string, IdentifierType> = new Map<string, IdentifierType>([
  ...Object.keys(CLASSES).map((type): [string, IdentifierType] => [type, type as IdentifierType]),
  ['user_id', 'userId'],
  ['anonymous_id', 'anonymousId'],
  ['crmId', 'crm_id'],
  ['loyaltyId', 'loyalty_id'],
  ['email', 'email_hash'],
  ['email_sha256', 'email_hash'],
  ['phone', 'phone_hash'],
  ['phone_sha256', 'phone_hash'],
  ['deviceId', 'device_id'],
]);

/** How contact data become join keys. */
export interface HashOptions {
  /** The owner's secret; the one of the store, for ever. */
  pepper: string;
  /** The country of phone numbers without a country code. */
  country?: Country | undefined;
}

/** An entry of `context.externalIds` (Segment's convention). */
export interface ExternalId {
  id: string;
  type: IdentifierType;
  collection: 'users';
  encoding: 'none' | 'hmac-sha256';
}

/**
 * An identifier as it may be stored and sent on; undefined for types that join nobody and for values that stand for nobody.
 * E-mail addresses and phone numbers become `email_hash` and `phone_hash`: whoever has them in the clear (an import, a till)
 * calls this first, so that no log ever has them. Pure.
 */
export function externalId(type: string, value: string, options: HashOptions): ExternalId | undefined {
  const known = TYPES.get(type);
  if (!known || value.length > MAX_ID_LENGTH || isBlockedId(value)) return undefined;
  if (CLASSES[known] !== 'shared') return { id: value.trim(), type: known, collection: 'users', encoding: 'none' };
  const id = hashContact(known === 'email_hash' ? 'email' : 'phone', value, options);
  return id === undefined ? undefined : { id, type: known, collection: 'users', encoding: 'hmac-sha256' };
}

/**
 * The join key of an e-mail address or phone number: HMAC-SHA-256 (base64url) over the SHA-256 (hex) of the normalised value
 * - trimmed and in lower case, or E.164. So the plain SHA-256 that ad platforms and clients use meets the value itself; what
 * is such a key already stays. Undefined for what is neither.
 */
export function hashContact(
  kind: 'email' | 'phone',
  value: string,
  { pepper, country }: HashOptions,
): string | undefined {
  const text = value.trim();
  if (/^[\w-]{43}$/.test(text)) return text;
  const plain = /^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : sha256(normalise(kind, text, country));
  return plain === undefined || isBlockedId(plain)
    ? undefined
    : createHmac('sha256', pepper).update(plain).digest('base64url');
}

function normalise(kind: 'email' | 'phone', text: string, country: Country | undefined): string | undefined {
  if (kind === 'phone') return normalisePhone(text, country);
  const email = text.toLowerCase();
  return /^[^\s@]+@[^\s@]+$/.test(email) && !isBlockedId(email) ? email : undefined;
}

function sha256(text: string | undefined): string | undefined {
  return text === undefined ? undefined : createHash('sha256').update(text).digest('hex');
}

/**
 * The one text that stands for an identifier everywhere: user and anonymous ids as they are, others with their type before
 * them (`loyalty_id:4711`). A row of an import that has no other identity may use it as `userId` (class `unique`) or as
 * `anonymousId` (the others): it is then filed under it.
 */
export function nameIdentifier({ type, id }: Pick<ExternalId, 'type' | 'id'>): string {
  return type === 'userId' || type === 'anonymousId' ? id : `${type}:${id}`;
}

/** The type and value that a name says, undefined for one without a type (a user id, an anonymous id). */
export function readName(name: string): { type: IdentifierType; value: string } | undefined {
  const end = name.indexOf(':');
  const type = end < 0 ? undefined : TYPES.get(name.slice(0, end));
  if (!type || name.slice(0, end) !== type || type === 'userId' || type === 'anonymousId') return undefined;
  return { type, value: name.slice(end + 1) };
}

/** The type that a client means by its name, undefined for one that joins nobody. */
export function typeOf(type: string): IdentifierType | undefined {
  return TYPES.get(type);
}

/** What a type can prove. */
export function classOf(type: IdentifierType): IdentifierClass {
  return CLASSES[type];
}

/**
 * The name that somebody who asks about a person means: `email:ann@example.com` and `phone:+33…` become the names of their
 * hashes, `loyaltyId:4711` what is filed as `loyalty_id:4711`, `userId:ann` is `ann`; everything else is a name already.
 */
export function nameAsked(asked: string, options: HashOptions): string {
  const end = asked.indexOf(':');
  const type = asked.slice(0, Math.max(end, 0));
  const known = TYPES.get(type);
  if (!known || readName(asked)) return asked;
  const found = externalId(type, asked.slice(end + 1), options);
  return found ? nameIdentifier(found) : asked;
}
