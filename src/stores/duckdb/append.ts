import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogRecord } from '../../log/contract.js';
import { decodeRecord } from '../../log/record.js';
import type { Agent } from '../agent.js';
import type { Applied, SourceFacts } from '../contract.js';
import { principalOf } from '../erasure.js';
import { isReferrerOnly } from '../source.js';
import { type EventRow, type Stamped, stampEvent } from '../stamp.js';
import { appendRows, type Session, type Value } from './database.js';
import { updateIdentities } from './identities.js';
import { appendEvents, inTransaction, writeMeta } from './schema.js';

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
  readAgent: (userAgent: string | undefined) => Agent;
  /** HMAC of an identifier. */
  hash: (identifier: string) => string;
  /** Takes the events of newly suppressed identifiers out of the tables. */
  forget: (session: Session, suppressed: WriterState['suppressed']) => Promise<void>;
}

const EVENTS_PER_TRANSACTION = 20_000;
const TURN_MS = 10;
/** A client that sends no time gets a new one with each retry: its copies are searched this far back. */
const UNDATED_MS = 2 * 86_400_000;

/** Applies records in order, in transactions of bounded size that hold events, identities, and the position. */
export async function appendRecords(appending: Appending, records: readonly LogRecord[]): Promise<Applied> {
  const counts: Applied = { stored: 0, duplicates: 0, suppressed: 0 };
  let events: Stamped[] = [];
  let position = appending.state.position;
  let turnBegan = performance.now();
  const flush = async (): Promise<void> => {
    await storeBatch(appending, { events, position, counts });
    events = [];
  };
  for (const record of records) {
    if (record.position <= position) continue;
    const { meta, events: batch } = decodeRecord(record.bytes);
    if (meta.kind === 'suppress') {
      await flush();
      await suppress(appending, meta.identifiers, meta.at);
    } else for (const event of batch) events.push(stampEvent(event, meta, appending.readAgent));
    position = record.position;
    if (events.length >= EVENTS_PER_TRANSACTION) await flush();
    if (performance.now() - turnBegan > TURN_MS) {
      await nextTurn();
      turnBegan = performance.now();
    }
  }
  await flush();
  return counts;
}

async function storeBatch(
  { session, state, hash }: Appending,
  { events, position, counts }: { events: Stamped[]; position: number; counts: Applied },
): Promise<void> {
  if (position === state.position) return;
  const next: WriterState = { ...state, sources: new Map(state.sources), agents: new Map(state.agents), position };
  const batch: Applied = { stored: 0, duplicates: 0, suppressed: 0 };
  await inTransaction(session, async () => {
    const unique = await withoutDuplicates(session, events, batch);
    const fresh = state.suppressed.size ? withoutSuppressed(unique, state.suppressed, hash, batch) : unique;
    const numbers = await numberShared(session, fresh, next);
    await appendEvents(
      session,
      fresh.map((event) => ({ ...event, ...numbers(event), seq: ++next.seq })),
    );
    await updateIdentities(
      session,
      fresh.map(({ row }) => row),
    );
    await writeMeta(session, 'position', `${position}`);
    batch.stored = fresh.length;
  });
  Object.assign(state, next);
  counts.stored += batch.stored;
  counts.duplicates += batch.duplicates;
  counts.suppressed += batch.suppressed;
}

/**
 * Leaves out events whose messageId is known, in the batch or in the table. The search is bounded by the client's own
 * time, which a retry does not change: that lets the engine skip all blocks of other days.
 */
async function withoutDuplicates(session: Session, events: Stamped[], counts: Applied): Promise<Stamped[]> {
  const first = new Map<string, Stamped>();
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const event of events) {
    const { messageId, originalAt, at } = event.row;
    if (!first.has(messageId)) first.set(messageId, event);
    from = Math.min(from, originalAt ?? at - UNDATED_MS);
    to = Math.max(to, originalAt ?? at);
  }
  const known = await findKnown(session, [...first.keys()], from, to);
  for (const id of known) first.delete(id);
  counts.duplicates += events.length - first.size;
  return [...first.values()];
}

async function findKnown(session: Session, ids: string[], from: number, to: number): Promise<string[]> {
  if (!ids.length) return [];
  await fillTemporary(session, 'incoming', ids);
  const found = await session.rows<{ message_id: string }>(
    `SELECT message_id FROM events
     WHERE original BETWEEN $from AND $to AND message_id IN (SELECT value FROM incoming)`,
    { from, to },
  );
  return found.map(({ message_id: id }) => id);
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
  events: Stamped[],
  suppressed: WriterState['suppressed'],
  hash: (identifier: string) => string,
  counts: Applied,
): Stamped[] {
  const kept = events.filter(({ row }) => !isSuppressed(row, suppressed, hash));
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

/** Gives numbers to sources and agents that are new, and returns what looks up those of an event. */
async function numberShared(session: Session, events: readonly Stamped[], state: WriterState) {
  const sources: Value[][] = [];
  const agents: Value[][] = [];
  for (const { row, facts } of events) {
    if (facts && !state.sources.has(facts.key)) {
      state.lastSource += 1;
      state.sources.set(facts.key, state.lastSource);
      sources.push([state.lastSource, facts.key, JSON.stringify(facts), isReferrerOnly(facts), facts.referrer ?? null]);
    }
    const agent = agentKey(row);
    if (!state.agents.has(agent)) {
      state.agents.set(agent, state.agents.size + 1);
      agents.push([state.agents.size, row.browser, row.os, row.deviceType]);
    }
  }
  await appendRows(session, 'sources', ['DOUBLE', 'VARCHAR', 'VARCHAR', 'BOOLEAN', 'VARCHAR'], sources);
  await appendRows(session, 'agents', ['DOUBLE', 'VARCHAR', 'VARCHAR', 'VARCHAR'], agents);
  return ({ row }: Stamped) => ({
    source: row.source === null ? null : (state.sources.get(row.source) ?? null),
    agent: state.agents.get(agentKey(row)) ?? null,
  });
}

/** One text for browser, system, and kind of device. */
export function agentKey({ browser, os, deviceType }: Pick<EventRow, 'browser' | 'os' | 'deviceType'>): string {
  return `${browser ?? ''}|${os ?? ''}|${deviceType ?? ''}`;
}

/** Takes over the suppressions of a log record; what they hit is taken out, as the log may still have it. */
async function suppress({ session, state, forget }: Appending, hashes: readonly string[], at: string): Promise<void> {
  const fresh = hashes.filter((hash) => (state.suppressed.get(hash) ?? '') < at);
  if (!fresh.length) return;
  const suppressed = new Map(state.suppressed);
  for (const hash of fresh) suppressed.set(hash, at);
  await inTransaction(session, async () => {
    await addSuppressions(session, fresh, at);
    await forget(session, suppressed);
  });
  state.suppressed = suppressed;
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
