import type { JsonObject } from '../../protocol/index.js';
import type { IdentifierType, Person, PersonEdge, StoredEvent } from '../contract.js';
import type { EventRow } from '../stamp/stamp.js';
import { edgesOf, type Identified } from './edges.js';
import { identifierOf } from './problems.js';

/** The columns from which a person is described. */
export type PersonRow = Identified & Pick<EventRow, 'type'>;

/** A person from the events that are theirs, oldest first. */
export function describePerson(person: string, timeline: StoredEvent[], rows: readonly PersonRow[]): Person {
  const seen = new Map<string, Person['identifiers'][number]>();
  const traits: JsonObject = {};
  const note = (type: 'userId' | 'anonymousId', name: string | null, at: string): void => {
    if (name === null) return;
    const identifier = identifierOf(name, type);
    const key = `${identifier.type} ${name}`;
    const known = seen.get(key);
    if (known) known.lastSeen = at;
    else seen.set(key, { ...identifier, firstSeen: at, lastSeen: at });
  };
  for (const [i, row] of rows.entries()) {
    const at = new Date(row.at).toISOString();
    note('userId', row.userId, at);
    note('anonymousId', row.anonymousId, at);
    if (!row.undo) note(row.trusted ? 'userId' : 'anonymousId', row.previousId, at);
    for (const name of row.others) note('anonymousId', name, at);
    if (row.type === 'identify') Object.assign(traits, timeline[i]?.traits);
  }
  if (!seen.size)
    note(person.startsWith('u') ? 'userId' : 'anonymousId', person.slice(1), timeline[0]?.timestamp ?? '');
  const edges = describeEdges(
    rows,
    timeline.map(({ messageId }) => messageId),
  );
  return { person: person.slice(1), identifiers: [...seen.values()], edges, traits, timeline };
}

/** The merge log of the events of a person, which are sorted; `messageIds` are theirs. */
function describeEdges(rows: readonly Identified[], messageIds: readonly string[]): PersonEdge[] {
  const edges = new Map<string, PersonEdge>();
  for (const [i, row] of rows.entries()) {
    const at = new Date(row.at).toISOString();
    const note = (kind: PersonEdge['kind'], a: string, b: string, otherwise?: IdentifierType): void => {
      const key = JSON.stringify([kind, a, b]);
      const known = edges.get(key);
      if (known) Object.assign(known, { lastSeen: at, events: known.events + 1 });
      else {
        const between: PersonEdge['between'] = [
          identifierOf(a, otherwise),
          identifierOf(b, kind === 'companion' ? otherwise : 'userId'),
        ];
        edges.set(key, { kind, between, firstSeen: at, lastSeen: at, events: 1, messageId: messageIds[i] ?? '' });
      }
    };
    const { sightings, statements, ties, companions } = edgesOf(row);
    for (const { device, user } of sightings) {
      // The secret key states more about the replaced id of an alias than that it was seen.
      if (!statements.some(({ from }) => from === device)) note('seen', device, user, 'anonymousId');
    }
    for (const { a, b } of ties) note('tie', a, b);
    for (const { a, b } of companions) note('companion', a, b, 'anonymousId');
    for (const { from, to, undo } of statements) note(undo ? 'undo' : 'alias', from, to);
  }
  return [...edges.values()];
}
