import type { Applied, Erased } from '../contract.js';
import { nameAsked } from '../persons/identifiers.js';
import { createStamper } from '../stamp/stamp.js';
import { hashIdentifier } from '../suppress.js';
import { appendRecords } from './append.js';
import { createAppendFrom, type Records } from './append-from.js';
import { isScrubDue, markForScrub } from './compact.js';
import type { Session } from './database.js';
import { erasePerson } from './people.js';
import type { EngineStore } from './process/calls.js';
import { readStandings, reviseEvents } from './revise.js';
import { inTransaction } from './schema.js';
import { readState } from './state.js';
import type { EngineOptions, StoreFile } from './store-file.js';
import { addSuppressions } from './suppressions.js';

/** What changes the file, and what is asked between two changes: one after the other. */
export type Writer = Pick<
  EngineStore,
  'position' | 'append' | 'appendFrom' | 'erase' | 'suppressions' | 'revise' | 'standings' | 'close'
>;

/** How many events come before their sessions are cut without a question: few enough that nobody waits for it. */
const EVENTS_AHEAD = 100_000;

/** Makes the writer; ends an erasure that a crash interrupted. */
export async function openWriter(file: StoreFile, options: EngineOptions): Promise<Writer> {
  const stamp = createStamper(options);
  const hash = (identifier: string): string => hashIdentifier(options.pepper, identifier);
  const appendFrom = createAppendFrom(append);
  let writing: Promise<unknown> = Promise.resolve();

  function write<T>(task: () => Promise<T>): Promise<T> {
    const result = writing.then(() => file.writing() && task());
    writing = result.catch(() => {});
    return result;
  }

  /** A transaction that changes stored events, and with them what is kept of their sessions. */
  function changing<T>(task: () => Promise<T>): Promise<T> {
    return file.keeper.change(() => inTransaction(file.writing().session, task));
  }

  /** The mark is in the file: a crash before the end is made good at opening. */
  async function scrub(): Promise<void> {
    if (await isScrubDue(file.writing().session)) await file.renew();
  }

  async function append(records: Records): Promise<Applied> {
    const applied = await file.share(async () => {
      const { session, state } = file.writing();
      const counts = await appendRecords({ session, state, stamp, hash, changing }, records);
      file.pace.filed(counts.stored);
      await file.keeper.reach(state.seq - EVENTS_AHEAD);
      return counts;
    });
    await scrub();
    return applied;
  }

  /** A change that takes events out, after which the writer has to look at the file again. */
  async function takeOut<T>(task: (session: Session) => Promise<T>): Promise<T> {
    const current = file.writing();
    const { session } = current;
    const taken = await changing(async () => {
      const found = await task(session);
      if (found) await markForScrub(session);
      return found;
    });
    if (!taken) return taken;
    current.state = await readState(session);
    await scrub();
    return taken;
  }

  async function erase(session: Session, identifier: string, at: string): Promise<Erased | undefined> {
    const found = await erasePerson(session, nameAsked(identifier, options));
    if (!found) return undefined;
    const { principals, ...erased } = found;
    const hashes = principals.map(hash);
    await addSuppressions(session, hashes, at);
    return { ...erased, hashes };
  }

  await scrub();
  return {
    position: () => write(async () => file.writing().state.position),
    append: (records) => write(() => append(records)),
    appendFrom: (places, most) => write(() => appendFrom(places, most)),
    erase: (identifier, at) => write(() => takeOut((session) => erase(session, identifier, at))),
    suppressions: () => write(async () => new Map(file.writing().state.suppressed)),
    revise: (revision) => write(() => takeOut((session) => reviseEvents(session, revision, stamp))),
    standings: () => write(() => readStandings(file.writing().session)),
    close: () => write(() => file.close()),
  };
}
