import { MAX_COUNTERPARTS, WINDOW_MS } from '../../persons/edges.js';
import { appendRows, fillTemporary, type Session } from '../database.js';

/**
 * What meets too many others: `u` users with their devices, `t` unique identifiers with each other, `c` companions. The
 * table `crowds` keeps who was one, with that letter before the name, so that a change can be seen.
 */
export type CrowdKind = 'u' | 't' | 'c';

/** Pairs `name`, `other`, `first` of the names in the temporary table `asked`. */
const PAIRS: { readonly [kind in CrowdKind]: string } = {
  u: `
    SELECT members.canonical AS name, device AS other, min(first) AS first
    FROM links JOIN (
      SELECT user_id, canonical FROM names WHERE canonical IN (FROM asked)
      UNION SELECT value, value FROM asked WHERE value NOT IN (SELECT user_id FROM names)
    ) AS members ON members.user_id = links.user_id
    GROUP BY members.canonical, device`,
  t: pairsOf('ties'),
  c: pairsOf('companions'),
};

function pairsOf(table: string): string {
  return `
    SELECT name, other, min(happened) AS first FROM (
      SELECT a AS name, b AS other, happened FROM ${table} WHERE a IN (FROM asked)
      UNION ALL SELECT b, a, happened FROM ${table} WHERE b IN (FROM asked)
    ) GROUP BY name, other`;
}

/** Looks anew at some names (users: canonical ones), and returns those that became a crowd or ceased to be one. */
export async function updateCrowds(session: Session, kind: CrowdKind, names: readonly string[]): Promise<string[]> {
  if (!names.length) return [];
  await fillTemporary(session, 'asked', names);
  const before = await session.rows<{ name: string }>(
    `SELECT name[2:] AS name FROM crowds WHERE name[1] = $kind AND name[2:] IN (FROM asked)`,
    { kind },
  );
  const now = await session.rows<{ name: string }>(
    `SELECT DISTINCT name FROM (
       SELECT name, lead(first, ${MAX_COUNTERPARTS}) OVER (PARTITION BY name ORDER BY first) - first AS span
       FROM (${PAIRS[kind]})
     ) WHERE span <= ${WINDOW_MS}`,
  );
  const [old, fresh] = [new Set(before.map(({ name }) => name)), new Set(now.map(({ name }) => name))];
  const gone = [...old].filter((name) => !fresh.has(name));
  const added = [...fresh].filter((name) => !old.has(name));
  if (gone.length) await session.run('DELETE FROM crowds WHERE name[1] = $kind AND name[2:] IN (FROM asked)', { kind });
  const rows = (gone.length ? [...fresh] : added).map((name) => [`${kind}${name}`]);
  await appendRows(session, 'crowds', ['VARCHAR'], rows);
  return [...gone, ...added];
}

/** The crowds of a kind among the values of a temporary table. */
export async function crowdsIn(session: Session, kind: CrowdKind, table: string): Promise<Set<string>> {
  const rows = await session.rows<{ name: string }>(
    `SELECT name[2:] AS name FROM crowds WHERE name[1] = $kind AND name[2:] IN (SELECT value FROM ${table})`,
    { kind },
  );
  return new Set(rows.map(({ name }) => name));
}

/**
 * All names that can be reached from some by the pairs `a`, `b` of a query. A name that `isEnd` says is reached, but not
 * gone on from.
 */
export async function reach(
  session: Session,
  pairs: string,
  from: Iterable<string>,
  isEnd: (name: string) => boolean,
): Promise<Set<string>> {
  const reached = new Set(from);
  let edge = [...reached].filter((name) => !isEnd(name));
  while (edge.length) {
    await fillTemporary(session, 'edge', edge);
    const rows = await session.rows<{ name: string }>(
      `SELECT DISTINCT name FROM (
         SELECT b AS name FROM (${pairs}) WHERE a IN (FROM edge) UNION ALL SELECT a FROM (${pairs}) WHERE b IN (FROM edge)
       )`,
    );
    const fresh = rows.map(({ name }) => name).filter((name) => !reached.has(name));
    for (const name of fresh) reached.add(name);
    edge = fresh.filter((name) => !isEnd(name));
  }
  return reached;
}
