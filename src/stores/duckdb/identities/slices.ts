import type { Pair } from '../../persons/edges.js';
import { type Seen, sliceDevices } from '../../persons/slices.js';
import { textNumber } from '../../text-number.js';
import { appendRows, fillTemporary, type Session, type Value } from '../database.js';
import { crowdsIn, reach, updateCrowds } from './crowds.js';

/**
 * Adds to devices (bare names) whose picture may have changed all that have it from them: their companions, and those of
 * `met`, which have just been seen together.
 */
export async function withCompanions(
  session: Session,
  devices: ReadonlySet<string>,
  met: ReadonlySet<string>,
): Promise<Set<string>> {
  const changed = new Set(await updateCrowds(session, 'c', [...met]));
  const [any] = await session.rows<{ any: boolean }>('SELECT count(*) > 0 AS "any" FROM companions');
  if (!any?.any) return new Set(devices);
  const crowdRows = await session.rows<{ name: string }>("SELECT name[2:] AS name FROM crowds WHERE name[1] = 'c'");
  const crowds = new Set(crowdRows.map(({ name }) => name));
  const isEnd = (name: string): boolean => crowds.has(name) && !changed.has(name);
  return reach(session, 'SELECT a, b FROM companions', [...devices, ...met], isEnd);
}

/** Computes the slices of some devices (bare names, with all their companions) anew. */
export async function resliceDevices(session: Session, devices: ReadonlySet<string>): Promise<void> {
  if (!devices.size) return;
  await fillTemporary(session, 'affected', [...devices]);
  const { sightings, shared } = await readSightings(session);
  const companions = await session.rows<Pair>(
    `SELECT DISTINCT a, b, happened::DOUBLE AS "at" FROM companions
     WHERE a IN (FROM affected) AND b IN (FROM affected)`,
  );
  const crowds = companions.length ? await crowdsIn(session, 'c', 'affected') : new Set<string>();
  const rows: Value[][] = [];
  const slices = sliceDevices({ sightings, companions, crowds, isShared: (user) => shared.has(user) });
  for (const [name, cuts] of slices) {
    const device = `a${name}`;
    for (const { from, to, user } of cuts) {
      rows.push([device, from, to, user, textNumber(device), user === null ? null : textNumber(`u${user}`)]);
    }
  }
  await session.run("DELETE FROM slices WHERE device IN (SELECT 'a' || value FROM affected)");
  await appendRows(session, 'slices', ['VARCHAR', 'DOUBLE', 'DOUBLE', 'VARCHAR', 'DOUBLE', 'DOUBLE'], rows);
}

/** Who was seen on the affected devices; with one user the times do not matter. Users have their canonical names. */
async function readSightings(session: Session): Promise<{ sightings: Map<string, Seen[]>; shared: Set<string> }> {
  const rows = await session.rows<Seen & { device: string; shared: boolean }>(
    `SELECT seen.device[2:] AS device, coalesce(canonical, seen.user_id) AS "user", happened::DOUBLE AS "at",
       'u' || coalesce(canonical, seen.user_id) IN (SELECT name FROM crowds) AS shared
     FROM (
       SELECT device, user_id, 0 AS happened FROM links ANTI JOIN sightings USING (device)
       UNION ALL
       SELECT device, user_id, happened FROM sightings
     ) AS seen
     LEFT JOIN names ON names.user_id = seen.user_id
     WHERE seen.device IN (SELECT 'a' || value FROM affected)`,
  );
  const sightings = new Map<string, Seen[]>();
  const shared = new Set<string>();
  for (const { device, user, at, shared: isShared } of rows) {
    if (isShared) shared.add(user);
    const seen = sightings.get(device);
    if (seen) seen.push({ user, at });
    else sightings.set(device, [{ user, at }]);
  }
  return { sightings, shared };
}
