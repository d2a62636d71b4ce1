import type { ThreadQuery } from '../contract.js';
import type { ThreadColumns } from '../thread-columns.js';
import type { Session } from './database.js';
import { readThreadPage, type ThreadPage } from './thread-pages.js';
import { type PreparedThreads, prepareThreads } from './threads.js';

/** What reading threads needs of the engine. */
export interface ThreadPlace {
  /** A session that answers the query, and what is to be called when it is closed. */
  open(query: ThreadQuery): Promise<{ session: Session; leave?: (() => void) | undefined }>;
  /** Runs a task when it is a question's turn, and the file surely open. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

/** Threads that are being read. */
export interface ThreadStreams {
  read(query: ThreadQuery): AsyncGenerator<ThreadColumns>;
  /** Closes their sessions, because the file is; who reads on gets new ones. */
  close(): void;
}

/** Of a stream: its tables wait in a session of their own for the reader to ask for the next page. */
interface Stream {
  session?: Session;
  prepared?: PreparedThreads;
  leave?: (() => void) | undefined;
}

/**
 * The next page is made while one is read. Nothing else is held between two pages, so that a slow reader holds up nobody.
 * When the file was replaced meanwhile, the tables are made again and reading goes on after the last person.
 */
export function createThreadStreams({ open, run }: ThreadPlace): ThreadStreams {
  const streams = new Set<Stream>();

  async function makePage(stream: Stream, query: ThreadQuery, after: number): Promise<ThreadPage> {
    if (!stream.session || !stream.prepared) {
      const { session, leave } = await open(query);
      Object.assign(stream, { session, leave });
      stream.prepared = await prepareThreads(session, query, after);
      return readThreadPage(session, stream.prepared);
    }
    return readThreadPage(stream.session, stream.prepared);
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
        stream.session?.close();
        stream.leave?.();
      }
    },
    close() {
      for (const stream of streams) {
        stream.session?.close();
        delete stream.session;
      }
    },
  };
}
