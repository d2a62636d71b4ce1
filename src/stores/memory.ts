import { randomBytes } from 'node:crypto';
import { decodeRecord } from '../log/record.js';
import { conversionsOf, countKpis, isWithin, sourceKeysOf } from './answers.js';
import { countChanges } from './changes.js';
import type { Applied, Erased, KnownQuery, ReportQuery, SourceFacts, Store, ThreadQuery } from './contract.js';
import { leaveLane } from './delivery.js';
import { openDeliveryBook } from './delivery-book.js';
import { describeErasure, isErased, keysOf, principalOf } from './erasure.js';
import { type HashOptions, nameAsked } from './identifiers.js';
import { describeProblems } from './identity-problems.js';
import { journeysOf } from './journeys.js';
import { describePerson } from './person-description.js';
import { resolvePersons } from './persons.js';
import type { Standing } from './revision.js';
import { isAsked } from './revision.js';
import { compareRows, sessionsOf } from './sessions.js';
import { DIRECT } from './source.js';
import { createStamper, metaOf, type Stamped, storedEvent } from './stamp.js';
import { applyStanding } from './standing.js';
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
  const stamp = createStamper(hashing);
  const facts = new Map<string, SourceFacts>([[DIRECT, { key: DIRECT }]]);
  const suppressed = new Map<string, string>();
  const standings = new Map<string, Standing>();
  let events: Stamped[] = [];
  const book = openDeliveryBook();
  let messageIds = new Set<string>();
  let applied = 0;

  const isSuppressed = (event: Stamped): boolean => {
    const until = suppressed.get(hashIdentifier(pepper, principalOf(event.row)));
    return until !== undefined && event.row.at <= Date.parse(until);
  };
  const suppress = (hashes: string[], at: string): void => {
    for (const hash of hashes) if ((suppressed.get(hash) ?? '') < at) suppressed.set(hash, at);
  };
  const keep = (isKept: (event: Stamped) => boolean): void => {
    const gone = events.filter((event) => !isKept(event));
    events = events.filter(isKept);
    book.deleted(
      gone.map(({ row }) => row),
      events.map(({ row }) => row),
    );
    messageIds = new Set(events.map(({ row }) => row.messageId));
  };
  const known = ({ knownAt }: KnownQuery) => {
    const until = knownAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(knownAt);
    return events.filter(({ row }) => row.receivedAt < until);
  };
  const persons = (query: KnownQuery = {}) => resolvePersons(known(query).map(({ row }) => row));
  const counted = ({ bots, ...query }: Pick<ReportQuery, 'bots' | 'knownAt'>) =>
    known(query).filter(({ row }) => bots || !row.automated);
  const rowsOf = (query: ReportQuery) => counted(query).map(({ row }) => row);
  const visits = (query: ReportQuery) => {
    const { personOf } = persons(query);
    const rows = rowsOf(query);
    const sessions = sessionsOf(rows, { personOf, facts });
    return { rows, personOf, sessions, conversions: conversionsOf(rows, query, personOf) };
  };

  function add(event: Stamped, counts: Applied): void {
    if (messageIds.has(event.row.messageId)) {
      counts.duplicates += 1;
      book.copy(event.row);
    } else if (suppressed.size && isSuppressed(event)) counts.suppressed += 1;
    else {
      messageIds.add(event.row.messageId);
      if (suppressed.has(hashIdentifier(pepper, principalOf(event.row)))) leaveLane(event.row);
      book.stored(event.row);
      events.push(event);
      if (event.facts) facts.set(event.facts.key, event.facts);
      counts.stored += 1;
    }
  }

  return countChanges({
    ...(options.pepper !== undefined && { pepperCheck: pepperCheck(options.pepper) }),
    position: async () => applied,
    async append(records) {
      const counts: Applied = { stored: 0, duplicates: 0, suppressed: 0 };
      for (const { position, bytes } of records) {
        if (position <= applied) continue;
        const { meta, events: batch } = decodeRecord(bytes);
        if (meta.kind === 'suppress') {
          suppress(meta.identifiers, meta.at);
          keep((event) => !isSuppressed(event));
        } else if (meta.kind === 'standing') applyStanding(standings, meta);
        else if (meta.kind === 'batch') {
          book.refused(meta);
          for (const event of batch) add(stamp(event, meta), counts);
        }
        applied = position;
      }
      return counts;
    },
    async *events(query = {}) {
      const { limit = Number.POSITIVE_INFINITY, after } = query;
      const start = after === undefined ? 0 : events.findIndex(({ row }) => row.messageId === after) + 1;
      const found = events.slice(start).filter(({ row }) => isWithin(query, row.at) && isAsked(query, row));
      for (const { wire, row } of found.slice(0, limit)) yield storedEvent(wire, row);
    },
    async person(asked, query = {}) {
      const identifier = nameAsked(asked, hashing);
      const { personOf, ...names } = persons(query);
      for (const person of keysOf(identifier, names)) {
        const own = known(query)
          .filter(({ row }) => personOf(row) === person)
          .sort((a, b) => compareRows(a.row, b.row));
        const timeline = own.map(({ wire, row }) => storedEvent(wire, row));
        if (own.length)
          return describePerson(
            person,
            timeline,
            own.map(({ row }) => row),
          );
      }
      return undefined;
    },
    async erase(asked, at): Promise<Erased | undefined> {
      const identifier = nameAsked(asked, hashing);
      const { personOf, ...names } = persons();
      const request = { identifier, keys: keysOf(identifier, names), ...names };
      const rows = events.map(({ row }) => ({ ...row, person: personOf(row) })).filter((row) => isErased(request, row));
      if (!rows.length) return undefined;
      const { principals, ...erased } = describeErasure(request, rows);
      const gone = new Set(erased.messageIds);
      keep(({ row }) => !gone.has(row.messageId));
      const hashes = principals.map((value) => hashIdentifier(pepper, value));
      suppress(hashes, at);
      return { ...erased, hashes };
    },
    async identityProblems() {
      const { conflicts, shared } = persons();
      return describeProblems(
        conflicts,
        shared,
        events.map(({ row }) => [row.blocked, 1]),
      );
    },
    suppressions: async () => new Map(suppressed),
    async revise({ removed, replaced }) {
      const gone = new Set(removed);
      const left = new Map(replaced.map((wire) => [wire.messageId, wire]));
      const touched = events.filter(({ row }) => gone.has(row.messageId) || left.has(row.messageId)).length;
      keep(({ row }) => !gone.has(row.messageId));
      events = events.map((old) => {
        const wire = left.get(old.row.messageId);
        if (!wire) return old;
        const fresh = stamp(wire, metaOf(old.row));
        if (fresh.facts) facts.set(fresh.facts.key, fresh.facts);
        const { source, landedAt } = fresh.row;
        return { ...old, wire, facts: fresh.facts, row: { ...old.row, source, landedAt } };
      });
      return touched;
    },
    standings: async () => new Map(standings),
    async sources(query) {
      return sourceKeysOf(query, rowsOf(query)).map((key) => facts.get(key) ?? { key });
    },
    async kpis(query) {
      const { sessions, conversions } = visits(query);
      return countKpis(query, sessions, conversions);
    },
    async *journeys(query) {
      const { rows, personOf, sessions, conversions } = visits(query);
      yield* journeysOf(query, { sessions, told: toldTouches(rows, sessions, { personOf, facts }) }, conversions);
    },
    async *threads(query: ThreadQuery) {
      const { personOf } = persons(query);
      const found = counted(query);
      const sessions = sessionsOf(
        found.map(({ row }) => row),
        { personOf, facts },
      );
      yield* threadsOf(query, { events: found, sessions, personOf, facts });
    },
    delivery: async (query) =>
      book.answer(
        query,
        events.map(({ row }) => row),
      ),
    close: async () => {},
  });
}
