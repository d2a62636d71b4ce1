import { randomBytes } from 'node:crypto';
import { countChanges } from './changes.js';
import { accountForConsent } from './consent-book.js';
import type { Erased, KnownQuery, ReportQuery, Store } from './contract.js';
import { conversionsOf } from './conversions.js';
import { countKpis } from './count-kpis.js';
import { journeysOf } from './journeys.js';
import { createMemoryRows, type MemoryRows } from './memory-rows.js';
import { describePerson } from './persons/description.js';
import { describeErasure, isErased, keysOf } from './persons/erasure.js';
import { type HashOptions, nameAsked } from './persons/identifiers.js';
import { describeProblems } from './persons/problems.js';
import { resolvePersons } from './persons/resolve.js';
import { isWithin } from './range.js';
import { isAsked } from './revision.js';
import { compareRows, sessionsOf } from './sessions.js';
import { DIRECT } from './stamp/source.js';
import { type EventRow, storedEvent } from './stamp/stamp.js';
import { hashIdentifier, pepperCheck } from './suppress.js';
import { threadsOf } from './threads.js';
import { toldTouches } from './told-touches.js';

/** Options of `memoryStore`. */
export interface MemoryStoreOptions extends Partial<Pick<HashOptions, 'country'>> {
  /** Key of the HMACs of erased identifiers and of join keys; random by default, which is right as long as nothing is kept. */
  pepper?: string;
}

/**
 * The reference engine: arrays and plain functions, everything computed anew for each question. For tests, demos, and
 * for reading what the other engines must answer.
 */
export function memoryStore(options: MemoryStoreOptions = {}): Store {
  const { pepper = randomBytes(32).toString('hex'), country } = options;
  const hashing: HashOptions = { pepper, country };
  const rows = createMemoryRows(hashing);
  const counted = ({ bots, ...query }: Counted) => knownOf(rows, query).filter(({ row }) => bots || !row.automated);
  /** All that counts for a question, with the sessions and persons that it makes. */
  const visits = (query: Counted) => {
    const { personOf } = personsOf(rows, query);
    const events = counted(query);
    const own = events.map(({ row }) => row);
    const sessions = sessionsOf(own, { personOf, facts: rows.facts });
    return { events, rows: own, personOf, sessions, facts: rows.facts };
  };

  return countChanges({
    ...(options.pepper !== undefined && { pepperCheck: pepperCheck(options.pepper) }),
    position: async () => rows.position(),
    append: async (records) => rows.append(records),
    async *events(query = {}) {
      const { limit = Number.POSITIVE_INFINITY, after } = query;
      const events = rows.events();
      const last = after === undefined ? -1 : events.findIndex(({ row }) => row.messageId === after);
      if (after !== undefined && last < 0) return;
      const found = events.slice(last + 1).filter(({ row }) => isWithin(query, row.at) && isAsked(query, row));
      for (const { wire, row } of found.slice(0, limit)) yield storedEvent(wire, row);
    },
    person: async (asked, query = {}) => findPerson(rows, nameAsked(asked, hashing), query),
    async erase(asked, at): Promise<Erased | undefined> {
      const identifier = nameAsked(asked, hashing);
      const { personOf, ...names } = personsOf(rows);
      const request = { identifier, keys: keysOf(identifier, names), ...names };
      const own = rows
        .events()
        .map(({ row }) => ({ ...row, person: personOf(row) }))
        .filter((row) => isErased(request, row));
      if (!own.length) return undefined;
      const { principals, ...erased } = describeErasure(request, own);
      const hashes = principals.map((value) => hashIdentifier(pepper, value));
      rows.erase(new Set(erased.messageIds), hashes, at);
      return { ...erased, hashes };
    },
    async identityProblems() {
      const { conflicts, shared } = personsOf(rows);
      return describeProblems(
        conflicts,
        shared,
        rows.events().map(({ row }) => [row.blocked, 1]),
      );
    },
    suppressions: async () => new Map(rows.suppressed),
    revise: async (revision) => rows.revise(revision),
    standings: async () => new Map(rows.standings),
    async sources(query) {
      const own = counted(query).map(({ row }) => row);
      return sourceKeysOf(query, own).map((key) => rows.facts.get(key) ?? { key });
    },
    async kpis(query) {
      const { rows: own, personOf, sessions } = visits(query);
      return countKpis(query, sessions, conversionsOf(own, query, personOf));
    },
    async *journeys(query) {
      const { rows: own, personOf, sessions, facts } = visits(query);
      const told = toldTouches(own, sessions, { personOf, facts });
      yield* journeysOf(query, { sessions, told }, conversionsOf(own, query, personOf));
    },
    async *threads(query) {
      yield* threadsOf(query, visits(query));
    },
    delivery: async (query) => rows.delivery(query),
    consent: async (query) => accountForConsent(query, rows.events()),
    close: async () => {},
  });
}

/** What decides which events count. */
type Counted = Pick<ReportQuery, 'bots' | 'knownAt'>;

/** The events that had been received by then. */
function knownOf(rows: MemoryRows, { knownAt }: KnownQuery) {
  const until = knownAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(knownAt);
  return rows.events().filter(({ row }) => row.receivedAt < until);
}

function personsOf(rows: MemoryRows, query: KnownQuery = {}) {
  return resolvePersons(knownOf(rows, query).map(({ row }) => row));
}

function findPerson(rows: MemoryRows, identifier: string, query: KnownQuery) {
  const { personOf, ...names } = personsOf(rows, query);
  for (const person of keysOf(identifier, names)) {
    const own = knownOf(rows, query)
      .filter(({ row }) => personOf(row) === person)
      .sort((a, b) => compareRows(a.row, b.row));
    if (!own.length) continue;
    const timeline = own.map(({ wire, row }) => storedEvent(wire, row));
    return describePerson(
      person,
      timeline,
      own.map(({ row }) => row),
    );
  }
  return undefined;
}

/** The keys of the sources that interactive events and touches in the range name, and direct; sorted. */
function sourceKeysOf(query: ReportQuery, rows: readonly EventRow[]): string[] {
  const keys = new Set([DIRECT]);
  for (const { interactive, touch, source, at } of rows) {
    if ((interactive || touch !== null) && source !== null && isWithin(query, at)) keys.add(source);
  }
  return [...keys].sort();
}
