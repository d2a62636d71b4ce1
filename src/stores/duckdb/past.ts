import type { Session } from './database.js';
import { ASKED_IDENTITY_TABLES, IDENTITY_TABLES, rebuildIdentities } from './identities/identities.js';

/** Lets sessions see the data as it was known at an earlier time. */
export interface Past {
  /**
   * From now on the session sees only events that were received before the time, and the persons that these make. Call
   * what it returns when the session is closed.
   */
  enter(session: Session, knownAt: string): Promise<() => void>;
  /** Forgets everything; for when the file was closed. */
  clear(): void;
}

/** What a past needs of the engine. */
export interface PastPlace {
  connect: () => Promise<Session>;
  /** Runs a task while the file is surely open. */
  share: <T>(task: () => Promise<T>) => Promise<T>;
}

/** Persons of one earlier time, in a database in memory that all sessions of the engine see. */
interface Snapshot {
  name: string;
  at: number;
  /** How many events were known: one that was on its way then may have been filed since. */
  events: number;
  users: number;
  ready: Promise<void>;
}

const KEPT_MS = 60_000;

/**
 * Temporary tables and views come before those of the file under the same name, so every question can be asked of the past
 * as it stands. Persons have to be computed again from the events known then, which takes as long as after an erasure;
 * so the latest answer is kept for a minute. Rollups of all events are no answer here: they know later ones.
 */
export function createPast({ connect, share }: PastPlace): Past {
  let kept: Snapshot[] = [];
  let made = 0;

  async function drop(unwanted: (snapshot: Snapshot) => boolean): Promise<void> {
    const gone = kept.filter((snapshot) => snapshot.users === 0 && unwanted(snapshot));
    if (!gone.length) return;
    kept = kept.filter((snapshot) => !gone.includes(snapshot));
    const session = await connect();
    try {
      for (const { name } of gone) await session.run(`DETACH ${name}`);
    } finally {
      session.close();
    }
  }

  function leave(snapshot: Snapshot): void {
    snapshot.users -= 1;
    if (snapshot.users || !kept.includes(snapshot)) return;
    const timer = setTimeout(() => {
      // What cannot be dropped now is dropped with the next question about the past, or with the file.
      share(() => drop((one) => one === snapshot)).catch(() => {});
    }, KEPT_MS);
    timer.unref();
  }

  async function find(session: Session, at: number): Promise<Snapshot> {
    const [row] = await session.rows<{ events: number }>('SELECT count(*)::DOUBLE AS events FROM events');
    const events = row?.events ?? 0;
    const found = kept.find((snapshot) => snapshot.at === at && snapshot.events === events);
    if (found) return found;
    const name = `known_${(made += 1)}`;
    const snapshot: Snapshot = { name, at, events, users: 0, ready: fill(connect, name, at) };
    kept.push(snapshot);
    snapshot.ready.catch(() => {
      kept = kept.filter((one) => one !== snapshot);
    });
    return snapshot;
  }

  return {
    async enter(session, knownAt) {
      const at = Date.parse(knownAt);
      await hideLater(session, at);
      const snapshot = await find(session, at);
      snapshot.users += 1;
      try {
        await snapshot.ready;
        await drop((one) => one !== snapshot);
        for (const table of ASKED_IDENTITY_TABLES)
          await session.run(`CREATE OR REPLACE TEMP VIEW ${table} AS FROM ${snapshot.name}.${table}`);
      } catch (error) {
        leave(snapshot);
        throw error;
      }
      return () => leave(snapshot);
    },
    clear() {
      kept = [];
    },
  };
}

/** Computes the persons of events received before a time, in a database of this name. */
async function fill(connect: () => Promise<Session>, name: string, at: number): Promise<void> {
  const session = await connect();
  try {
    const file = await hideLater(session, at);
    for (const table of IDENTITY_TABLES)
      await session.run(`CREATE TEMP TABLE ${table} AS FROM ${file}.main.${table} LIMIT 0`);
    await session.run(`CREATE TEMP TABLE marks AS FROM ${file}.main.marks`);
    // One state of the file, and no way to write to it by mistake; what is temporary may be written.
    await session.run('BEGIN TRANSACTION READ ONLY');
    await rebuildIdentities(session);
    await session.run('COMMIT');
    await session.run(`ATTACH ':memory:' AS ${name}`);
    for (const table of ASKED_IDENTITY_TABLES) await session.run(`CREATE TABLE ${name}.${table} AS FROM temp.${table}`);
  } finally {
    session.close();
  }
}

/** Hides the events that were received later, and returns the name of the file in queries. */
async function hideLater(session: Session, at: number): Promise<string> {
  const [row] = await session.rows<{ name: string }>('SELECT current_database() AS name');
  const file = `"${(row?.name ?? '').replaceAll('"', '""')}"`;
  await session.run(
    `CREATE OR REPLACE TEMP VIEW events AS FROM ${file}.main.events WHERE received < ${Math.trunc(at)}`,
  );
  return file;
}
