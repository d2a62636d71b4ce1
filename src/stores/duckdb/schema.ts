import type { Stamped } from '../stamp.js';
import type { ColumnType, Session, Value } from './database.js';

const VERSION = '1';

/** Events to be written, and the numbers that stand for texts which many of them share. */
export interface NumberedEvents {
  events: readonly Stamped[];
  /** Number of the first one; they count arrivals. */
  seq: number;
  sourceOf: (event: Stamped) => number | null;
  agentOf: (event: Stamped) => number | null;
}

/**
 * The columns of `events`: name, type, and where the value comes from. Each text costs as much as several numbers, so
 * what no report asks for stays in `json`, the event as the client sent it.
 */
const EVENT_COLUMNS: readonly [string, ColumnType, (event: Stamped, i: number, all: NumberedEvents) => Value][] = [
  ['seq', 'DOUBLE', (_, i, { seq }) => seq + i],
  ['message_id', 'VARCHAR', ({ row }) => row.messageId],
  ['type', 'VARCHAR', ({ row }) => row.type],
  ['happened', 'DOUBLE', ({ row }) => row.at],
  ['original', 'DOUBLE', ({ row }) => row.originalAt ?? row.at],
  ['event', 'VARCHAR', ({ row }) => row.event],
  ['user_id', 'VARCHAR', ({ row }) => row.userId],
  ['device', 'VARCHAR', ({ row }) => row.device],
  ['device_no', 'DOUBLE', ({ row }) => row.deviceNo],
  ['user_no', 'DOUBLE', ({ row }) => row.userNo],
  ['previous_id', 'VARCHAR', ({ row }) => row.previousId],
  ['interactive', 'BOOLEAN', ({ row }) => row.interactive],
  ['page_view', 'BOOLEAN', ({ row }) => row.pageView],
  ['session_no', 'DOUBLE', ({ row }) => row.sessionNo],
  ['lane', 'VARCHAR', ({ row }) => row.lane],
  ['n', 'DOUBLE', ({ row }) => row.n],
  ['source', 'DOUBLE', (event, _, { sourceOf }) => sourceOf(event)],
  ['landed', 'DOUBLE', ({ row }) => row.landedAt],
  ['path', 'VARCHAR', ({ row }) => row.path],
  ['title', 'VARCHAR', ({ row }) => row.title],
  ['order_id', 'VARCHAR', ({ row }) => row.orderId],
  ['amount', 'DOUBLE', ({ row }) => row.amount],
  ['currency', 'VARCHAR', ({ row }) => row.currency],
  ['agent', 'DOUBLE', (event, _, { agentOf }) => agentOf(event)],
  ['automated', 'BOOLEAN', ({ row }) => row.automated],
  ['trusted', 'BOOLEAN', ({ row }) => row.trusted],
  ['received', 'DOUBLE', ({ row }) => row.receivedAt],
  ['json', 'VARCHAR', ({ wire }) => JSON.stringify(wire)],
];

/** Writes events into the table, column by column. */
export async function appendEvents(session: Session, numbered: NumberedEvents): Promise<void> {
  const { events } = numbered;
  const types = EVENT_COLUMNS.map(([, type]) => type);
  await session.append('events', types, events.length, (column, from, to) => {
    const value = EVENT_COLUMNS[column]?.[2];
    return value ? events.slice(from, to).map((event, i) => value(event, from + i, numbered)) : [];
  });
}

const TABLES = [
  'meta(name VARCHAR, value VARCHAR)',
  `events(${EVENT_COLUMNS.map(([name, type]) => `${name} ${type}`).join(', ')})`,
  // Every source that events name; few. `referrer_only` and `referrer` repeat two of its facts for queries.
  'sources(id DOUBLE, key VARCHAR, facts VARCHAR, referrer_only BOOLEAN, referrer VARCHAR)',
  'agents(id DOUBLE, browser VARCHAR, os VARCHAR, device_type VARCHAR)',
  // Which devices (as in `events.device`) and users were seen together: a summary of `events`, so that an append need not
  // look at all of them. A column `x_no` has the numbers of text-number.ts.
  'links(device VARCHAR, user_id VARCHAR, device_no DOUBLE, user_no DOUBLE)',
  // When, for devices with several users.
  'sightings(device VARCHAR, user_id VARCHAR, happened DOUBLE)',
  'merges(previous_id VARCHAR, user_id VARCHAR)',
  // What persons.ts makes of links, sightings and merges.
  'names(user_id VARCHAR, canonical VARCHAR, user_no DOUBLE, canonical_no DOUBLE)',
  'slices(device VARCHAR, begins DOUBLE, ends DOUBLE, owner VARCHAR, device_no DOUBLE, owner_no DOUBLE)',
  'suppressions(hash VARCHAR, until VARCHAR)',
];

/** Makes the tables of a new file; an older or newer layout is refused, because the log can rebuild the file. */
export async function prepareSchema(session: Session, file: string): Promise<void> {
  for (const table of TABLES) await session.run(`CREATE TABLE IF NOT EXISTS ${table}`);
  const version = await readMeta(session, 'version');
  if (version === undefined) await writeMeta(session, 'version', VERSION);
  else if (version !== VERSION) {
    throw new Error(
      `The database ${file} has layout ${version}, this version reads ${VERSION}. It can be rebuilt from the log: delete ${file} and ${file}.wal, then start again.`,
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
