import type { Pair, Statement } from '../../persons/edges.js';
import { weighStatements } from '../../persons/edges.js';
import { nameUsers } from '../../persons/names.js';
import { textNumber } from '../../text-number.js';
import { appendRows, fillTemporary, type Session } from '../database.js';
import { reach, updateCrowds } from './crowds.js';

/**
 * Notes what was stated and tied in a batch and brings `names` up to date. Returns the users (canonical and not) whose
 * person changed.
 */
export async function updateNames(
  session: Session,
  statements: readonly Statement[],
  ties: readonly Pair[],
): Promise<string[]> {
  const fresh = await addTies(session, ties);
  const touched = new Set(fresh.flatMap(({ a, b }) => [a, b]));
  const changed = await updateCrowds(session, 't', [...touched]);
  const seeds = new Set([...touched, ...statements.flatMap(({ from, to }) => [from, to])]);
  return seeds.size ? rename(session, seeds, new Set(changed)) : [];
}

/** Names everybody anew: after events were taken out. */
export async function renameAll(session: Session): Promise<void> {
  const rows = await session.rows<{ name: string }>(
    `SELECT a AS name FROM ties UNION SELECT b FROM ties
     UNION SELECT previous_id FROM merges UNION SELECT user_id FROM merges`,
  );
  const everybody = rows.map(({ name }) => name);
  const changed = await updateCrowds(session, 't', everybody);
  if (everybody.length) await rename(session, new Set(everybody), new Set(changed));
}

/** Keeps of each pair the first time. Returns the pairs that are new or earlier than known. */
async function addTies(session: Session, ties: readonly Pair[]): Promise<Pair[]> {
  if (!ties.length) return [];
  await session.run('CREATE OR REPLACE TEMP TABLE tied(a VARCHAR, b VARCHAR, happened DOUBLE)');
  await appendPairs(session, 'tied', ties);
  const fresh = await session.rows<Pair>(
    `SELECT a, b, min(tied.happened) AS at FROM tied LEFT JOIN ties USING (a, b)
     WHERE ties.a IS NULL OR tied.happened < ties.happened GROUP BY a, b`,
  );
  if (!fresh.length) return [];
  await session.run(
    'DELETE FROM ties USING tied WHERE ties.a = tied.a AND ties.b = tied.b AND tied.happened < ties.happened',
  );
  await appendPairs(session, 'ties', fresh);
  return fresh;
}

/** Appends pairs to a table of `a`, `b`, `happened`. */
export function appendPairs(session: Session, table: string, pairs: readonly Pair[]): Promise<void> {
  return appendRows(
    session,
    table,
    ['VARCHAR', 'VARCHAR', 'DOUBLE'],
    pairs.map(({ a, b, at }) => [a, b, at]),
  );
}

const MERGED = 'SELECT previous_id AS a, user_id AS b FROM merges';

/** Names all that hangs together with the seeds; `changed` are those that have just begun or ceased to be a crowd. */
async function rename(session: Session, seeds: Set<string>, changed: ReadonlySet<string>): Promise<string[]> {
  const crowdRows = await session.rows<{ name: string }>("SELECT name[2:] AS name FROM crowds WHERE name[1] = 't'");
  const crowds = new Set(crowdRows.map(({ name }) => name));
  const isEnd = (name: string): boolean => crowds.has(name) && !changed.has(name);
  let reached = seeds;
  for (let size = -1; size !== reached.size; ) {
    size = reached.size;
    reached = await reach(session, 'SELECT a, b FROM ties', reached, isEnd);
    reached = await reach(session, MERGED, reached, () => false);
  }
  await fillTemporary(session, 'reached', [...reached]);
  const statements = await session.rows<Statement>(
    `SELECT previous_id AS "from", user_id AS "to", happened::DOUBLE AS "at", undo FROM merges
     WHERE user_id IN (FROM reached)`,
  );
  const ties = await session.rows<Pair>(
    'SELECT a, b, happened::DOUBLE AS "at" FROM ties WHERE a IN (FROM reached) AND b IN (FROM reached)',
  );
  const { names, conflicts } = nameUsers(weighStatements(statements).merges, ties, crowds);
  const before = await session.rows<{ user: string; canonical: string }>(
    'SELECT user_id AS "user", canonical FROM names WHERE user_id IN (FROM reached)',
  );
  await session.run('DELETE FROM names WHERE user_id IN (FROM reached)');
  const rows = [...names].map(([user, name]) => [user, name, textNumber(`u${user}`), textNumber(`u${name}`)]);
  await appendRows(session, 'names', ['VARCHAR', 'VARCHAR', 'DOUBLE', 'DOUBLE'], rows);
  await session.run('DELETE FROM conflicts WHERE a IN (FROM reached) AND b IN (FROM reached)');
  await appendRows(
    session,
    'conflicts',
    ['VARCHAR', 'VARCHAR', 'DOUBLE', 'VARCHAR'],
    conflicts.map(({ a, b, at, type }) => [a, b, at, type]),
  );
  return findRenamed(new Map(before.map(({ user, canonical }) => [user, canonical])), names);
}

/** Who has another name now, with the old names and the new. */
function findRenamed(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  const changed = new Set<string>();
  for (const user of [...before.keys(), ...now.keys()]) {
    const [old, name] = [before.get(user) ?? user, now.get(user) ?? user];
    if (old !== name) for (const one of [user, old, name]) changed.add(one);
  }
  return [...changed];
}
