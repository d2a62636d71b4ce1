import { compareTexts } from '../compare-texts.js';
import type { Identifier, IdentifierType, IdentityProblems } from '../contract.js';
import { readName } from './identifiers.js';
import type { Conflict } from './names.js';

/** A name as identifier and type; one without a type is a user id, or what `otherwise` says. */
export function identifierOf(name: string, otherwise: IdentifierType = 'userId'): Identifier {
  return readName(name) ?? { type: otherwise, value: name };
}

/**
 * What was kept apart, in the order of the names; `blocked` are types that stood for nobody together, and on how many
 * events. `shared` are names of users, and of devices with `a` before them.
 */
export function describeProblems(
  conflicts: readonly Conflict[],
  shared: readonly string[],
  blocked: Iterable<readonly [readonly IdentifierType[], number]>,
): IdentityProblems {
  const counts = new Map<IdentifierType, number>();
  for (const [types, events] of blocked) for (const type of types) counts.set(type, (counts.get(type) ?? 0) + events);
  return {
    blocked: [...counts].map(([type, events]) => ({ type, events })).sort((x, y) => compareTexts(x.type, y.type)),
    conflicts: [...conflicts]
      .sort((x, y) => x.at - y.at || compareTexts(x.a, y.a) || compareTexts(x.b, y.b))
      .map(({ a, b, type, at }) => ({
        between: [identifierOf(a), identifierOf(b)],
        type,
        at: new Date(at).toISOString(),
      })),
    shared: [...new Set(shared)]
      .sort(compareTexts)
      .map((key) => identifierOf(key.slice(1), key.startsWith('a') ? 'anonymousId' : 'userId')),
  };
}
