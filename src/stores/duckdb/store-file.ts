import type { HashOptions } from '../persons/identifiers.js';
import { replaceBy, writeFresh } from './compact.js';
import { type Database, type DatabaseOptions, loadEngine, openDatabase, type Session } from './database.js';
import { createGate, type Gate } from './gate.js';
import { createKeeper, type Keeper } from './kept/keeper.js';
import { checkKept } from './kept/visits.js';
import { createPace, type Pace } from './pace.js';
import { prepareSchema } from './schema.js';
import { readState, type WriterState } from './state.js';

/** Options of the engine; all of them set. */
export type EngineOptions = HashOptions & DatabaseOptions;

/** The one who writes. */
export interface Writing {
  session: Session;
  state: WriterState;
}

/** The store's file while the engine has it, be it open under one database or, after `renew`, under the next. */
export interface StoreFile {
  /** A connection for one task, who closes it. Rejects when the store was closed. */
  connect(): Promise<Session>;
  /** Throws when the store was closed. Not to be kept: after `renew` it is another one. */
  writing(): Writing;
  /** Runs a task while the file is surely open. */
  share: Gate['share'];
  pace: Pace;
  keeper: Keeper;
  /** Is told before each closing, when nobody is at work. */
  beforeClosing(listener: () => void): void;
  /** Replaces the file by a copy that has nothing of the rows that were deleted. */
  renew(): Promise<void>;
  /** Waits for what is at work. What waits behind must not touch the engine: its process is about to end. */
  close(): Promise<void>;
}

/** What belongs to one opening. */
interface Opened extends Writing {
  database: Database;
  /** For settings, which take effect at once only where nothing else is run. */
  control: Session;
}

/** Opens the file, made if absent. */
export async function openStoreFile(options: EngineOptions): Promise<StoreFile> {
  const engine = await loadEngine();
  const gate = createGate();
  const listeners: (() => void)[] = [];
  let isClosed = false;
  let current: Opened;
  const pace = createPace(
    options.threads,
    async (threads) => void (isClosed || (await current.control.run(`SET threads TO ${threads}`))),
    gate.share,
  );

  async function open(): Promise<void> {
    const database = await openDatabase(engine, options);
    const control = await database.connect();
    const session = await database.connect();
    await prepareSchema(session, options.file, options.pepper);
    await checkKept(session);
    current = { database, control, session, state: await readState(session) };
    await pace.opened();
  }

  function stillOpen(): Opened {
    if (isClosed) throw new Error('The store is closed.');
    return current;
  }

  function shut(): void {
    for (const listener of listeners) listener();
    current.session.close();
    current.control.close();
    current.database.close();
  }

  await open();
  return {
    connect: async () => stillOpen().database.connect(),
    writing: stillOpen,
    share: gate.share,
    pace,
    keeper: createKeeper(() => current.database.connect()),
    beforeClosing: (listener) => void listeners.push(listener),
    renew: () =>
      gate.alone(async () => {
        await pace.fast(() => writeFresh(current.session, options.file));
        shut();
        await replaceBy(options.file, open);
      }),
    close: () =>
      gate.alone(async () => {
        shut();
        isClosed = true;
      }),
  };
}
