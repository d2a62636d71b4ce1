import type { Stamped } from '../stamp/stamp.js';
import { pepperCheck } from '../suppress.js';
import type { ColumnType, Session, Value } from './database.js';
import { DELIVERY_TABLES } from './delivery.js';

const VERSION = '6';

/**
 * An event to be written, and its JSON as bytes. Not the event itself: batches wait for each other, and thousands of parsed
 * events with all that is in them are what the collector of garbage spends its time on.
 */
export interface Incoming extends Omit<Stamped, 'wire'> {
  bytes: Uint8Array;
}

/** Events to be written, and the numbers that stand for texts which many of them share. */
export interface NumberedEvents {
  events: readonly Incoming[];
  /** Number of the first one; they count arrivals. */
  seq: number;
  sourceOf: (event: Pick<Stamped, 'facts'>) => number | null;
  agentOf: (event: Pick<Stamped, 'agent'>) => number | null;
  blob: Session['blob'];
}

type SqlType = ColumnType | 'BIGINT' | 'INTEGER';

/**
 * The columns of `events`: name, type, and where the value comes from. Each text costs as much as several numbers, so
 * what no report asks for stays in `json`, the event as the client sent it. Whole numbers are packed and compared faster
 * than doubles; they are written as doubles, which the engine casts, and must be cast back where they are read.
 */
const EVENT_COLUMNS: readonly [string, SqlType, (event: Incoming, i: number, all: NumberedEvents) => Value][] = [
  ['seq', 'BIGINT', (_, i, { seq }) => seq + i],
  ['message_id', 'VARCHAR', ({ row }) => row.messageId],
  ['message_no', 'BIGINT', ({ row }) => row.messageNo],
  ['type', 'VARCHAR', ({ row }) => row.type],
  ['happened', 'BIGINT', ({ row }) => row.at],
  ['original', 'BIGINT', ({ row }) => row.originalAt ?? row.at],
  ['event', 'VARCHAR', ({ row }) => row.event],
  ['user_id', 'VARCHAR', ({ row }) => row.userId],
  ['device', 'VARCHAR', ({ row }) => row.device],
  ['device_no', 'BIGINT', ({ row }) => row.deviceNo],
  ['user_no', 'BIGINT', ({ row }) => row.userNo],
  ['previous_id', 'VARCHAR', ({ row }) => row.previousId],
  ['interactive', 'BOOLEAN', ({ row }) => row.interactive],
  ['page_view', 'BOOLEAN', ({ row }) => row.pageView],
  ['session_no', 'BIGINT', ({ row }) => row.sessionNo],
  ['lane_no', 'BIGINT', ({ row }) => row.laneNo],
  ['n', 'BIGINT', ({ row }) => row.n],
  ['source', 'INTEGER', (event, _, { sourceOf }) => sourceOf(event)],
  ['landed', 'BIGINT', ({ row }) => row.landedAt],
  ['touch', 'VARCHAR', ({ row }) => row.touch],
  ['once', 'VARCHAR', ({ row }) => row.once],
  ['order_id', 'VARCHAR', ({ row }) => row.orderId],
  ['amount', 'BIGINT', ({ row }) => row.amount],
  ['currency', 'VARCHAR', ({ row }) => row.currency],
  ['agent', 'INTEGER', (event, _, { agentOf }) => agentOf(event)],
  ['automated', 'BOOLEAN', ({ row }) => row.automated],
  ['trusted', 'BOOLEAN', ({ row }) => row.trusted],
  ['received', 'BIGINT', ({ row }) => row.receivedAt],
  ['json', 'BLOB', ({ bytes }, _, { blob }) => blob(bytes)],
];

/** Writes events into the table, column by column. */
export async function appendEvents(session: Session, numbered: NumberedEvents): Promise<void> {
  const { events } = numbered;
  const types = EVENT_COLUMNS.map(
    ([, type]): ColumnType => (type === 'BIGINT' || type === 'INTEGER' ? 'DOUBLE' : type),
  );
  await session.append('events', types, events.length, (column, from, to) => {
    const value = EVENT_COLUMNS[column]?.[2];
    const values: Value[] = [];
    for (let i = from; i < to; i += 1) {
      const event = events[i];
      if (value && event) values.push(value(event, i, numbered));
    }
    return values;
  });
}

/** The columns of an event that is kept apart by its name (kept/goals.ts). */
export const GOAL_COLUMNS =
  'seq message_id happened event n order_id amount currency interactive session_no user_id user_no device device_no touch source automated json'.split(
    ' ',
  );

const typeOf = (column: string): SqlType => EVENT_COLUMNS.find(([name]) => name === column)?.[1] ?? 'VARCHAR';

const TABLES = [
  'meta(name VARCHAR, value VARCHAR)',
  `events(${EVENT_COLUMNS.map(([name, type]) => `${name} ${type}`).join(', ')})`,
  // Every source that events name; few. The last three repeat some of its facts for queries.
  'sources(id INTEGER, key VARCHAR, facts VARCHAR, referrer_only BOOLEAN, context_only BOOLEAN, referrer VARCHAR)',
  'agents(id INTEGER, browser VARCHAR, os VARCHAR, device_type VARCHAR)',
  // Which devices (as in `events.device`) and users were seen together: a summary of `events`, so that an append need not
  // look at all of them. A column `x_no` has the numbers of text-number.ts.
  'links(device VARCHAR, user_id VARCHAR, device_no BIGINT, user_no BIGINT, first BIGINT)',
  // When, for devices with several users.
  'sightings(device VARCHAR, user_id VARCHAR, happened BIGINT)',
  // What the secret key stated, and the pairs (in both orders) that it took apart.
  'merges(previous_id VARCHAR, user_id VARCHAR, happened BIGINT, undo BOOLEAN)',
  'separated(device VARCHAR, user_id VARCHAR)',
  // Of events with further identifiers (identities/marks.ts): these, their sightings, and the pairs of persons/edges.ts.
  'marks(seq BIGINT, others VARCHAR, unlinked BOOLEAN, undo BOOLEAN, blocked VARCHAR)',
  'noted(device VARCHAR, user_id VARCHAR, happened BIGINT)',
  'ties(a VARCHAR, b VARCHAR, happened BIGINT)',
  'companions(a VARCHAR, b VARCHAR, happened BIGINT)',
  // What links nobody because it met too many others; ties that would join what must not be joined.
  'crowds(name VARCHAR)',
  'conflicts(a VARCHAR, b VARCHAR, happened BIGINT, type VARCHAR)',
  // What persons/resolve.ts makes of all these.
  'names(user_id VARCHAR, canonical VARCHAR, user_no BIGINT, canonical_no BIGINT)',
  'slices(device VARCHAR, begins DOUBLE, ends DOUBLE, owner VARCHAR, device_no BIGINT, owner_no BIGINT)',
  'suppressions(hash VARCHAR, until VARCHAR)',
  ...DELIVERY_TABLES,
  // The sessions and touches of all events but automated ones (kept/visits.ts). Who a person is changes without an event, so
  // it is not in them. `kept` says up to which event, how many those were, and by which rules they were cut.
  'kept_visits(device BIGINT, visit BIGINT, start BIGINT, "end" BIGINT, before_start BIGINT, opening BIGINT, user_no BIGINT, views BIGINT, source INTEGER, plain BOOLEAN)',
  'kept_touches(device BIGINT, visit BIGINT, source INTEGER, landed BIGINT, happened BIGINT, at_start BOOLEAN)',
  'kept(seq BIGINT, events BIGINT, rules VARCHAR)',
  // A copy of the columns of events with a name that was asked for, and these names (kept/goals.ts).
  `kept_goals(${GOAL_COLUMNS.map((name) => `${name} ${typeOf(name)}`).join(', ')})`,
  'kept_names(name VARCHAR)',
  // Of each device and user: when they were seen first and last, and first ordered (kept/people.ts).
  'kept_people(device_no BIGINT, user_no BIGINT, device VARCHAR, user_id VARCHAR, first BIGINT, last BIGINT, ordered BIGINT)',
  // Of events with a name that is asked for and too frequent to be copied: when they were, by stretches (kept/spans.ts).
  'kept_spans(device_no BIGINT, user_no BIGINT, name INTEGER, stretch BIGINT, first BIGINT, last BIGINT, interactive BOOLEAN)',
  'kept_span_names(name VARCHAR, number INTEGER)',
  'standings(hash VARCHAR, standing VARCHAR)',
];

/** What can be made again from events; emptied, with the columns of this version. */
export async function renewKept(session: Session): Promise<void> {
  const tables = TABLES.filter((table) => table.startsWith('kept'));
  for (const table of tables) {
    await session.run(`DROP TABLE ${table.slice(0, table.indexOf('('))}`);
    await session.run(`CREATE TABLE ${table}`);
  }
}

/**
 * Makes the tables of a new file; an older or newer layout is refused, because the log can rebuild the file, and so is another
 * pepper than the one it was made with. A file from before that was kept takes the first one for its own.
 */
export async function prepareSchema(session: Session, file: string, pepper: string): Promise<void> {
  for (const table of TABLES) await session.run(`CREATE TABLE IF NOT EXISTS ${table}`);
  const version = await readMeta(session, 'version');
  if (version === undefined) await writeMeta(session, 'version', VERSION);
  else if (version !== VERSION) {
    throw new Error(
      `The database ${file} has layout ${version}, this version reads ${VERSION}. It can be rebuilt from the log: delete ${file} and ${file}.wal, then start again.`,
    );
  }
  const check = await readMeta(session, 'pepper');
  if (check === undefined) await writeMeta(session, 'pepper', pepperCheck(pepper));
  else if (check !== pepperCheck(pepper)) {
    throw new Error(
      `The database ${file} was made with another pepper: people would be split in two, and erased ones could come back. Open it with the one it was made with ("filrouge serve" keeps it in the file "secret" beside it; restore that from a backup).`,
    );
  }
}

/** A value of the table `meta`. */
export async function readMeta(session: Session, name: string): Promise<string | undefined> {
  const [row] = await session.rows<{ value: string }>('SELECT value FROM meta WHERE name = $name', { name });
  return row?.value;
}

/** Sets a value of the table `meta`. */
export async function writeMeta(session: Session, name: string, value: string): Promise<void> {
  await session.run('DELETE FROM meta WHERE name = $name', { name });
  await session.run('INSERT INTO meta VALUES ($name, $value)', { name, value });
}

/** Runs a task in a transaction: all of it or nothing. */
export async function inTransaction<T>(session: Session, task: () => Promise<T>): Promise<T> {
  await session.run('BEGIN TRANSACTION');
  try {
    const result = await task();
    await session.run('COMMIT');
    return result;
  } catch (error) {
    await session.run('ROLLBACK').catch(() => {});
    throw error;
  }
}
