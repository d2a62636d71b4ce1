import type { KnownQuery, ReportQuery, Store, ThreadQuery } from '../contract.js';
import { goalEvents } from '../order.js';
import { foldedOf } from '../thread-firsts.js';
import type { Session } from './database.js';
import { createTurns } from './gate.js';
import { withKept } from './kept/visits.js';
import { createPast } from './past.js';
import type { StoreFile } from './store-file.js';
import { type Connection, createThreadStreams } from './threads/stream.js';
import { namesOf } from './threads/threads.js';
import { isKept } from './visits.js';

/** How questions are asked: few at a time, each on a connection that sees one state of the data, whatever is appended meanwhile. */
export interface Questions {
  /** As of now, or as known at an earlier time. */
  ask<T>(question: (session: Session) => Promise<T>, known?: KnownQuery): Promise<T>;
  /** A question about sessions, those of all events that are stored when it is asked. */
  askVisits<T>(query: ReportQuery, question: (session: Session) => Promise<T>): Promise<T>;
  readThreads: Required<Store>['threadColumns'];
}

/** Makes what asks this file. */
export function createQuestions(file: StoreFile): Questions {
  const turn = createTurns();
  const past = createPast({ connect: file.connect, share: file.share });
  const run = <T>(task: () => Promise<T>): Promise<T> => turn(() => file.share(() => file.pace.fast(task)));

  async function connect({ knownAt }: KnownQuery): Promise<Connection> {
    const session = await file.connect();
    try {
      const leave = knownAt === undefined ? undefined : await past.enter(session, knownAt);
      return {
        session,
        close() {
          session.close();
          leave?.();
        },
      };
    } catch (error) {
      session.close();
      throw error;
    }
  }

  function ask<T>(question: (session: Session) => Promise<T>, known: KnownQuery = {}): Promise<T> {
    return run(async () => {
      const { session, close } = await connect(known);
      try {
        return await question(session);
      } finally {
        close();
      }
    });
  }

  /** Has sessions cut up to the last event, where what is kept of them answers the question. */
  async function reachLast(query: ReportQuery | ThreadQuery, names: readonly string[], firsts?: readonly string[]) {
    if (isKept(query)) await file.keeper.reach(file.writing().state.seq, names, firsts);
  }

  const streams = createThreadStreams({
    async connect(query) {
      await reachLast(query, namesOf(query), foldedOf(query));
      return connect(query);
    },
    run,
  });
  file.beforeClosing(() => {
    // First: connections that are closed now leave no snapshot behind that anybody could want.
    past.clear();
    streams.close();
  });
  return {
    ask,
    askVisits: (query, question) =>
      ask(async (session) => {
        await reachLast(query, goalEvents(query.goal));
        return withKept(session, query, () => question(session));
      }, query),
    readThreads: streams.read,
  };
}
