import { isCrowd, type Pair, type Sighting } from './edges.js';
import { classOf, readName } from './identifiers.js';

/** A span of a device's time, from <= t < to in milliseconds, and the (canonical) user whose it is; null = nobody's. */
export interface Slice {
  from: number;
  to: number;
  user: string | null;
}

/** When a user was seen. */
export type Seen = Omit<Sighting, 'device'>;

const wholeTime = (user: string): Slice[] => [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, user }];

/**
 * Whose time on a device is whose. One user: all of it, also before the first sighting. Several: each from their sighting
 * to the next one of somebody else, and nobody's before the first. A crowd, or a shared user: nobody's. A function of the
 * set of sightings; users must be canonical.
 */
function sliceDevice(sightings: readonly Seen[], isShared: (user: string) => boolean): Slice[] {
  const users = new Set(sightings.map(({ user }) => user));
  const [only] = users;
  if (users.size === 1 && only !== undefined) return isShared(only) ? [] : wholeTime(only);
  if (isCrowdOfUsers(sightings)) return [];
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

/** True for a device that too many users had in too short a time. */
export function isCrowdOfUsers(sightings: readonly Seen[]): boolean {
  const firsts = new Map<string, number>();
  for (const { user, at } of sightings) firsts.set(user, Math.min(at, firsts.get(user) ?? at));
  return isCrowd([...firsts.values()]);
}

/** What `sliceDevices` starts from; names of devices are bare, users canonical. */
export interface Belongings {
  sightings: ReadonlyMap<string, readonly Seen[]>;
  companions: readonly Pair[];
  /** Devices that met too many others: they link nobody. */
  crowds: ReadonlySet<string>;
  isShared: (user: string) => boolean;
}

/**
 * Whose each device (and e-mail address and phone number) is when. What was seen with a user is cut by `sliceDevice` and
 * settled. What never was is *free*, and belongs to whom its companions belong: free ones that came together are one group;
 * with the companions of one user it is all theirs, with none it is a person of its own under its best name. Companions of
 * several users decide nothing for the group: each member is cut by its own. An anonymous device that showed two e-mail
 * addresses is no bridge between them: its time is cut between their owners.
 */
export function sliceDevices({ sightings, companions, crowds, isShared }: Belongings): Map<string, Slice[]> {
  const settled = new Map([...sightings].map(([device, seen]) => [device, sliceDevice(seen, isShared)]));
  const near = neighboursOf(companions.filter(({ a, b }) => !crowds.has(a) && !crowds.has(b)));
  const divided = new Set([...near.keys()].filter((name) => !sightings.has(name) && isDivided(name, near)));
  const slices = new Map(settled);
  for (const group of groupsOf(near, (name) => !sightings.has(name) && !divided.has(name))) {
    const seen = new Map(group.map((name) => [name, seenWith(near.get(name), settled)]));
    for (const [name, cut] of sliceGroup(seen)) slices.set(name, cut);
  }
  const whole = new Map(slices);
  for (const device of divided)
    slices.set(
      device,
      sliceDevice(seenWith(near.get(device), whole), () => false),
    );
  return slices;
}

interface Neighbour {
  name: string;
  at: number;
}
type Neighbours = ReadonlyMap<string, readonly Neighbour[]>;

function neighboursOf(pairs: readonly Pair[]): Neighbours {
  const near = new Map<string, Neighbour[]>();
  const add = (name: string, neighbour: Neighbour): void => {
    const known = near.get(name);
    if (known) known.push(neighbour);
    else near.set(name, [neighbour]);
  };
  for (const { a, b, at } of pairs) {
    add(a, { name: b, at });
    add(b, { name: a, at });
  }
  return near;
}

/** True for a device (not an address or number) beside which two values of one shared type were seen. */
function isDivided(name: string, near: Neighbours): boolean {
  const type = readName(name)?.type ?? 'anonymousId';
  if (classOf(type) !== 'weak') return false;
  const values = new Map<string, string>();
  return (near.get(name) ?? []).some((neighbour) => {
    const read = readName(neighbour.name);
    if (!read || classOf(read.type) !== 'shared') return false;
    const known = values.get(read.type) ?? read.value;
    values.set(read.type, known);
    return known !== read.value;
  });
}

/** The connected groups of the names for which `isFree` is true. */
function groupsOf(near: Neighbours, isFree: (name: string) => boolean): string[][] {
  const done = new Set<string>();
  const groups: string[][] = [];
  for (const start of near.keys()) {
    if (done.has(start) || !isFree(start)) continue;
    const group = [start];
    done.add(start);
    for (const name of group) {
      for (const { name: next } of near.get(name) ?? []) {
        if (done.has(next) || !isFree(next)) continue;
        done.add(next);
        group.push(next);
      }
    }
    groups.push(group);
  }
  return groups;
}

/** The owners of the neighbours, each at the time when they were seen together. */
function seenWith(neighbours: readonly Neighbour[] = [], slices: ReadonlyMap<string, readonly Slice[]>): Seen[] {
  return neighbours.flatMap(({ name, at }) => {
    const user = ownerAt(slices.get(name), at);
    return user === null ? [] : [{ user, at }];
  });
}

/** Whose a device is at a time, null for nobody's. */
export function ownerAt(slices: readonly Slice[] | undefined, at: number): string | null {
  return slices?.find(({ from, to }) => from <= at && at < to)?.user ?? null;
}

/** The slices of a group of free ones, from the users with whose things each was seen. */
function sliceGroup(seen: ReadonlyMap<string, Seen[]>): [string, Slice[]][] {
  const names = [...seen.keys()];
  const users = new Set([...seen.values()].flat().map(({ user }) => user));
  const [only] = users;
  if (users.size > 1) return [...seen].map(([name, own]) => [name, sliceDevice(own, () => false)]);
  const owner = only ?? bestName(names);
  return owner === undefined ? [] : names.map((name) => [name, wholeTime(owner)]);
}

/** The name of a person of whom no user id is known: an address or number before a device, then the smallest. */
function bestName(names: readonly string[]): string | undefined {
  const rank = (name: string): number => {
    const read = readName(name);
    return read ? (classOf(read.type) === 'shared' ? 0 : 1) : 2;
  };
  const [best] = [...names].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  // A bare anonymous id cannot name a person: it would be taken for the user id of the same text.
  return best !== undefined && rank(best) < 2 ? best : undefined;
}
