import { setImmediate as nextTurn } from 'node:timers/promises';
import { decodeRecord, recordBody } from '../../log/record.js';
import type { Agent } from '../agent.js';
import type { Applied, SourceFacts } from '../contract.js';
import { leaveLane, type RefusedEvent, refusedOf } from '../delivery.js';
import { principalOf } from '../erasure.js';
import { isContextOnly, isReferrerOnly } from '../source.js';
import type { EventRow, Stamped, Stamper } from '../stamp.js';
import type { Records } from './append-from.js';
import { withoutDuplicates } from './copies.js';
import { appendRows, type Session, type Value } from './database.js';
import { appendDelivery } from './delivery.js';
import { updateIdentities } from './identities.js';
import { writeStanding } from './revise.js';
import { appendEvents, type Incoming, inTransaction, writeMeta } from './schema.js';
import { splitEvents } from './split.js';

/** What the writer remembers between batches; all of it can be read from the file again. */
export interface WriterState {
  /** Log position of the last applied record. */
  position: number;
  /** Number of the last stored event. */
  seq: number;
  /** Numbers of the known sources by key, and the highest number given. */
  sources: Map<string, number>;
  lastSource: number;
  /** Numbers of the known agents; the key is made by `agentKey`. */
  agents: Map<string, number>;
  /** HMAC of each erased identifier -> until when. */
  suppressed: Map<string, string>;
}

/** What appending needs. */
export interface Appending {
  session: Session;
  state: WriterState;
  stamp: Stamper;
  /** HMAC of an identifier. */
  hash: (identifier: string) => string;
  /** Takes the events of newly suppressed identifiers out of the tables. */
  forget: (session: Session, suppressed: WriterState['suppressed']) => Promise<void>;
  /** Runs what takes stored events out in a transaction. */
  changing: <T>(task: () => Promise<T>) => Promise<T>;
}

const encoder = new TextEncoder();
/** So many that the fixed cost of a transaction is small: some twenty statements and a sync of the disk. */
const EVENTS_PER_TRANSACTION = 20_000;
/** How many batches may be decoded and wait while one is stored. */
const BATCHES_AHEAD = 1;
/** Decoding stops this often to let the one that is stored take its next step. */
const TURN_MS = 3;

/**
 * Applies records in order, in transactions of bounded size that hold events, identities, and the position. While the
 * engine works on one, the next ones are decoded.
 */
export async function appendRecords(appending: Appending, records: Records): Promise<Applied> {
  const counts: Applied = { stored: 0, duplicates: 0, suppressed: 0 };
  let position = appending.state.position;
  let batch: Batch = { events: [], refused: [], position, counts };
  let stored: Promise<void> = Promise.resolve();
  const ahead: Promise<void>[] = [];
  const flush = async (): Promise<void> => {
    const full: Batch = { ...batch, position };
    batch = { events: [], refused: [], position, counts };
    // A failure skips all that follows, and reaches the caller at one of the awaits below.
    stored = stored.then(() => storeBatch(appending, full));
    stored.catch(() => {});
    ahead.push(stored);
    if (ahead.length > BATCHES_AHEAD) await ahead.shift();
  };
  let turnBegan = performance.now();
  for await (const record of records) {
    if (record.position <= position) continue;
    const { meta, events } = decodeRecord(record.bytes);
    if (meta.kind === 'suppress') {
      await flush();
      await stored;
      if (await suppress(appending, meta.identifiers, meta.at)) counts.takesBack = true;
    } else if (meta.kind === 'standing') {
      await writeStanding(appending.session, meta);
      counts.takesBack = true;
    } else if (meta.kind === 'batch') {
      batch.refused.push(...refusedOf(meta));
      const pieces = splitEvents(recordBody(record.bytes), events.length);
      for (const [i, event] of events.entries()) {
        const { row, facts, agent } = appending.stamp(event, meta);
        const bytes = pieces?.[i] ?? encoder.encode(JSON.stringify(event));
        batch.events.push({ row, facts, agent, bytes });
      }
    }
    position = record.position;
    if (batch.events.length >= EVENTS_PER_TRANSACTION) await flush();
    if (performance.now() - turnBegan > TURN_MS) {
      await nextTurn();
      turnBegan = performance.now();
    }
  }
  await flush();
  await stored;
  return counts;
}

interface Batch {
  events: Incoming[];
  refused: RefusedEvent[];
  /** Of the last record in it. */
  position: number;
  counts: Applied;
}

async function storeBatch(
  { session, state, hash }: Appending,
  { events, refused, position, counts }: Batch,
): Promise<void> {
  if (position === state.position) return;
  const next: WriterState = { ...state, sources: new Map(state.sources), agents: new Map(state.agents), position };
  const batch: Applied = { stored: 0, duplicates: 0, suppressed: 0 };
  await inTransaction(session, async () => {
    const { unique, copies } = await withoutDuplicates(session, events);
    batch.duplicates = copies.length;
    const fresh = state.suppressed.size ? withoutSuppressed(unique, state.suppressed, hash, batch) : unique;
    const numbers = await numberShared(session, fresh, next);
    await appendEvents(session, { events: fresh, seq: next.seq + 1, blob: session.blob, ...numbers });
    const rows = fresh.map(({ row }) => row);
    await updateIdentities(session, rows, next.seq + 1);
    next.seq += fresh.length;
    await appendDelivery(session, rows, copies, refused);
    await writeMeta(session, 'position', `${position}`);
    batch.stored = fresh.length;
    if (rows.some(({ undo }) => undo)) counts.takesBack = true;
  });
  Object.assign(state, next);
  for (const kind of ['stored', 'duplicates', 'suppressed'] as const) counts[kind] += batch[kind];
}

/** A temporary table with one column of texts, for `IN (SELECT value FROM …)`. */
export async function fillTemporary(session: Session, name: string, values: readonly string[]): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE ${name}(value VARCHAR)`);
  await appendRows(
    session,
    name,
    ['VARCHAR'],
    values.map((value) => [value]),
  );
}

function withoutSuppressed(
  events: Incoming[],
  suppressed: WriterState['suppressed'],
  hash: (identifier: string) => string,
  counts: Applied,
): Incoming[] {
  const kept = events.filter(({ row }) => {
    const until = suppressed.get(hash(principalOf(row)));
    if (until === undefined) return true;
    leaveLane(row);
    return row.at > Date.parse(until);
  });
  counts.suppressed += events.length - kept.length;
  return kept;
}

/** True when the event belongs to an erased identifier and happened before the erasure. */
export function isSuppressed(
  row: Pick<EventRow, 'userId' | 'device' | 'at'>,
  suppressed: WriterState['suppressed'],
  hash: (identifier: string) => string,
): boolean {
  const until = suppressed.get(hash(principalOf(row)));
  return until !== undefined && row.at <= Date.parse(until);
}

const SOURCE_TYPES = ['DOUBLE', 'VARCHAR', 'VARCHAR', 'BOOLEAN', 'BOOLEAN', 'VARCHAR'] as const;

/** Gives numbers to sources and agents that are new, and returns what looks up those of an event. */
export async function numberShared(
  session: Session,
  events: readonly Pick<Stamped, 'facts' | 'agent'>[],
  state: WriterState,
) {
  const sources: Value[][] = [];
  const agents: Value[][] = [];
  // By object first: equal ones are mostly the same, and their texts are long.
  const numbers = new Map<object, number>();
  for (const { facts, agent } of events) {
    if (facts && !numbers.has(facts)) {
      let number = state.sources.get(facts.key);
      if (number === undefined) {
        number = state.lastSource += 1;
        state.sources.set(facts.key, number);
        const bare = [isReferrerOnly(facts), isContextOnly(facts)];
        sources.push([number, facts.key, JSON.stringify(facts), ...bare, facts.referrer ?? null]);
      }
      numbers.set(facts, number);
    }
    if (!numbers.has(agent)) {
      const key = agentKey(agent);
      const number = state.agents.get(key) ?? state.agents.size + 1;
      if (!state.agents.has(key)) agents.push([number, agent.browser, agent.os, agent.device]);
      state.agents.set(key, number);
      numbers.set(agent, number);
    }
  }
  await appendRows(session, 'sources', SOURCE_TYPES, sources);
  await appendRows(session, 'agents', ['DOUBLE', 'VARCHAR', 'VARCHAR', 'VARCHAR'], agents);
  return {
    sourceOf: ({ facts }: Pick<Stamped, 'facts'>) => (facts ? (numbers.get(facts) ?? null) : null),
    agentOf: ({ agent }: Pick<Stamped, 'agent'>) => numbers.get(agent) ?? null,
  };
}

/** One text for browser, system, and kind of device. */
export function agentKey({ browser, os, device }: Pick<Agent, 'browser' | 'os' | 'device'>): string {
  return `${browser ?? ''}|${os ?? ''}|${device ?? ''}`;
}

/** Takes over the suppressions of a log record; what they hit is taken out, as the log may still have it. False: all were known. */
async function suppress(
  { session, state, forget, changing }: Appending,
  hashes: readonly string[],
  at: string,
): Promise<boolean> {
  const fresh = hashes.filter((hash) => (state.suppressed.get(hash) ?? '') < at);
  if (!fresh.length) return false;
  const suppressed = new Map(state.suppressed);
  for (const hash of fresh) suppressed.set(hash, at);
  await changing(async () => {
    await addSuppressions(session, fresh, at);
    await forget(session, suppressed);
  });
  state.suppressed = suppressed;
  return true;
}

/** Writes suppressions to the file. */
export async function addSuppressions(session: Session, hashes: readonly string[], at: string): Promise<void> {
  await appendRows(
    session,
    'suppressions',
    ['VARCHAR', 'VARCHAR'],
    hashes.map((hash) => [hash, at]),
  );
}

/** The facts of a row of `sources`. */
export function parseFacts(facts: string): SourceFacts {
  return JSON.parse(facts) as SourceFacts;
}
