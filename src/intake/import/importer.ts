import { DAY_MS } from '../../protocol/time.js';
import type { Mapping } from '../mapping.js';
import type { Notice, Unreadable } from '../webhooks/contract.js';
import type { ImportState, ProgressFile } from './progress-file.js';
import type { Rejects } from './rejects.js';
import type { Row } from './rows.js';
import type { SendNotices } from './send.js';

/** What an import is made of. */
export interface ImportParts {
  rows: AsyncIterable<Row>;
  mapping: Mapping;
  send: SendNotices;
  rejects: Rejects;
  progress: Pick<ProgressFile, 'save'>;
  /** Where to go on; these rows were acknowledged before. */
  from: ImportState;
  /** Told after every batch. */
  onProgress(state: ImportState): void;
  now(): number;
}

/** A batch stays under the receiver's limit for bodies, whatever the rows. */
const BATCH_ROWS = 500;
const BATCH_CHARACTERS = 400_000;

const REASONS = {
  'bad-event': 'this is no row',
  'missing-event-name': 'no event name',
  'missing-id': 'no id',
  'bad-timestamp': 'no time that could be read',
} as const;

interface Batch {
  notices: Notice[];
  /** Of the notices. */
  rows: Row[];
  characters: number;
  rejected: { row: Row; reason: string }[];
  ignored: number;
}

/**
 * Carries rows to the receiver, in batches, in order: while one is on its way the next is read, and never more, so that memory
 * does not grow with the file. Resolves with the counts; rejects when the receiver cannot be reached, and can be called again.
 */
export async function importRows(parts: ImportParts): Promise<ImportState> {
  const state: ImportState = { ...parts.from };
  let batch: Batch = emptyBatch();
  let onTheWay: Promise<void> = Promise.resolve();
  let seen = 0;
  const flush = async (): Promise<void> => {
    await onTheWay;
    onTheWay = deliver(parts, state, batch, seen);
    // A failure is seen at the next await; until then it must not count as unhandled.
    onTheWay.catch(() => undefined);
    batch = emptyBatch();
  };
  for await (const row of parts.rows) {
    seen += 1;
    if (seen <= parts.from.rows) continue;
    sort(row, batch, parts);
    const isFull = batch.notices.length >= BATCH_ROWS || batch.characters > BATCH_CHARACTERS;
    if (isFull || batch.ignored + batch.rejected.length >= BATCH_ROWS * 10) await flush();
  }
  await flush();
  await onTheWay;
  return state;
}

function sort(row: Row, batch: Batch, { mapping, now }: ImportParts): void {
  const found = row.entry === undefined ? undefined : mapping.read(row.entry);
  const doubtful = typeof found === 'object' ? mapping.doubtful(row.entry) : undefined;
  const reject = (reason: string): unknown => batch.rejected.push({ row, reason });
  if (found === undefined) reject(row.problem ?? 'unreadable');
  else if (found === 'ignored') batch.ignored += 1;
  else if (typeof found === 'string') reject(reasonOf(found, mapping, row));
  else if (found.at === undefined) reject(reasonOf('bad-timestamp', mapping, row));
  else if (Date.parse(found.at) > now() + DAY_MS) reject('the time lies in the future');
  else if (doubtful !== undefined) reject(`${doubtful} is no number (see --decimal)`);
  else {
    batch.notices.push(found);
    batch.rows.push(row);
    batch.characters += JSON.stringify(found).length;
  }
}

/** Where nothing stands in any of the places, they are named: nobody else says which columns a map knows. */
function reasonOf(found: Unreadable, mapping: Mapping, { entry }: Row): string {
  const places = found === 'missing-id' || found === 'bad-timestamp' ? mapping.lacking(entry, found) : [];
  if (!places.length) return REASONS[found];
  return `nothing in ${places.map((place) => place.replace(/^\$\./, '')).join(', ')}`;
}

function emptyBatch(): Batch {
  return { notices: [], rows: [], characters: 0, rejected: [], ignored: 0 };
}

/** All counts change here, after the acknowledgement: what is saved is what is behind us, and nothing more. */
async function deliver(
  { send, rejects, progress, onProgress }: ImportParts,
  state: ImportState,
  { notices, rows, rejected, ignored }: Batch,
  upTo: number,
): Promise<void> {
  const answer = notices.length ? await send(notices) : { accepted: 0, rejected: [] };
  for (const { index, code } of answer.rejected) {
    const row = rows[index];
    if (row) rejected.push({ row, reason: code });
  }
  for (const { row, reason } of rejected.sort((a, b) => a.row.line - b.row.line)) rejects.add(row, reason);
  state.rows = upTo;
  state.taken += answer.accepted;
  state.ignored += ignored;
  state.rejected += rejected.length;
  state.rejectedBytes = await rejects.write();
  await progress.save(state);
  onProgress(state);
}
