import type { Applied, Erased, KnownQuery, ReportQuery } from '../contract.js';
import { type HashOptions, nameAsked } from '../identifiers.js';
import { goalEvents } from '../order.js';
import type { Revision } from '../revision.js';
import { createStamper } from '../stamp.js';
import { hashIdentifier } from '../suppress.js';
import { threadsIn } from '../thread-columns.js';
import { foldedOf } from '../thread-firsts.js';
import { type Appending, addSuppressions, appendRecords, numberShared } from './append.js';
import { createAppendFrom, type Records } from './append-from.js';
import type { EngineStore } from './calls.js';
import { removeLeftovers, replaceBy, writeFresh } from './compact.js';
import { readConsent } from './consent.js';
import { type Database, loadEngine, openDatabase, type Session } from './database.js';
import { readDelivery } from './delivery.js';
import { streamEvents } from './event-pages.js';
import { createGate, createTurns } from './gate.js';
import { readProblems } from './identities.js';
import { readJourneys } from './journeys.js';
import { createKeeper } from './keeper.js';
import { checkKept, withKept } from './kept-visits.js';
import { readKpis } from './kpis.js';
import { createPace } from './pace.js';
import { createPast } from './past.js';
import { erasePerson, eraseSuppressed, readPerson } from './people.js';
import { readStandings, reviseEvents } from './revise.js';
import { inTransaction, prepareSchema, readMeta, writeMeta } from './schema.js';
import { readEverySource, readSources } from './sources.js';
import { readState } from './state.js';
import { createThreadStreams } from './thread-stream.js';
import { namesOf } from './threads.js';
import { isKept } from './visits.js';

/** Options of the engine; all of them set. */
export interface EngineOptions extends HashOptions {
  file: string;
  memoryLimit: string;
  threads: number;
}

/** How many events come before their sessions are cut without a question: few enough that nobody waits for it. */
const EVENTS_AHEAD = 100_000;

/** The DuckDB store in this process. `duckdbStore` runs it in another. */
export async function openEngine(options: EngineOptions): Promise<EngineStore> {
  const { file, pepper } = options;
  const engine = await loadEngine();
  const gate = createGate();
  const turn = createTurns();
  const appendFrom = createAppendFrom(append);
  const hash = (identifier: string): string => hashIdentifier(pepper, identifier);
  let database: Database;
  let control: Session;
  const past = createPast({ connect: () => opened().connect(), share: gate.share });
  let appending: Appending;
  let writing: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  const keeper = createKeeper(() => database.connect());
  const pace = createPace(
    options.threads,
    async (threads) => void (isClosed || (await control.run(`SET threads TO ${threads}`))),
    gate.share,
  );

  /** What waited behind the closing must not touch the engine: its process is about to end. */
  function opened(): Database {
    if (isClosed) throw new Error('The store is closed.');
    return database;
  }

  /** Appends and erasures come one after the other. */
  function write<T>(task: () => Promise<T>): Promise<T> {
    const result = writing.then(() => opened() && task());
    writing = result.catch(() => {});
    return result;
  }

  /** Each question has its own connection: it sees one state of the data, whatever is appended meanwhile. */
  function ask<T>(question: (session: Session) => Promise<T>, { knownAt }: KnownQuery = {}): Promise<T> {
    const answer = async (): Promise<T> => {
      const session = await opened().connect();
      let leave: (() => void) | undefined;
      try {
        if (knownAt !== undefined) leave = await past.enter(session, knownAt);
        return await question(session);
      } finally {
        session.close();
        leave?.();
      }
    };
    return turn(() => gate.share(() => pace.fast(answer)));
  }

  /** A question about sessions, those of all events that are stored when it is asked. */
  function askVisits<T>(query: ReportQuery, question: (session: Session) => Promise<T>): Promise<T> {
    return ask(async (session) => {
      if (isKept(query)) await keeper.reach(appending.state.seq, goalEvents(query.goal));
      return withKept(session, query, () => question(session));
    }, query);
  }

  const streams = createThreadStreams({
    async open(query) {
      if (isKept(query)) await keeper.reach(appending.state.seq, namesOf(query), foldedOf(query));
      const session = await opened().connect();
      const enter = query.knownAt === undefined ? undefined : past.enter(session, query.knownAt);
      enter?.catch(() => session.close());
      return { session, leave: await enter };
    },
    run: (task) => turn(() => gate.share(() => pace.fast(task))),
  });

  function closeAll(): void {
    streams.close();
    past.clear();
    appending.session.close();
    control.close();
    database.close();
  }

  /** A transaction that changes events, and with them what is kept of their sessions. */
  function changing<T>(session: Session, task: () => Promise<T>): Promise<T> {
    return keeper.change(() => inTransaction(session, task));
  }

  async function startWriter(): Promise<void> {
    database = await openDatabase(engine, options);
    control = await database.connect();
    await pace.opened();
    const session = await database.connect();
    await prepareSchema(session, file, pepper);
    await checkKept(session);
    appending = {
      session,
      hash,
      stamp: createStamper(options),
      state: await readState(session),
      changing: (task) => changing(session, task),
      async forget(inner, suppressed) {
        if (await eraseSuppressed(inner, suppressed, hash)) await writeMeta(inner, 'scrub', 'due');
      },
    };
  }

  /** Replaces the file when rows were deleted. The mark is in the file: a crash before the end is made good at opening. */
  async function scrub(): Promise<void> {
    if ((await readMeta(appending.session, 'scrub')) === undefined) return;
    await gate.alone(async () => {
      await pace.fast(() => writeFresh(appending.session, file));
      closeAll();
      await replaceBy(file, startWriter);
    });
  }

  async function append(records: Records): Promise<Applied> {
    const applied = await gate.share(async () => {
      const counts = await appendRecords(appending, records);
      pace.filed(counts.stored);
      await keeper.reach(appending.state.seq - EVENTS_AHEAD);
      return counts;
    });
    await scrub();
    return applied;
  }

  async function erase(identifier: string, at: string): Promise<Erased | undefined> {
    const { session } = appending;
    const erased = await changing(session, async () => {
      const found = await erasePerson(session, nameAsked(identifier, options));
      if (!found) return undefined;
      const hashes = found.principals.map(hash);
      await addSuppressions(session, hashes, at);
      await writeMeta(session, 'scrub', 'due');
      return { person: found.person, identifiers: found.identifiers, messageIds: found.messageIds, hashes };
    });
    if (!erased) return undefined;
    appending.state = await readState(session);
    await scrub();
    return erased;
  }

  async function revise(revision: Revision): Promise<number> {
    const { session, stamp } = appending;
    const revised = await changing(session, async () => {
      const state = await readState(session);
      const count = await reviseEvents(session, revision, stamp, async (events) => {
        return (await numberShared(session, events, state)).sourceOf;
      });
      if (count) await writeMeta(session, 'scrub', 'due');
      return count;
    });
    if (!revised) return 0;
    appending.state = await readState(session);
    await scrub();
    return revised;
  }

  await startWriter();
  // Only now that the file is ours: another process may have been at work on them.
  removeLeftovers(file);
  await scrub();
  return {
    position: () => write(async () => appending.state.position),
    append: (records) => write(() => append(records)),
    appendFrom: (places, most) => write(() => appendFrom(places, most)),
    events: (query) => streamEvents(ask, query),
    person: (identifier, known) => ask((session) => readPerson(session, nameAsked(identifier, options)), known),
    identityProblems: () => ask(readProblems),
    erase: (identifier, at) => write(() => erase(identifier, at)),
    suppressions: () => write(async () => new Map(appending.state.suppressed)),
    revise: (revision) => write(() => revise(revision)),
    standings: () => write(() => readStandings(appending.session)),
    sources: (query) => ask((session) => readSources(session, query), query),
    everySource: () => ask(readEverySource),
    kpis: (query) => askVisits(query, (session) => readKpis(session, query)),
    async *journeys(query) {
      yield* await askVisits(query, (session) => readJourneys(session, query));
    },
    threadColumns: streams.read,
    async *threads(query) {
      for await (const columns of streams.read(query)) yield* threadsIn(columns);
    },
    delivery: (query) => ask((session) => readDelivery(session, query)),
    consent: (query) => ask((session) => readConsent(session, query)),
    async close() {
      await write(() =>
        gate.alone(async () => {
          closeAll();
          isClosed = true;
        }),
      );
    },
  };
}
