import type { Session } from '../database.js';
import { inTransaction } from '../schema.js';
import { keepNames } from './goals.js';
import { keepSpans } from './spans.js';
import { catchUp } from './visits.js';

/** Sees to it that sessions are kept for all events, one task at a time: two that cut at once would undo each other. */
export interface Keeper {
  /**
   * Cuts what came, if the last event (its number) is not among what is kept; keeps the events of these names from now on, and
   * of some of them where they are too many when they were.
   */
  reach(last: number, names?: readonly string[], firsts?: readonly string[]): Promise<void>;
  /** Runs a task that changes stored events, and with them what is kept. */
  change<T>(task: () => Promise<T>): Promise<T>;
}

/** Makes a keeper; each cutting has a connection of its own, so that appending goes on beside it. */
export function createKeeper(connect: () => Promise<Session>): Keeper {
  let working: Promise<unknown> = Promise.resolve();
  /** Undefined until looked up, and after a change: it may have taken the last events. */
  let kept: number | undefined;
  const asked = new Set<string>();
  const askedFirsts = new Set<string>();

  function next<T>(task: () => Promise<T>): Promise<T> {
    const result = working.then(task);
    working = result.catch(() => {});
    return result;
  }

  async function within<T>(task: (session: Session) => Promise<T>): Promise<T> {
    const session = await connect();
    try {
      return await task(session);
    } finally {
      session.close();
    }
  }

  async function keep(names: readonly string[], { asked: known, keep: add }: Keeping): Promise<void> {
    const news = names.filter((name) => !known.has(name));
    if (!news.length) return;
    await within((session) => inTransaction(session, () => add(session, news)));
    for (const name of news) known.add(name);
  }

  return {
    reach: (last, names = [], firsts = []) =>
      next(async () => {
        if (kept === undefined || kept < last) kept = await within(catchUp);
        await keep(names, { asked, keep: keepNames });
        await keep(firsts, { asked: askedFirsts, keep: keepSpans });
      }),
    change: (task) =>
      next(async () => {
        kept = undefined;
        return task();
      }),
  };
}

/** The names for which something is kept already, and what keeps it for more. */
interface Keeping {
  asked: Set<string>;
  keep: (session: Session, names: readonly string[]) => Promise<void>;
}
