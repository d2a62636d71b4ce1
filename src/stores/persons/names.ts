import { compareTexts } from '../compare-texts.js';
import type { IdentifierType } from '../contract.js';
import type { Merge, Pair } from './edges.js';
import { readName } from './identifiers.js';

/** Two unique identifiers that came together but cannot be one person, and the type of which there would be two values. */
export interface Conflict extends Pair {
  type: IdentifierType;
}

/** Who is called what. */
export interface Names {
  /** Name of the person of each unique identifier that has company; others are their own. */
  names: Map<string, string>;
  /** The ties that were not made. */
  conflicts: Conflict[];
}

/** What a group of unique identifiers has. */
interface Group {
  members: string[];
  types: Set<IdentifierType>;
}

/**
 * Joins unique identifiers. Merges, which the secret key states, hold always. Of the ties the earlier come first, and one
 * that would put two values of a type into one person is left out: a loyalty card that two customers show stays with the
 * first. A crowd (see `crowdsOf`) ties nobody. A function of the sets, whatever their order.
 */
export function nameUsers(merges: readonly Merge[], ties: Iterable<Pair>, crowds: ReadonlySet<string>): Names {
  const groups = new Map<string, Group>();
  const groupOf = (name: string): Group => {
    const known = groups.get(name);
    if (known) return known;
    const made: Group = { members: [name], types: new Set([typeOf(name)]) };
    groups.set(name, made);
    return made;
  };
  const join = (a: string, b: string): void => {
    const [into, from] = [groupOf(a), groupOf(b)];
    if (into === from) return;
    into.members.push(...from.members);
    for (const type of from.types) into.types.add(type);
    for (const member of from.members) groups.set(member, into);
  };
  for (const { from, to } of merges) join(from, to);
  const conflicts: Conflict[] = [];
  for (const tie of firstOfEach(ties)) {
    if (crowds.has(tie.a) || crowds.has(tie.b)) continue;
    const [one, other] = [groupOf(tie.a), groupOf(tie.b)];
    const type = one === other ? undefined : [...one.types].sort().find((both) => other.types.has(both));
    if (type) conflicts.push({ ...tie, type });
    else join(tie.a, tie.b);
  }
  const renamed = new Set(merges.filter(({ from, to }) => from !== to).map(({ from }) => from));
  const names = new Map<string, string>();
  for (const { members } of new Set(groups.values())) {
    const [name] = [...members].sort((a, b) => compareNames(a, b, renamed));
    if (name !== undefined && members.length > 1) for (const member of members) names.set(member, name);
  }
  return { names, conflicts };
}

function typeOf(name: string): IdentifierType {
  return readName(name)?.type ?? 'userId';
}

/** Each pair once, at its first time; the earliest first. */
function firstOfEach(pairs: Iterable<Pair>): Pair[] {
  const first = new Map<string, Pair>();
  for (const pair of pairs) {
    const key = JSON.stringify([pair.a, pair.b]);
    const known = first.get(key);
    if (!known || pair.at < known.at) first.set(key, pair);
  }
  return [...first.values()].sort((x, y) => x.at - y.at || compareTexts(x.a, y.a) || compareTexts(x.b, y.b));
}

const RANKS: readonly IdentifierType[] = ['userId', 'crm_id', 'loyalty_id'];

/** The best name first: a user id before a card, then the one that was not renamed, then the smallest. */
function compareNames(a: string, b: string, renamed: ReadonlySet<string>): number {
  const rank = RANKS.indexOf(typeOf(a)) - RANKS.indexOf(typeOf(b));
  return rank || Number(renamed.has(a)) - Number(renamed.has(b)) || compareTexts(a, b);
}
