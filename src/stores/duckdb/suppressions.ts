import { leaveLane } from '../delivery.js';
import { principalOf } from '../persons/erasure.js';
import type { EventRow } from '../stamp/stamp.js';
import { markForScrub } from './compact.js';
import { appendRows, type Session } from './database.js';
import { rebuildIdentities } from './identities/identities.js';
import { deleteEvents } from './people.js';
import type { Incoming } from './schema.js';

/** HMAC of each erased identifier -> until when its events are not taken. */
export type Suppressed = ReadonlyMap<string, string>;

/** HMAC of an identifier. */
export type Hash = (identifier: string) => string;

/** What suppressing needs of the writer. */
export interface Suppressing {
  session: Session;
  state: { suppressed: Suppressed };
  hash: Hash;
  /** Runs what takes stored events out in a transaction. */
  changing: <T>(task: () => Promise<T>) => Promise<T>;
}

/** Takes over the suppressions of a log record; what they hit is taken out, as the log may still have it. False: all were known. */
export async function suppress(
  { session, state, hash, changing }: Suppressing,
  hashes: readonly string[],
  at: string,
): Promise<boolean> {
  const fresh = hashes.filter((one) => (state.suppressed.get(one) ?? '') < at);
  if (!fresh.length) return false;
  const suppressed = new Map(state.suppressed);
  for (const one of fresh) suppressed.set(one, at);
  await changing(async () => {
    await addSuppressions(session, fresh, at);
    if (await eraseSuppressed(session, suppressed, hash)) await markForScrub(session);
  });
  state.suppressed = suppressed;
  return true;
}

/** Writes suppressions to the file. */
export async function addSuppressions(session: Session, hashes: readonly string[], at: string): Promise<void> {
  await appendRows(
    session,
    'suppressions',
    ['VARCHAR', 'VARCHAR'],
    hashes.map((hash) => [hash, at]),
  );
}

/** Leaves out what happened before an erasure. What came after it leaves the account of its page load. */
export function withoutSuppressed(events: Incoming[], suppressed: Suppressed, hash: Hash): Incoming[] {
  if (!suppressed.size) return events;
  return events.filter(({ row }) => {
    const until = suppressedUntil(row, suppressed, hash);
    if (until !== undefined) leaveLane(row);
    return until === undefined || row.at > until;
  });
}

function suppressedUntil(
  row: Pick<EventRow, 'userId' | 'device'>,
  suppressed: Suppressed,
  hash: Hash,
): number | undefined {
  const until = suppressed.get(hash(principalOf(row)));
  return until === undefined ? undefined : Date.parse(until);
}

/** Takes out the events that a suppression hits; for one that comes from the log. True when there were any. */
async function eraseSuppressed(session: Session, suppressed: Suppressed, hash: Hash): Promise<boolean> {
  const devices = await session.rows<{ userId: string | null; device: string }>(
    `SELECT DISTINCT user_id AS "userId", CASE WHEN user_id IS NULL THEN device ELSE '' END AS device FROM events`,
  );
  const gone: { seq: number }[] = [];
  for (const { userId, device } of devices) {
    const until = suppressedUntil({ userId, device }, suppressed, hash);
    if (until === undefined) continue;
    const rows = await session.rows<{ seq: number }>(
      `SELECT seq::DOUBLE AS seq FROM events WHERE happened <= $until::BIGINT
         AND user_id IS NOT DISTINCT FROM $user AND ($user IS NOT NULL OR device = $device)`,
      { user: userId, device, until },
    );
    gone.push(...rows);
  }
  if (!gone.length) return false;
  await deleteEvents(session, gone);
  await rebuildIdentities(session);
  return true;
}
