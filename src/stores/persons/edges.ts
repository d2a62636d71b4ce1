import { DAY_MS } from '../../protocol/time.js';
import type { EventRow } from '../stamp/stamp.js';
import { classOf, readName } from './identifiers.js';

/** One event on which something that may change hands (a device, an e-mail address) and a user appear together. */
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

/** A merge, or the word that two identifiers are not one person after all; the latest of the same two counts. */
export interface Statement extends Merge {
  at: number;
  undo: boolean;
}

/** Two identifiers that came together on an event: two of the class `unique`, or two of which neither is. */
export interface Pair {
  a: string;
  b: string;
  at: number;
}

/** What an event says about who is who. */
export interface Edges {
  sightings: Sighting[];
  statements: Statement[];
  /** Pairs of unique identifiers: a user and a loyalty card. */
  ties: Pair[];
  /** Pairs of others on an event that names no user: an anonymous visitor and an e-mail address. */
  companions: Pair[];
}

/** What a row says about who it is; the rest of a row does not matter here. */
export type Identified = Pick<
  EventRow,
  'userId' | 'anonymousId' | 'device' | 'at' | 'previousId' | 'trusted' | 'others' | 'unlinked' | 'undo'
>;

/** Those of an event that says nothing about who is who. */
export const NO_EDGES: Edges = { sightings: [], statements: [], ties: [], companions: [] };

/**
 * The edges of an event, none where its visitor refused (`unlinked`). An alias of the write key makes its previous id a
 * device of the user: were it more, anybody could take over an account. One of the secret key is a statement about
 * everything that it names.
 */
export function edgesOf(row: Identified): Edges {
  const { userId, anonymousId, previousId, others, at } = row;
  if (row.unlinked || (userId === null && !others.length)) return NO_EDGES;
  if (row.undo) return { ...NO_EDGES, statements: statementsOf(row) };
  const users = [userId, ...others.filter(isUnique)].filter((name) => name !== null);
  const devices = [anonymousId, ...others.filter((name) => !isUnique(name))].filter((name) => name !== null);
  const [user] = users;
  if (user === undefined) return { ...NO_EDGES, companions: pairsOf(devices, at) };
  if (previousId !== null) (readName(previousId) && isUnique(previousId) ? users : devices).push(previousId);
  return {
    sightings: devices.map((device) => ({ device, user, at })),
    statements: statementsOf(row),
    ties: users.filter((name) => name !== user).map((name) => sorted({ a: user, b: name, at })),
    companions: [],
  };
}

/** True for names of the class `unique`; a name without a type is a user id here. */
export function isUnique(name: string): boolean {
  const read = readName(name);
  return !read || classOf(read.type) === 'unique';
}

/** One text for two names, whichever comes first. */
export function pairKey(a: string, b: string): string {
  return JSON.stringify(a < b ? [a, b] : [b, a]);
}

function statementsOf({ userId, previousId, others, trusted, undo, at }: Identified): Statement[] {
  if (!trusted || userId === null || previousId === null) return [];
  return [previousId, ...others.filter(isUnique)].map((from) => ({ from, to: userId, at, undo }));
}

function pairsOf(names: readonly string[], at: number): Pair[] {
  return names.flatMap((a, i) => names.slice(i + 1).map((b) => sorted({ a, b, at })));
}

function sorted({ a, b, at }: Pair): Pair {
  return a < b ? { a, b, at } : { a: b, b: a, at };
}

/** The statements that hold: merges with no later undo of the same two, and the pairs whose last word is an undo. */
export function weighStatements(statements: Iterable<Statement>): { merges: Merge[]; separated: Set<string> } {
  const undone = new Map<string, number>();
  const said = [...statements];
  for (const { from, to, at, undo } of said) {
    const key = pairKey(from, to);
    if (undo) undone.set(key, Math.max(at, undone.get(key) ?? at));
  }
  const merges = said.filter(({ from, to, at, undo }) => !undo && at > (undone.get(pairKey(from, to)) ?? -1));
  const merged = new Set(merges.map(({ from, to }) => pairKey(from, to)));
  return { merges, separated: new Set([...undone.keys()].filter((key) => !merged.has(key))) };
}

/** An identifier that meets more than this many others within WINDOW_MS is shared and links nobody. */
export const MAX_COUNTERPARTS = 10;

/**
 * The window of that limit (measures.md 6.3, rule 5): somebody whose browser forgets its id each week has dozens of devices
 * in a year, a test account has them in days.
 */
export const WINDOW_MS = 30 * DAY_MS;

/** True when the times at which one identifier first met each other one are too many too close together. */
export function isCrowd(firsts: readonly number[]): boolean {
  if (firsts.length <= MAX_COUNTERPARTS) return false;
  const ordered = [...firsts].sort((a, b) => a - b);
  return ordered.some((first, i) => (ordered[i + MAX_COUNTERPARTS] ?? Number.POSITIVE_INFINITY) - first <= WINDOW_MS);
}

/** The names that met too many others in these pairs. */
export function crowdsOf(pairs: Iterable<Pair>): Set<string> {
  const met = new Map<string, Map<string, number>>();
  const note = (name: string, other: string, at: number): void => {
    const firsts = met.get(name) ?? new Map<string, number>();
    met.set(name, firsts.set(other, Math.min(at, firsts.get(other) ?? at)));
  };
  for (const { a, b, at } of pairs) {
    note(a, b, at);
    note(b, a, at);
  }
  return new Set([...met].filter(([, firsts]) => isCrowd([...firsts.values()])).map(([name]) => name));
}
