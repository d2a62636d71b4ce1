import { crowdsOf, edgesOf, type Identified, isCrowd, pairKey, type Sighting, weighStatements } from './edges.js';
import { type Conflict, nameUsers } from './names.js';
import { isCrowdOfUsers, ownerAt, type Seen, sliceDevices } from './slices.js';

/** Who is who, computed from all events. */
export interface Persons {
  /** The key of the person behind an event: `u` + canonical user, `a` + device, or what it is filed under. */
  personOf: (row: Identified) => string;
  canonical: (user: string) => string;
  /** The key of the person whose the whole device is. */
  ownerOf: (device: string) => string;
  /** The ties that would have put two of a kind into one person. */
  conflicts: Conflict[];
  /** What met too many others, and links nobody: `u` + user, `a` + device. */
  shared: readonly string[];
}

/** Resolves all events at once; the plain version of what an engine may do step by step. */
export function resolvePersons(rows: readonly Identified[]): Persons {
  const edges = rows.map(edgesOf);
  const { merges, separated } = weighStatements(edges.flatMap(({ statements }) => statements));
  const isLinked = ({ a, b }: { a: string; b: string }): boolean => !separated.has(pairKey(a, b));
  const ties = edges.flatMap((one) => one.ties).filter(isLinked);
  const tieCrowds = crowdsOf(ties);
  const { names, conflicts } = nameUsers(merges, ties, tieCrowds);
  const canonical = (user: string): string => names.get(user) ?? user;
  const seen = edges
    .flatMap((one) => one.sightings)
    .filter(({ device, user }) => isLinked({ a: device, b: user }))
    .map((one) => ({ ...one, user: canonical(one.user) }));
  const sightings = byDevice(seen);
  const sharedUsers = findSharedUsers(seen);
  const companions = edges.flatMap((one) => one.companions).filter(isLinked);
  const crowds = crowdsOf(companions);
  const deviceCrowds = [...sightings].filter(([, seenBy]) => isCrowdOfUsers(seenBy)).map(([device]) => device);
  const slices = sliceDevices({ sightings, companions, crowds, isShared: (user) => sharedUsers.has(user) });
  return {
    canonical,
    personOf({ userId, anonymousId, device, at }) {
      if (userId !== null) return `u${canonical(userId)}`;
      const owner = anonymousId === null ? null : ownerAt(slices.get(anonymousId), at);
      return owner === null ? device : `u${owner}`;
    },
    ownerOf(device) {
      const [slice] = slices.get(device) ?? [];
      return slice?.user && slice.from === Number.NEGATIVE_INFINITY ? `u${slice.user}` : `a${device}`;
    },
    conflicts,
    shared: [
      ...[...tieCrowds, ...sharedUsers].map((name) => `u${name}`),
      ...[...crowds, ...deviceCrowds].map((name) => `a${name}`),
    ],
  };
}

function byDevice(sightings: readonly Sighting[]): Map<string, Seen[]> {
  const devices = new Map<string, Seen[]>();
  for (const { device, user, at } of sightings) {
    const known = devices.get(device);
    if (known) known.push({ user, at });
    else devices.set(device, [{ user, at }]);
  }
  return devices;
}

/** Users with more devices in the window than anybody has: a test account, an id that a program made up. */
function findSharedUsers(sightings: readonly Sighting[]): Set<string> {
  const firsts = new Map<string, Map<string, number>>();
  for (const { device, user, at } of sightings) {
    const own = firsts.get(user) ?? new Map<string, number>();
    firsts.set(user, own.set(device, Math.min(at, own.get(device) ?? at)));
  }
  return new Set([...firsts].filter(([, own]) => isCrowd([...own.values()])).map(([user]) => user));
}
