import type { WireEvent } from '../../protocol/index.js';
import type { Person, StoredEvent } from '../contract.js';
import { describePerson, type PersonRow } from '../persons/description.js';
import {
  describeErasure,
  type Erasable,
  type Erasure,
  type ErasureRequest,
  isErased,
  keysOf,
} from '../persons/erasure.js';
import { storedEvent } from '../stamp/stamp.js';
import { appendRows, type Session } from './database.js';
import { forgetLanes } from './delivery.js';
import { PERSON_JOINS, PERSON_KEY } from './goals.js';
import { rebuildIdentities } from './identities/identities.js';
import { MARKS, type Marked, withMarks } from './identities/marks.js';
import { cutDevices } from './kept/visits.js';

/** The person behind an identifier, with all their events. */
export async function readPerson(session: Session, identifier: string): Promise<Person | undefined> {
  for (const person of await keysFor(session, identifier)) {
    await session.run(
      `CREATE OR REPLACE TEMP TABLE own AS SELECT seq FROM events AS e ${PERSON_JOINS} WHERE ${PERSON_KEY} = $person`,
      { person },
    );
    const rows = await session.rows<Marked<PersonRow> & EventText>(
      `SELECT type, happened::DOUBLE AS "at", user_id AS "userId", device, previous_id AS "previousId", trusted,
         json, happened::DOUBLE AS happened, received::DOUBLE AS received, ${MARKS}
       FROM events LEFT JOIN marks USING (seq) WHERE seq IN (FROM own) ORDER BY happened, n, message_id`,
    );
    if (rows.length) return describePerson(person, rows.map(parseEvent), rows.map(withMarks));
  }
  return undefined;
}

const decoder = new TextDecoder();

/** What is needed to give an event back. */
export interface EventText {
  json: Uint8Array;
  happened: number;
  received: number;
}

/** A row as the event it is. */
export function parseEvent({ json, happened, received }: EventText): StoredEvent {
  return storedEvent(parseWire(json), { at: happened, receivedAt: received });
}

/** What the client sent. */
export function parseWire(json: Uint8Array): WireEvent {
  return JSON.parse(decoder.decode(json)) as WireEvent;
}

async function keysFor(session: Session, identifier: string): Promise<string[]> {
  const [name] = await session.rows<{ canonical: string }>('SELECT canonical FROM names WHERE user_id = $identifier', {
    identifier,
  });
  const owners = await ownersOf(session, 'SELECT $device', { device: `a${identifier}` });
  return keysOf(identifier, {
    canonical: (user) => name?.canonical ?? user,
    ownerOf: (device) => owners.get(`a${device}`) ?? `a${device}`,
  });
}

/** The devices (given by a query) that belong to one user as a whole, with the key of that person. */
async function ownersOf(session: Session, devices: string, values = {}): Promise<Map<string, string>> {
  const rows = await session.rows<{ device: string; owner: string }>(
    `SELECT device, owner FROM slices
     WHERE begins = '-infinity'::DOUBLE AND owner IS NOT NULL AND device IN (${devices})`,
    values,
  );
  return new Map(rows.map(({ device, owner }) => [device, `u${owner}`]));
}

/** Takes a person out of the tables; undefined when there is none. Call it in a transaction. */
export async function erasePerson(session: Session, identifier: string): Promise<Erasure | undefined> {
  const keys = await keysFor(session, identifier);
  const rows = await session.rows<Marked<Erasable> & { seq: number }>(
    `SELECT e.seq::DOUBLE AS seq, ${MARKS}, message_id AS "messageId", e.user_id AS "userId", e.device AS device, previous_id AS "previousId", trusted, ${PERSON_KEY} AS person
     FROM events AS e ${PERSON_JOINS} LEFT JOIN marks ON marks.seq = e.seq
     WHERE ${PERSON_KEY} IN ($first, $second) OR (e.user_id IS NULL AND e.device = $device)
     ORDER BY e.seq`,
    { first: keys[0] ?? '', second: keys[1] ?? '', device: `a${identifier}` },
  );
  const gone = rows.map(withMarks).filter((row) => isErased({ identifier, keys }, row));
  if (!gone.length) return undefined;
  await deleteEvents(session, gone);
  // The owners as they are while the person is still known: before the identities are computed again.
  const owners = await ownersOf(session, 'SELECT device FROM slices');
  const names = await session.rows<{ user: string; canonical: string }>(
    'SELECT user_id AS "user", canonical FROM names',
  );
  const canonical = new Map(names.map((row) => [row.user, row.canonical]));
  const request: ErasureRequest = {
    identifier,
    keys,
    ownerOf: (device) => owners.get(`a${device}`) ?? `a${device}`,
    canonical: (user) => canonical.get(user) ?? user,
  };
  await rebuildIdentities(session);
  return describeErasure(request, gone);
}

/** Takes events out, the sources that only they had, and what is kept of their sessions. */
export async function deleteEvents(session: Session, gone: readonly { seq: number }[]): Promise<void> {
  await session.run('CREATE OR REPLACE TEMP TABLE gone(seq BIGINT)');
  await appendRows(
    session,
    'gone',
    ['DOUBLE'],
    gone.map(({ seq }) => [seq]),
  );
  await session.run(
    'CREATE OR REPLACE TEMP TABLE robbed AS SELECT DISTINCT device_no AS device FROM events WHERE seq IN (FROM gone)',
  );
  await forgetLanes(session);
  await session.run('DELETE FROM events WHERE seq IN (FROM gone)');
  await session.run('DELETE FROM sources WHERE id NOT IN (SELECT source FROM events WHERE source IS NOT NULL)');
  await cutDevices(session, 'robbed');
}
