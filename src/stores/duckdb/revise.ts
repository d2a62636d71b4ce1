import type { StandingMeta } from '../../log/record.js';
import type { WireEvent } from '../../protocol/index.js';
import type { Revision, Standing } from '../revision.js';
import { metaOf, type Stamper } from '../stamp/stamp.js';
import { applyStanding } from '../standing.js';
import { appendRows, fillTemporary, type Session } from './database.js';
import { rebuildIdentities } from './identities/identities.js';
import { cutDevices } from './kept/visits.js';
import { numberShared } from './numbers.js';
import { deleteEvents } from './people.js';
import { inTransaction } from './schema.js';
import { readState } from './state.js';

const encoder = new TextEncoder();

/** Does what a revision says, in the caller's transaction; resolves with the number of events that were there. */
export async function reviseEvents(session: Session, { removed, replaced }: Revision, stamp: Stamper): Promise<number> {
  const trimmed = await replaceEvents(session, replaced, stamp);
  await fillTemporary(session, 'unwanted', removed);
  const gone = await session.rows<{ seq: number }>(
    'SELECT seq::DOUBLE AS seq FROM events WHERE message_id IN (SELECT value FROM unwanted)',
  );
  if (gone.length + trimmed === 0) return 0;
  await deleteEvents(session, gone);
  if (gone.length) await rebuildIdentities(session);
  return gone.length + trimmed;
}

async function replaceEvents(session: Session, replaced: readonly WireEvent[], stamp: Stamper): Promise<number> {
  const wires = new Map(replaced.map((wire) => [wire.messageId, wire]));
  if (!wires.size) return 0;
  await fillTemporary(session, 'replaced', [...wires.keys()]);
  const rows = await session.rows<{ id: string; at: number; originalAt: number; receivedAt: number; trusted: boolean }>(
    `SELECT message_id AS id, happened::DOUBLE AS "at", original::DOUBLE AS "originalAt",
       received::DOUBLE AS "receivedAt", trusted
     FROM events WHERE message_id IN (SELECT value FROM replaced)`,
  );
  const stamped = rows.flatMap((row) => {
    const wire = wires.get(row.id);
    return wire ? [stamp(wire, metaOf(row))] : [];
  });
  const { sourceOf } = await numberShared(session, stamped, await readState(session));
  await session.run('CREATE OR REPLACE TEMP TABLE trimmed(id VARCHAR, source DOUBLE, landed DOUBLE, json BLOB)');
  const values = stamped.map((event) => {
    const json = session.blob(encoder.encode(JSON.stringify(event.wire)));
    return [event.row.messageId, sourceOf(event), event.row.landedAt, json];
  });
  await appendRows(session, 'trimmed', ['VARCHAR', 'DOUBLE', 'DOUBLE', 'BLOB'], values);
  await session.run(
    `UPDATE events SET source = trimmed.source::INTEGER, landed = trimmed.landed::BIGINT, json = trimmed.json
     FROM trimmed WHERE message_id = trimmed.id`,
  );
  await session.run(
    'CREATE OR REPLACE TEMP TABLE robbed AS SELECT DISTINCT device_no AS device FROM events WHERE message_id IN (SELECT id FROM trimmed)',
  );
  await cutDevices(session, 'robbed');
  return stamped.length;
}

/** Takes over what a record of the log says about standings. */
export async function writeStanding(session: Session, meta: StandingMeta): Promise<void> {
  const standings = await readStandings(session);
  applyStanding(standings, meta);
  await inTransaction(session, async () => {
    await session.run('DELETE FROM standings');
    const rows = [...standings].map(([hash, standing]) => [hash, JSON.stringify(standing)]);
    await appendRows(session, 'standings', ['VARCHAR', 'VARCHAR'], rows);
  });
}

/** What stands, by HMAC. Few people ask, so all of it is read and written at once. */
export async function readStandings(session: Session): Promise<Map<string, Standing>> {
  const rows = await session.rows<{ hash: string; standing: string }>('SELECT hash, standing FROM standings');
  return new Map(rows.map(({ hash, standing }) => [hash, JSON.parse(standing) as Standing]));
}
