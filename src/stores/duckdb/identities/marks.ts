import { isBlockedId } from '../../persons/blocked.js';
import { type Edges, edgesOf, type Identified, pairKey, type Statement, weighStatements } from '../../persons/edges.js';
import type { EventRow } from '../../stamp/stamp.js';
import { appendRows, type Session } from '../database.js';
import { appendPairs } from './names.js';

/**
 * Most events have one device and at most one user, which are columns of `events`. What else the others say about who
 * they are is in `marks`, and their sightings in `noted`: so the many pay nothing for the few.
 */
export async function writeMarks(session: Session, rows: readonly EventRow[], firstSeq: number): Promise<void> {
  const marked = rows.flatMap((row, i) => (isMarked(row) ? [{ row, seq: firstSeq + i }] : []));
  await appendRows(
    session,
    'marks',
    ['DOUBLE', 'VARCHAR', 'BOOLEAN', 'BOOLEAN', 'VARCHAR'],
    marked.map(({ row, seq }) => [
      seq,
      JSON.stringify(row.others),
      row.unlinked,
      row.undo,
      JSON.stringify(row.blocked),
    ]),
  );
  await noteSightings(
    session,
    marked.map(({ row }) => edgesOf(row)),
  );
}

/** A previous id with a type before it may be a card, which is tied and no device: that, too, is not in the columns. */
function isMarked({ others, unlinked, undo, blocked, previousId }: EventRow): boolean {
  return others.length > 0 || unlinked || undo || blocked.length > 0 || previousId?.includes(':') === true;
}

/** Fills `noted`, `ties`, `companions`, `merges` and `separated` anew from the events. */
export async function rebuildMarks(session: Session): Promise<void> {
  await session.run('DELETE FROM marks WHERE seq NOT IN (SELECT seq FROM events)');
  // An older file has no mark for these.
  await session.run(
    `INSERT INTO marks SELECT seq, '[]', false, false, '[]' FROM events ANTI JOIN marks USING (seq)
     WHERE previous_id LIKE '%:%'`,
  );
  const rows = await session.rows<Marked<Identified>>(
    `SELECT user_id AS "userId", device, happened::DOUBLE AS "at", previous_id AS "previousId", trusted, others, unlinked, undo
     FROM marks JOIN events USING (seq)`,
  );
  const edges = rows.map((row) => edgesOf(withMarks(row)));
  await session.run(
    `INSERT INTO merges
     SELECT DISTINCT previous_id, user_id, happened, false FROM events ANTI JOIN marks USING (seq)
     WHERE trusted AND previous_id IS NOT NULL AND user_id IS NOT NULL`,
  );
  await addStatements(
    session,
    edges.flatMap(({ statements }) => statements),
  );
  const separated = await readSeparated(session);
  const isLinked = ({ a, b }: { a: string; b: string }): boolean => !separated.has(pairKey(a, b));
  await noteSightings(session, edges);
  await appendPairs(session, 'ties', firsts(edges.flatMap(({ ties }) => ties).filter(isLinked)));
  await appendPairs(session, 'companions', edges.flatMap(({ companions }) => companions).filter(isLinked));
}

function firsts(pairs: readonly Edges['ties'][number][]): Edges['ties'] {
  const first = new Map<string, Edges['ties'][number]>();
  for (const pair of pairs) {
    const key = pairKey(pair.a, pair.b);
    if (pair.at < (first.get(key)?.at ?? Number.POSITIVE_INFINITY)) first.set(key, pair);
  }
  return [...first.values()];
}

async function noteSightings(session: Session, edges: readonly Edges[]): Promise<void> {
  const rows = edges.flatMap(({ sightings }) => sightings).map(({ device, user, at }) => [`a${device}`, user, at]);
  await appendRows(session, 'noted', ['VARCHAR', 'VARCHAR', 'DOUBLE'], rows);
}

/**
 * Writes what the secret key stated. True when it separates what was joined, or joins what was separated: then all
 * identities have to be computed again.
 */
export async function addStatements(session: Session, statements: readonly Statement[]): Promise<boolean> {
  if (!statements.length) return false;
  const before = await readSeparated(session);
  await appendRows(
    session,
    'merges',
    ['VARCHAR', 'VARCHAR', 'DOUBLE', 'BOOLEAN'],
    statements.map(({ from, to, at, undo }) => [from, to, at, undo]),
  );
  const undone = statements.some(({ from, to, undo }) => undo || before.has(pairKey(from, to)));
  if (!undone && !before.size) return false;
  const all = await session.rows<Statement>(
    'SELECT previous_id AS "from", user_id AS "to", happened::DOUBLE AS "at", undo FROM merges',
  );
  await session.run('DELETE FROM separated');
  const pairs = [...weighStatements(all).separated].map((key) => JSON.parse(key) as [string, string]);
  await appendRows(
    session,
    'separated',
    ['VARCHAR', 'VARCHAR'],
    pairs.flatMap(([a, b]) => [
      [`a${a}`, b],
      [`a${b}`, a],
    ]),
  );
  return undone;
}

/** The pairs (see `pairKey`) of which the secret key said that they are not one person. */
export async function readSeparated(session: Session): Promise<Set<string>> {
  const rows = await session.rows<{ device: string; user: string }>('SELECT device, user_id AS "user" FROM separated');
  return new Set(rows.map(({ device, user }) => pairKey(device.slice(1), user)));
}

/** The columns of `marks` (outer joined with events) in a query. */
export const MARKS =
  "coalesce(others, '[]') AS others, coalesce(unlinked, false) AS unlinked, coalesce(undo, false) AS undo";

/** A row as a query with `MARKS` gives it. */
export type Marked<Row> = Omit<Row, 'anonymousId' | 'others'> & { device: string; others: string };

/**
 * The row as the event had it. The column `device` holds the device id with an `a` before it; values that are no ids do
 * not count as one.
 */
export function withMarks<Row extends { device: string; others: string }>(
  row: Row,
): Omit<Row, 'others'> & { anonymousId: string | null; others: readonly string[] } {
  const id = row.device.slice(1);
  const anonymousId = row.device.startsWith('a') && !isBlockedId(id) ? id : null;
  return { ...row, anonymousId, others: JSON.parse(row.others) as string[] };
}
