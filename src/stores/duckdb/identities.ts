import {
  canonicalUsers,
  MAX_COUNTERPARTS,
  type Merge,
  mergesOf,
  type Sighting,
  sightingsOf,
  sliceDevice,
} from '../persons.js';
import type { EventRow } from '../stamp.js';
import { fillTemporary } from './append.js';
import { appendRows, type Session, type Value } from './database.js';

/**
 * Brings `names` and `slices` up to date after events were added. Only devices whose picture can have changed are
 * looked at: newly linked ones, ones with several users, and those of users that were merged or became shared.
 */
export async function updateIdentities(session: Session, rows: readonly EventRow[]): Promise<void> {
  const sightings = rows.flatMap(sightingsOf);
  const merges = rows.flatMap(mergesOf);
  if (!sightings.length) return;
  await fillPairs(session, sightings);
  const fresh = await session.rows<{ device: string; user_id: string }>(
    'INSERT INTO links SELECT DISTINCT device, user_id FROM pairs ANTI JOIN links USING (device, user_id) RETURNING *',
  );
  const affected = new Set(fresh.map(({ device }) => device));
  const ambiguous = await session.rows<{ device: string }>(
    'SELECT device FROM links WHERE device IN (SELECT device FROM pairs) GROUP BY device HAVING count(*) > 1',
  );
  for (const { device } of ambiguous) affected.add(device);
  if (merges.length) await addMerges(session, merges);
  const users = new Set([...fresh.map(({ user_id: user }) => user), ...merges.map(({ to }) => to)]);
  for (const device of await devicesOfChangedUsers(session, [...users], merges.length > 0)) affected.add(device);
  await resliceDevices(session, [...affected]);
}

/** Computes everything again from the events: after events were taken out. */
export async function rebuildIdentities(session: Session): Promise<void> {
  for (const table of ['links', 'merges', 'names', 'slices']) await session.run(`DELETE FROM ${table}`);
  await session.run(`INSERT INTO links SELECT DISTINCT device, user_id FROM (${SIGHTINGS})`);
  await session.run(
    'INSERT INTO merges SELECT DISTINCT previous_id, user_id FROM events WHERE trusted AND previous_id IS NOT NULL AND user_id IS NOT NULL',
  );
  await rename(session);
  const devices = await session.rows<{ device: string }>('SELECT DISTINCT device FROM links');
  await resliceDevices(
    session,
    devices.map(({ device }) => device),
  );
}

/** The rows of `sightingsOf`, in SQL, with devices as in `events`: one that is not real has no user id beside it. */
const SIGHTINGS = `
  SELECT device, user_id, happened FROM events WHERE device LIKE 'a%' AND user_id IS NOT NULL
  UNION ALL
  SELECT 'a' || previous_id, user_id, happened FROM events WHERE previous_id IS NOT NULL AND user_id IS NOT NULL`;

async function fillPairs(session: Session, sightings: readonly Sighting[]): Promise<void> {
  await session.run('CREATE OR REPLACE TEMP TABLE pairs(device VARCHAR, user_id VARCHAR)');
  const pairs = new Map<string, Value[]>();
  for (const { device, user } of sightings) pairs.set(JSON.stringify([device, user]), [`a${device}`, user]);
  await appendRows(session, 'pairs', ['VARCHAR', 'VARCHAR'], [...pairs.values()]);
}

async function addMerges(session: Session, merges: readonly Merge[]): Promise<void> {
  for (const { from, to } of merges) {
    await session.run(
      `INSERT INTO merges SELECT $from, $to WHERE NOT EXISTS (FROM merges WHERE previous_id = $from AND user_id = $to)`,
      { from, to },
    );
  }
  await rename(session);
}

async function rename(session: Session): Promise<void> {
  const merges = await session.rows<Merge>('SELECT previous_id AS "from", user_id AS "to" FROM merges');
  await session.run('DELETE FROM names');
  await appendRows(session, 'names', ['VARCHAR', 'VARCHAR'], [...canonicalUsers(merges)]);
}

const CANONICAL_LINKS = `
  SELECT links.device, coalesce(names.canonical, links.user_id) AS user_id
  FROM links LEFT JOIN names ON names.user_id = links.user_id`;

/**
 * All devices of those users that now have more than the limit (the ones before it change too), and of merged ones. A
 * user far over the limit is skipped: nothing changes for the others any more.
 */
async function devicesOfChangedUsers(session: Session, users: string[], isMerged: boolean): Promise<string[]> {
  await fillTemporary(session, 'changed', users);
  const rows = await session.rows<{ device: string }>(
    `WITH canonical AS (${CANONICAL_LINKS}),
       touched AS (SELECT DISTINCT coalesce(names.canonical, value) AS user_id FROM changed LEFT JOIN names ON user_id = value),
       crossed AS (
         SELECT user_id FROM canonical SEMI JOIN touched USING (user_id)
         GROUP BY user_id HAVING $merged OR count(DISTINCT device) > $limit
       )
     SELECT DISTINCT device FROM canonical SEMI JOIN crossed USING (user_id)`,
    { merged: isMerged, limit: MAX_COUNTERPARTS },
  );
  return rows.map(({ device }) => device);
}

async function resliceDevices(session: Session, devices: string[]): Promise<void> {
  if (!devices.length) return;
  await fillTemporary(session, 'affected', devices);
  const sightings = await sightingsByDevice(session);
  const shared = await sharedUsers(session);
  const rows: Value[][] = [];
  for (const [device, seen] of sightings) {
    for (const { from, to, user } of sliceDevice(seen, (name) => shared.has(name))) rows.push([device, from, to, user]);
  }
  await session.run('DELETE FROM slices WHERE device IN (SELECT value FROM affected)');
  await appendRows(session, 'slices', ['VARCHAR', 'DOUBLE', 'DOUBLE', 'VARCHAR'], rows);
}

/** With one user the times do not matter, so only devices with several are looked up in the events. */
async function sightingsByDevice(session: Session): Promise<Map<string, Omit<Sighting, 'device'>[]>> {
  const rows = await session.rows<Sighting>(
    `WITH canonical AS (${CANONICAL_LINKS} WHERE links.device IN (SELECT value FROM affected)),
       single AS (
         SELECT device, min(user_id) AS user_id FROM canonical GROUP BY device HAVING min(user_id) = max(user_id)
       )
     SELECT device, user_id AS "user", 0 AS "at" FROM single
     UNION ALL
     SELECT device, coalesce(names.canonical, sightings.user_id), happened
     FROM (${SIGHTINGS}) AS sightings LEFT JOIN names ON names.user_id = sightings.user_id
     WHERE device IN (SELECT value FROM affected) AND device NOT IN (SELECT device FROM single)`,
  );
  const byDevice = new Map<string, Omit<Sighting, 'device'>[]>();
  for (const { device, user, at } of rows) {
    const seen = byDevice.get(device);
    if (seen) seen.push({ user, at });
    else byDevice.set(device, [{ user, at }]);
  }
  return byDevice;
}

/** Users of the affected devices that have more devices than the limit. */
async function sharedUsers(session: Session): Promise<Set<string>> {
  const rows = await session.rows<{ user_id: string }>(
    `WITH canonical AS (${CANONICAL_LINKS})
     SELECT user_id FROM canonical
     WHERE user_id IN (SELECT user_id FROM canonical WHERE device IN (SELECT value FROM affected))
     GROUP BY user_id HAVING count(DISTINCT device) > $limit`,
    { limit: MAX_COUNTERPARTS },
  );
  return new Set(rows.map(({ user_id: user }) => user));
}
