import type { IdentifierType, IdentityProblems } from '../../contract.js';
import { edgesOf, MAX_COUNTERPARTS, NO_EDGES, pairKey, type Sighting, WINDOW_MS } from '../../persons/edges.js';
import type { Conflict } from '../../persons/names.js';
import { describeProblems } from '../../persons/problems.js';
import type { EventRow } from '../../stamp/stamp.js';
import { textNumber } from '../../text-number.js';
import { appendRows, fillTemporary, type Session } from '../database.js';
import { updateCrowds } from './crowds.js';
import { addStatements, readSeparated, rebuildMarks, writeMarks } from './marks.js';
import { appendPairs, renameAll, updateNames } from './names.js';
import { resliceDevices, withCompanions } from './slices.js';

/**
 * Brings `names` and `slices` up to date after events were added, the first of them with the number `firstSeq`. Only
 * devices whose picture can have changed are looked at: newly linked ones, ones with several users, those of users that
 * got another name or became shared, and the companions of all these.
 */
export async function updateIdentities(session: Session, rows: readonly EventRow[], firstSeq: number): Promise<void> {
  await writeMarks(session, rows, firstSeq);
  // Most events say nothing about who is who.
  const edges = rows.map(edgesOf).filter((one) => one !== NO_EDGES);
  const statements = edges.flatMap((one) => one.statements);
  if (await addStatements(session, statements)) return rebuildIdentities(session);
  const separated = await readSeparated(session);
  const isLinked = (a: string, b: string): boolean => !separated.size || !separated.has(pairKey(a, b));
  const sightings = edges
    .flatMap((one) => one.sightings)
    .filter(({ device, user }) => isLinked(device, user))
    .map(({ device, user, at }) => ({ device: `a${device}`, user, at }));
  const ties = edges.flatMap((one) => one.ties).filter(({ a, b }) => isLinked(a, b));
  const companions = edges.flatMap((one) => one.companions).filter(({ a, b }) => isLinked(a, b));
  if (!(sightings.length + statements.length + ties.length + companions.length)) return;
  const renamed = await updateNames(session, statements, ties);
  const links = await addLinks(session, sightings);
  const ambiguous = await addSightings(session, sightings);
  await appendPairs(session, 'companions', companions);
  const others = await devicesOfChangedUsers(session, [...new Set(links.map(({ user }) => user))], renamed);
  const devices = [...links.map(({ device }) => device), ...ambiguous, ...others].map((device) => device.slice(1));
  const met = new Set(companions.flatMap(({ a, b }) => [a, b]));
  await resliceDevices(session, await withCompanions(session, new Set(devices), met));
}

/** The tables that `rebuildIdentities` fills, and those of them that questions read. */
export const IDENTITY_TABLES: readonly string[] =
  'links sightings noted merges separated ties companions crowds conflicts names slices'.split(' ');
export const ASKED_IDENTITY_TABLES: readonly string[] = ['links', 'names', 'slices'];

/** Computes everything again from the events: after events were taken out. */
export async function rebuildIdentities(session: Session): Promise<void> {
  for (const table of IDENTITY_TABLES) await session.run(`DELETE FROM ${table}`);
  await rebuildMarks(session);
  const links = await session.rows<Sighting>(
    `SELECT device, user_id AS "user", min(happened)::DOUBLE AS "at" FROM (${SIGHTINGS}) GROUP BY device, user_id`,
  );
  await appendLinks(session, 'links', links);
  await session.run(
    `INSERT INTO sightings FROM (${SIGHTINGS})
     WHERE device IN (SELECT device FROM links GROUP BY device HAVING count(*) > 1)`,
  );
  await renameAll(session);
  const users = await session.rows<{ user: string }>(
    `SELECT DISTINCT coalesce(canonical, links.user_id) AS "user" FROM links LEFT JOIN names ON names.user_id = links.user_id`,
  );
  await updateCrowds(
    session,
    'u',
    users.map(({ user }) => user),
  );
  const met = await session.rows<{ name: string }>('SELECT a AS name FROM companions UNION SELECT b FROM companions');
  const devices = new Set(links.map(({ device }) => device.slice(1)));
  await resliceDevices(session, await withCompanions(session, devices, new Set(met.map(({ name }) => name))));
}

/** The sightings of `edgesOf`, in SQL, with devices as in `events`: one that is not real has no user id beside it. */
const SIGHTINGS = `
  SELECT * FROM (
    SELECT device, user_id, happened FROM events ANTI JOIN marks USING (seq)
    WHERE device LIKE 'a%' AND user_id IS NOT NULL
    UNION ALL
    SELECT 'a' || previous_id, user_id, happened FROM events ANTI JOIN marks USING (seq)
    WHERE previous_id IS NOT NULL AND user_id IS NOT NULL
    UNION ALL
    SELECT device, user_id, happened FROM noted
  ) ANTI JOIN separated USING (device, user_id)`;

function appendLinks(session: Session, table: string, links: readonly Sighting[]): Promise<void> {
  const types = ['VARCHAR', 'VARCHAR', 'DOUBLE', 'DOUBLE', 'DOUBLE'] as const;
  const rows = links.map(({ device, user, at }) => [device, user, textNumber(device), textNumber(`u${user}`), at]);
  return appendRows(session, table, types, rows);
}

/**
 * Adds the links that are new, moves the first time of those that were seen earlier than known, and returns both. The
 * temporary table `pairs` keeps all of the batch.
 */
async function addLinks(session: Session, sightings: readonly Sighting[]): Promise<Sighting[]> {
  await session.run('CREATE OR REPLACE TEMP TABLE pairs AS FROM links LIMIT 0');
  const pairs = new Map<string, Sighting>();
  for (const one of sightings) {
    const key = JSON.stringify([one.device, one.user]);
    if (one.at < (pairs.get(key)?.at ?? Number.POSITIVE_INFINITY)) pairs.set(key, one);
  }
  await appendLinks(session, 'pairs', [...pairs.values()]);
  const news = await session.rows<Sighting & { fresh: boolean }>(
    `SELECT pairs.device, pairs.user_id AS "user", pairs.first::DOUBLE AS "at", links.device IS NULL AS fresh
     FROM pairs LEFT JOIN links ON links.device = pairs.device AND links.user_id = pairs.user_id
     WHERE links.device IS NULL OR pairs.first < links.first`,
  );
  const fresh = news.filter((one) => one.fresh);
  if (fresh.length < news.length) {
    await session.run(
      `UPDATE links SET first = pairs.first FROM pairs
       WHERE links.device = pairs.device AND links.user_id = pairs.user_id AND pairs.first < links.first`,
    );
  }
  await appendLinks(session, 'links', fresh);
  return news;
}

/**
 * Notes the sightings of devices with several users, and returns those of the batch. For a device that has just become
 * one, all earlier sightings are looked up in the events.
 */
async function addSightings(session: Session, sightings: readonly Sighting[]): Promise<string[]> {
  const rows = await session.rows<{ device: string; known: boolean }>(
    `SELECT device, device IN (SELECT device FROM sightings) AS known
     FROM links WHERE device IN (SELECT device FROM pairs) GROUP BY device HAVING count(*) > 1`,
  );
  const known = new Set(rows.filter((row) => row.known).map(({ device }) => device));
  const added = sightings.filter(({ device }) => known.has(device)).map(({ device, user, at }) => [device, user, at]);
  await appendRows(session, 'sightings', ['VARCHAR', 'VARCHAR', 'DOUBLE'], added);
  const fresh = rows.filter((row) => !row.known).map(({ device }) => device);
  if (fresh.length) {
    await fillTemporary(session, 'fresh', fresh);
    await session.run(`INSERT INTO sightings FROM (${SIGHTINGS}) WHERE device IN (SELECT value FROM fresh)`);
  }
  return rows.map(({ device }) => device);
}

/** All devices of the users that got another name, and of those that became shared or ceased to be. */
async function devicesOfChangedUsers(session: Session, linked: string[], renamed: string[]): Promise<string[]> {
  if (!linked.length && !renamed.length) return [];
  await fillTemporary(session, 'changed', [...linked, ...renamed]);
  const rows = await session.rows<{ user: string }>(
    `SELECT DISTINCT coalesce(canonical, value) AS "user" FROM changed LEFT JOIN names ON user_id = value`,
  );
  // Old names too: they may have lost what they had.
  const crossed = await updateCrowds(session, 'u', [...new Set([...rows.map(({ user }) => user), ...renamed])]);
  if (!crossed.length && !renamed.length) return [];
  await fillTemporary(session, 'changed', [...crossed, ...renamed]);
  const devices = await session.rows<{ device: string }>(
    `SELECT DISTINCT device FROM links LEFT JOIN names ON names.user_id = links.user_id
     WHERE links.user_id IN (FROM changed) OR canonical IN (FROM changed)`,
  );
  return devices.map(({ device }) => device);
}

/** What was kept apart. */
export async function readProblems(session: Session): Promise<IdentityProblems> {
  const conflicts = await session.rows<Conflict>('SELECT a, b, happened::DOUBLE AS "at", type FROM conflicts');
  const shared = await session.rows<{ key: string }>(
    `SELECT CASE name[1] WHEN 'c' THEN 'a' ELSE 'u' END || name[2:] AS key FROM crowds
     UNION
     SELECT device FROM (
       SELECT device, lead(first, ${MAX_COUNTERPARTS}) OVER (PARTITION BY device ORDER BY first) - first AS span FROM (
         SELECT device, min(happened) AS first
         FROM sightings LEFT JOIN names ON names.user_id = sightings.user_id
         GROUP BY device, coalesce(canonical, sightings.user_id)
       )
     ) WHERE span <= ${WINDOW_MS}`,
  );
  const blocked = await session.rows<{ blocked: string; events: number }>(
    `SELECT blocked, count(*)::DOUBLE AS events FROM marks WHERE blocked <> '[]' GROUP BY blocked`,
  );
  return describeProblems(
    conflicts,
    shared.map(({ key }) => key),
    blocked.map(({ blocked: types, events }) => [JSON.parse(types) as IdentifierType[], events]),
  );
}
