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
import { textNumber } from '../text-number.js';
import { fillTemporary } from './append.js';
import { appendRows, type Session, type Value } from './database.js';

/**
 * Brings `names` and `slices` up to date after events were added. Only devices whose picture can have changed are
 * looked at: newly linked ones, ones with several users, and those of users that were merged or became shared.
 */
export async function updateIdentities(session: Session, rows: readonly EventRow[]): Promise<void> {
  const sightings = rows.flatMap(sightingsOf).map((one) => ({ ...one, device: `a${one.device}` }));
  const merges = rows.flatMap(mergesOf);
  if (!sightings.length) return;
  const fresh = await addLinks(session, sightings);
  const ambiguous = await addSightings(session, sightings);
  if (merges.length) await addMerges(session, merges);
  const users = new Set([...fresh.map(({ user_id: user }) => user), ...merges.map(({ to }) => to)]);
  const others = users.size ? await devicesOfChangedUsers(session, [...users], merges.length > 0) : [];
  await resliceDevices(session, new Set([...fresh.map(({ device }) => device), ...ambiguous, ...others]));
}

/** Computes everything again from the events: after events were taken out. */
export async function rebuildIdentities(session: Session): Promise<void> {
  for (const table of ['links', 'sightings', 'merges', 'names', 'slices']) await session.run(`DELETE FROM ${table}`);
  const links = await session.rows<{ device: string; user: string }>(
    `SELECT DISTINCT device, user_id AS "user" FROM (${SIGHTINGS})`,
  );
  await appendLinks(session, 'links', links);
  await session.run(
    `INSERT INTO sightings FROM (${SIGHTINGS})
     WHERE device IN (SELECT device FROM links GROUP BY device HAVING count(*) > 1)`,
  );
  await session.run(
    'INSERT INTO merges SELECT DISTINCT previous_id, user_id FROM events WHERE trusted AND previous_id IS NOT NULL AND user_id IS NOT NULL',
  );
  await rename(session);
  await resliceDevices(session, new Set(links.map(({ device }) => device)));
}

/** The rows of `sightingsOf`, in SQL, with devices as in `events`: one that is not real has no user id beside it. */
const SIGHTINGS = `
  SELECT device, user_id, happened FROM events WHERE device LIKE 'a%' AND user_id IS NOT NULL
  UNION ALL
  SELECT 'a' || previous_id, user_id, happened FROM events WHERE previous_id IS NOT NULL AND user_id IS NOT NULL`;

function appendLinks(
  session: Session,
  table: string,
  links: readonly { device: string; user: string }[],
): Promise<void> {
  const types = ['VARCHAR', 'VARCHAR', 'DOUBLE', 'DOUBLE'] as const;
  const rows = links.map(({ device, user }) => [device, user, textNumber(device), textNumber(`u${user}`)]);
  return appendRows(session, table, types, rows);
}

/** Adds the links that are new, and returns them. The temporary table `pairs` keeps all of the batch. */
async function addLinks(
  session: Session,
  sightings: readonly Sighting[],
): Promise<{ device: string; user_id: string }[]> {
  await session.run('CREATE OR REPLACE TEMP TABLE pairs AS FROM links LIMIT 0');
  const pairs = new Map(sightings.map((one) => [JSON.stringify([one.device, one.user]), one]));
  await appendLinks(session, 'pairs', [...pairs.values()]);
  return session.rows('INSERT INTO links FROM pairs ANTI JOIN links USING (device, user_id) RETURNING device, user_id');
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
  const names = [...canonicalUsers(merges)];
  const rows = names.map(([user, name]) => [user, name, textNumber(`u${user}`), textNumber(`u${name}`)]);
  await appendRows(session, 'names', ['VARCHAR', 'VARCHAR', 'DOUBLE', 'DOUBLE'], rows);
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

async function resliceDevices(session: Session, devices: ReadonlySet<string>): Promise<void> {
  if (!devices.size) return;
  await fillTemporary(session, 'affected', [...devices]);
  const sightings = await sightingsByDevice(session);
  const shared = await sharedUsers(session);
  const rows: Value[][] = [];
  for (const [device, seen] of sightings) {
    for (const { from, to, user } of sliceDevice(seen, (name) => shared.has(name))) {
      rows.push([device, from, to, user, textNumber(device), user === null ? null : textNumber(`u${user}`)]);
    }
  }
  await session.run('DELETE FROM slices WHERE device IN (SELECT value FROM affected)');
  await appendRows(session, 'slices', ['VARCHAR', 'DOUBLE', 'DOUBLE', 'VARCHAR', 'DOUBLE', 'DOUBLE'], rows);
}

/** Who was seen on the affected devices; with one user the times do not matter. Users have their canonical names. */
async function sightingsByDevice(session: Session): Promise<Map<string, Omit<Sighting, 'device'>[]>> {
  const rows = await session.rows<Sighting>(
    `SELECT device, coalesce(canonical, seen.user_id) AS "user", happened::DOUBLE AS "at"
     FROM (
       SELECT device, user_id, 0 AS happened FROM links ANTI JOIN sightings USING (device)
       UNION ALL
       SELECT device, user_id, happened FROM sightings
     ) AS seen
     LEFT JOIN names ON names.user_id = seen.user_id
     WHERE device IN (SELECT value FROM affected)`,
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
