import type { WireEvent } from '../../protocol/index.js';
import type { IdentifierType } from '../contract.js';
import { type Loose, objectOf, textOf } from '../loose.js';
import { isBlockedId } from '../persons/blocked.js';
import { isUnique } from '../persons/edges.js';
import { externalId, type HashOptions, nameIdentifier, typeOf } from '../persons/identifiers.js';

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
  blocked: readonly IdentifierType[];
}

const NONE: readonly string[] = [];
const NONE_BLOCKED: readonly IdentifierType[] = [];
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
  const blocked = findBlocked({ userId, anonymousId }, type === 'identify' ? traits : undefined, context);
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
    blocked,
  };
}

/** The types of the values that stand for nobody (rule 4), each once; an empty one is none at all. */
function findBlocked(
  ids: { userId: unknown; anonymousId: unknown },
  traits: unknown,
  context: Loose | null,
): readonly IdentifierType[] {
  const { userId, anonymousId } = ids;
  const isJunk = (value: unknown): boolean => typeof value === 'string' && value !== '' && isBlockedId(value);
  const [user, device] = [isJunk(userId), isJunk(anonymousId)];
  if (!user && !device && !traits && context?.externalIds === undefined) return NONE_BLOCKED;
  const found = new Set<IdentifierType>();
  if (user) found.add('userId');
  if (device) found.add('anonymousId');
  for (const [type, value] of externals(context, objectOf(traits))) {
    const known = typeOf(type);
    if (known && isBlockedId(value)) found.add(known);
  }
  return found.size ? [...found].sort() : NONE_BLOCKED;
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
  const names = externals(context, traits)
    .map(([type, value]) => nameOf(type, value))
    .filter((name) => name !== null);
  return names.length ? [...new Set(names)].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)) : NONE;
}

/** The types and values of `context.externalIds` and of the traits that are identifiers. */
function externals(context: Loose | null, traits: Loose | null): [type: string, value: string][] {
  const list = Array.isArray(context?.externalIds) ? (context.externalIds as unknown[]) : [];
  const entries = list.slice(0, MAX_OTHERS).map((entry) => objectOf(entry) ?? {});
  const named = ['email', 'phone', 'loyaltyId'].map((type) => ({ type, id: traits?.[type] }));
  return [...entries, ...named].flatMap(({ type, id }): [string, string][] => {
    const value = textOf(id);
    return typeof type === 'string' && value !== null ? [[type, value]] : [];
  });
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
