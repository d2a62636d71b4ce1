import type { WireEvent } from '../protocol/index.js';
import { isBlockedId } from './blocked.js';
import { externalId, type HashOptions, nameIdentifier } from './identifiers.js';
import { type Loose, objectOf, textOf } from './loose.js';
import { isUnique } from './person-edges.js';

/** What an event says about who it is. */
export interface EventIdentity {
  userId: string | null;
  anonymousId: string | null;
  device: string;
  previousId: string | null;
  /** Names of further identifiers, see `EventRow.others`. */
  others: readonly string[];
  unlinked: boolean;
  undo: boolean;
}

const NONE: readonly string[] = [];
/** More than this on one event is a mistake; the rest is left out. */
const MAX_OTHERS = 10;
const REMEMBERED = 10_000;

/** Reads the identifiers of events. It remembers join keys: the same few come again and again, and each costs an HMAC. */
export function createIdentityReader(options: HashOptions): (event: WireEvent, context: Loose | null) => EventIdentity {
  const known = new Map<string, string | null>();
  const nameOf = (type: string, id: string): string | null => {
    const key = `${type} ${id}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= REMEMBERED) known.clear();
    const made = externalId(type, id, options);
    const name = made ? nameIdentifier(made) : null;
    known.set(key, name);
    return name;
  };
  return (event, context) => readIdentity(event, context, nameOf);
}

function readIdentity(
  { userId, anonymousId, previousId, type, traits }: WireEvent,
  context: Loose | null,
  nameOf: (type: string, id: string) => string | null,
): EventIdentity {
  let user = realId(userId);
  let device = realId(anonymousId);
  let others = NONE;
  if (context?.externalIds !== undefined || (type === 'identify' && traits)) {
    others = readOthers(context, type === 'identify' ? objectOf(traits) : null, nameOf);
    user ??= others.find(isUnique) ?? null;
    if (user === null) device ??= others.find((name) => !isUnique(name)) ?? null;
    others = others.filter((name) => name !== user && name !== device);
  }
  // Where no value is real the event stays under the unreal one, with others of which nobody knows whose they are.
  const unreal = textOf(anonymousId) === null ? `u${userId ?? ''}` : `a${anonymousId}`;
  return {
    userId: user,
    anonymousId: device,
    device: device !== null ? `a${device}` : user !== null ? `u${user}` : unreal,
    previousId: type === 'alias' ? realId(previousId) : null,
    others,
    unlinked: refusesLinks(context),
    undo: type === 'alias' && objectOf(context?.filrouge)?.undo === true,
  };
}

function realId(id: unknown): string | null {
  return typeof id === 'string' && !isBlockedId(id) ? id : null;
}

/** Names from `context.externalIds` and from the traits of an identify call, unique ones first, sorted. */
function readOthers(
  context: Loose | null,
  traits: Loose | null,
  nameOf: (type: string, id: string) => string | null,
): readonly string[] {
  const found: (string | null)[] = [];
  const list = Array.isArray(context?.externalIds) ? (context.externalIds as unknown[]) : [];
  for (const entry of list.slice(0, MAX_OTHERS)) {
    const { type, id } = objectOf(entry) ?? {};
    const text = textOf(id);
    if (typeof type === 'string' && text !== null) found.push(nameOf(type, text));
  }
  for (const type of ['email', 'phone', 'loyaltyId']) {
    const text = textOf(traits?.[type]);
    if (text !== null) found.push(nameOf(type, text));
  }
  const names = found.filter((name) => name !== null);
  return names.length ? [...new Set(names)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)) : NONE;
}

function rank(name: string): number {
  return isUnique(name) ? 0 : 1;
}

/** True where the visitor denied `analytics`, or `stitching` by name: such an event is kept, and joins nobody (rule 10). */
function refusesLinks(context: Loose | null): boolean {
  const consent = context?.consent;
  if (consent === undefined) return false;
  const preferences = objectOf(objectOf(consent)?.categoryPreferences);
  return preferences?.analytics === false || preferences?.stitching === false;
}
