import type { WireEvent } from '../../protocol/index.js';
import { type Loose, objectOf } from '../../stores/loose.js';
import { externalId, type HashOptions, nameIdentifier, readName, typeOf } from '../../stores/persons/identifiers.js';

/** Finds people in what events say beside their identity: an address in a property, a card number in a trait. */
export interface Mentions {
  /** True when the event names one of them somewhere. */
  areIn(event: WireEvent): boolean;
  /** The event without the values that name one of them; the same object when there are none. Changes nothing. */
  removedFrom(event: WireEvent): WireEvent;
}

/** The parts of an event in which a client writes what it likes. Its ids are how stores find it. */
const FIELDS = ['traits', 'properties', 'context', 'integrations', 'name', 'category'] as const;
/** What stands around an address in a text. */
const AROUND = /[\s<>()[\]"',;:=&?/]+/;
const SHA256 = /^[\da-f]{64}$/i;
const PHONE_KEY = /phone|mobile|tel|sms/i;
const PHONE = /^[+0][\d ().-]{7,24}$/;
/**
 * An id that is nothing else wherever it stands: with letters and digits, eight characters; shorter ones are also amounts,
 * sizes and states. Of digits alone, twelve: user 10000042 and order 10000042 are two things.
 */
const DISTINCTIVE = /^(?=.*\d)(?:\d{12,}|(?!\d+$).{8,})$/;
const REMEMBERED_KEYS = 10_000;

/**
 * Looks for names as stores/persons/identifiers.ts makes them (`email_hash:…`, `loyalty_id:4711`, a user id). An address or a phone number
 * is found under any key, in the clear and as SHA-256; an id under the key that means its type, or under any key where it is
 * long and distinctive.
 */
export function createMentions(options: HashOptions, names: ReadonlySet<string>): Mentions {
  const texts = new Set<string>();
  for (const name of names) {
    const read = readName(name);
    if (read) texts.add(name);
    const value = read?.value ?? name;
    if (DISTINCTIVE.test(value)) texts.add(value);
  }
  const kinds = new Set([...names].map((name) => readName(name)?.type));
  const isNamed = (type: string, value: string): boolean => {
    const found = externalId(type, value, options);
    return found !== undefined && names.has(nameIdentifier(found));
  };
  const phoneKeys = new Map<string, boolean>();
  const isPhoneKey = (key: string): boolean => {
    const known = phoneKeys.get(key);
    if (known !== undefined) return known;
    if (phoneKeys.size >= REMEMBERED_KEYS) phoneKeys.clear();
    phoneKeys.set(key, PHONE_KEY.test(key));
    return PHONE_KEY.test(key);
  };
  const isAddress = (text: string): boolean =>
    text.includes('@') && text.split(AROUND).some((part) => part.includes('@') && isNamed('email', part));
  const isPhone = (key: string, text: string): boolean =>
    (PHONE.test(text) || isPhoneKey(key)) && isNamed('phone', text);
  const [seeksEmail, seeksPhone] = [kinds.has('email_hash'), kinds.has('phone_hash')];
  const isHit = (key: string, text: string): boolean =>
    texts.has(text) ||
    (typeOf(key) !== undefined && isNamed(key, text)) ||
    (seeksEmail && (isAddress(text) || (isSha256(text) && isNamed('email', text)))) ||
    (seeksPhone && (isPhone(key, text) || (isSha256(text) && isNamed('phone', text))));

  /** Whether there is anything to prune: the whole log is read with it, and nearly nothing is found. */
  const isAbout = (key: string, value: unknown): boolean => {
    if (typeof value === 'string' || typeof value === 'number') return isHit(key, `${value}`);
    if (typeof value !== 'object' || value === null) return false;
    if (Array.isArray(value)) return value.some((one) => isAbout(key, one));
    const { type, id } = value as Loose;
    if (typeof type === 'string' && typeof id === 'string' && isHit(type, id)) return true;
    for (const name in value) if (isAbout(name, (value as Loose)[name])) return true;
    return false;
  };

  /** What is left of a value; undefined when nothing is. */
  const prune = (key: string, value: unknown): unknown => {
    if (typeof value === 'string' || typeof value === 'number') return isHit(key, `${value}`) ? undefined : value;
    if (Array.isArray(value)) {
      const left = value.map((one: unknown) => prune(key, one));
      return left.every((one, i) => one === value[i]) ? value : left.filter((one) => one !== undefined);
    }
    const object = objectOf(value);
    if (!object) return value;
    const { type, id } = object;
    // An entry of `context.externalIds`.
    if (typeof type === 'string' && typeof id === 'string' && isHit(type, id)) return undefined;
    const entries = Object.entries(object).map(([name, one]) => [name, one, prune(name, one)] as const);
    if (entries.every(([, one, left]) => one === left)) return value;
    return Object.fromEntries(entries.flatMap(([name, , left]) => (left === undefined ? [] : [[name, left]])));
  };
  const areIn = (event: WireEvent): boolean => FIELDS.some((field) => isAbout(field, event[field]));
  const removedFrom = (event: WireEvent): WireEvent => {
    if (!areIn(event)) return event;
    const changed: { [field: string]: unknown } = {};
    for (const field of FIELDS) {
      const left = prune(field, event[field]);
      if (left !== event[field]) changed[field] = left;
    }
    const left = { ...event, ...changed };
    for (const field of FIELDS) if (left[field] === undefined) delete left[field];
    return left;
  };
  return { areIn, removedFrom };
}

function isSha256(text: string): boolean {
  return text.length === 64 && SHA256.test(text);
}
