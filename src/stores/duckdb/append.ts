import { setImmediate as nextTurn } from 'node:timers/promises';
import { decodeRecord, recordBody } from '../../log/record.js';
import type { Applied } from '../contract.js';
import { type RefusedEvent, refusedOf } from '../delivery.js';
import type { Stamper } from '../stamp/stamp.js';
import type { Records } from './append-from.js';
import { withoutDuplicates } from './copies.js';
import { appendDelivery } from './delivery.js';
import { updateIdentities } from './identities/identities.js';
import { numberShared } from './numbers.js';
import { writeStanding } from './revise.js';
import { appendEvents, type Incoming, inTransaction, writeMeta } from './schema.js';
import { splitEvents } from './split.js';
import type { WriterState } from './state.js';
import { type Suppressing, suppress, withoutSuppressed } from './suppressions.js';

/** What appending needs. */
export interface Appending extends Suppressing {
  state: WriterState;
  stamp: Stamper;
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
    const fresh = withoutSuppressed(unique, state.suppressed, hash);
    batch.suppressed = unique.length - fresh.length;
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
