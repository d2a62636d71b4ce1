import type { EventRow } from './stamp.js';

/** A user or device that was seen with more different counterparts than this is shared and links nobody. */
export const MAX_COUNTERPARTS = 10;

/** One event on which a device and a user appear together. */
export interface Sighting {
  device: string;
  user: string;
  at: number;
}

/** A statement of the secret key that two user ids are one person; `to` is the newer name. */
export interface Merge {
  from: string;
  to: string;
}

/** A span of a device's time, from <= t < to in milliseconds, and the (canonical) user whose it is; null = nobody's. */
export interface Slice {
  from: number;
  to: number;
  user: string | null;
}

/** What a row says about who it is; the rest of a row does not matter here. */
export type Identified = Pick<EventRow, 'userId' | 'anonymousId' | 'device' | 'at' | 'previousId' | 'trusted'>;

/** The sightings of an event: its own device, and for an alias the id that it replaces (as a device id). */
export function sightingsOf({ userId, anonymousId, previousId, at }: Identified): Sighting[] {
  if (userId === null) return [];
  return [anonymousId, previousId].flatMap((device) => (device === null ? [] : [{ device, user: userId, at }]));
}

/** The merge that an alias of the secret key states. With the public key anybody could take over an account. */
export function mergesOf({ userId, previousId, trusted }: Identified): Merge[] {
  return trusted && userId !== null && previousId !== null ? [{ from: previousId, to: userId }] : [];
}

/**
 * The name of each merged user: the one that was not renamed itself, the smallest where there are several or (in a
 * circle) none. Users without merges are not in the map. The order of the merges does not matter.
 */
export function canonicalUsers(merges: Iterable<Merge>): Map<string, string> {
  const parent = new Map<string, string>();
  const renamed = new Set<string>();
  const root = (user: string): string => {
    let at = user;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  for (const { from, to } of merges) {
    for (const user of [from, to]) if (!parent.has(user)) parent.set(user, user);
    parent.set(root(from), root(to));
    if (from !== to) renamed.add(from);
  }
  const names = new Map<string, string>();
  for (const user of parent.keys()) {
    const name = names.get(root(user));
    if (name === undefined || isBetterName(user, name, renamed)) names.set(root(user), user);
  }
  return new Map([...parent.keys()].map((user) => [user, names.get(root(user)) ?? user]));
}

function isBetterName(user: string, than: string, renamed: Set<string>): boolean {
  if (renamed.has(user) !== renamed.has(than)) return renamed.has(than);
  return user < than;
}

/**
 * Whose time on a device is whose. One user: all of it, also before the first sighting. Several: each from their sighting
 * to the next one of somebody else, and nobody's before the first. More than MAX_COUNTERPARTS, or a shared user: nobody's.
 * A function of the set of sightings; users must be canonical.
 */
export function sliceDevice(sightings: Omit<Sighting, 'device'>[], isShared: (user: string) => boolean): Slice[] {
  const users = new Set(sightings.map(({ user }) => user));
  if (users.size > MAX_COUNTERPARTS) return [];
  const [only] = users;
  if (users.size === 1 && only !== undefined) {
    return isShared(only) ? [] : [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, user: only }];
  }
  const slices: Slice[] = [];
  for (const { user, at } of [...sightings].sort((a, b) => a.at - b.at || (a.user < b.user ? -1 : 1))) {
    const owner = isShared(user) ? null : user;
    const last = slices.at(-1);
    if (last && last.user === owner) continue;
    if (last) last.to = at;
    slices.push({ from: at, to: Number.POSITIVE_INFINITY, user: owner });
  }
  return slices;
}

/** Who is who, computed from all events. */
export interface Persons {
  /** The key of the person behind an event: `u` + canonical user, `a` + device, or what it is filed under. */
  personOf: (row: Identified) => string;
  canonical: (user: string) => string;
  /** The key of the person whose the whole device is. */
  ownerOf: (device: string) => string;
}

/** Resolves all events at once; the plain version of what an engine may do step by step. */
export function resolvePersons(rows: readonly Identified[]): Persons {
  const names = canonicalUsers(rows.flatMap(mergesOf));
  const canonical = (user: string): string => names.get(user) ?? user;
  const devices = new Map<string, Sighting[]>();
  const seenOn = new Map<string, Set<string>>();
  for (const { device, user, at } of rows.flatMap(sightingsOf)) {
    const name = canonical(user);
    getOrAdd(devices, device, () => []).push({ device, user: name, at });
    getOrAdd(seenOn, name, () => new Set<string>()).add(device);
  }
  const isShared = (user: string): boolean => (seenOn.get(user)?.size ?? 0) > MAX_COUNTERPARTS;
  const slices = new Map([...devices].map(([device, sightings]) => [device, sliceDevice(sightings, isShared)]));
  const sliceAt = (device: string, at: number) => slices.get(device)?.find(({ from, to }) => from <= at && at < to);
  return {
    canonical,
    personOf({ userId, anonymousId, device, at }) {
      if (userId !== null) return `u${canonical(userId)}`;
      const owner = anonymousId === null ? null : sliceAt(anonymousId, at)?.user;
      return owner ? `u${owner}` : device;
    },
    ownerOf(device) {
      const [slice] = slices.get(device) ?? [];
      return slice?.user && slice.from === Number.NEGATIVE_INFINITY ? `u${slice.user}` : `a${device}`;
    },
  };
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
