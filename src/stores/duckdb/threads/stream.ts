import type { ThreadQuery } from '../../contract.js';
import type { ThreadColumns } from '../../thread-columns.js';
import type { Session } from '../database.js';
import { readThreadPage, type ThreadPage } from './pages.js';
import { type PreparedThreads, prepareThreads } from './threads.js';

/** A session, and what ends it. */
export interface Connection {
  session: Session;
  close(): void;
}

/** What reading threads needs of the engine. */
export interface ThreadPlace {
  /** A connection that answers the query. */
  connect(query: ThreadQuery): Promise<Connection>;
  /** Runs a task when it is a question's turn, and the file surely open. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

/** Threads that are being read. */
export interface ThreadStreams {
  read(query: ThreadQuery): AsyncGenerator<ThreadColumns>;
  /** Closes their sessions, because the file is; who reads on gets new ones. */
  close(): void;
}

/** Of a stream: its tables wait in a connection of their own for the reader to ask for the next page. */
interface Stream {
  connection?: Connection;
  prepared?: PreparedThreads;
}

/**
 * The next page is made while one is read. Nothing else is held between two pages, so that a slow reader holds up nobody.
 * When the file was replaced meanwhile, the tables are made again and reading goes on after the last person.
 */
export function createThreadStreams({ connect, run }: ThreadPlace): ThreadStreams {
  const streams = new Set<Stream>();

  async function makePage(stream: Stream, query: ThreadQuery, after: number): Promise<ThreadPage> {
    if (!stream.connection || !stream.prepared) {
      stream.connection = await connect(query);
      stream.prepared = await prepareThreads(stream.connection.session, query, after);
    }
    return readThreadPage(stream.connection.session, stream.prepared);
  }

  return {
    async *read(query) {
      const stream: Stream = {};
      streams.add(stream);
      const readAfter = (last: number) => run(() => makePage(stream, query, last));
      let next: Promise<ThreadPage> | undefined;
      try {
        next = readAfter(-1);
        while (next) {
          const page: ThreadPage = await next;
          next = page.last === undefined ? undefined : readAfter(page.last);
          next?.catch(() => {});
          yield page.columns;
        }
      } finally {
        await next?.catch(() => {});
        streams.delete(stream);
        stream.connection?.close();
      }
    },
    close() {
      for (const stream of streams) {
        stream.connection?.close();
        delete stream.connection;
      }
    },
  };
}
