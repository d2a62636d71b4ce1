import type { StoredEvent } from '../contract.js';
import type { EventQuery } from '../revision.js';
import { type Session, sqlBounds } from './database.js';
import { type EventText, parseEvent } from './people.js';

/** So many events are read at once. */
const EVENTS_PER_PAGE = 1000;

/** Stored events, oldest arrival first; nothing is held between two pages. */
export async function* streamEvents(
  ask: <T>(question: (session: Session) => Promise<T>) => Promise<T>,
  { limit = Number.POSITIVE_INFINITY, after, ...query }: EventQuery = {},
): AsyncGenerator<StoredEvent> {
  let left = limit;
  let seq = after === undefined ? 0 : await ask((session) => seqOf(session, after));
  while (left > 0 && seq !== undefined) {
    const behind = seq;
    const rows = await ask((session) => readEvents(session, query, behind, Math.min(left, EVENTS_PER_PAGE)));
    for (const row of rows) yield row.event;
    seq = rows.at(-1)?.seq;
    left = rows.length < EVENTS_PER_PAGE ? 0 : left - rows.length;
  }
}

/** The number of the event with this messageId. */
async function seqOf(session: Session, messageId: string): Promise<number | undefined> {
  const [row] = await session.rows<{ seq: number }>(
    'SELECT seq::DOUBLE AS seq FROM events WHERE message_id = $messageId',
    { messageId },
  );
  return row?.seq;
}

/** A page of stored events behind a number, oldest arrival first. */
async function readEvents(
  session: Session,
  query: EventQuery,
  after: number,
  limit: number,
): Promise<{ seq: number; event: StoredEvent }[]> {
  const rows = await session.rows<EventText & { seq: number }>(
    `SELECT seq::DOUBLE AS seq, json, happened::DOUBLE AS happened, received::DOUBLE AS received
     FROM events WHERE seq > $after::BIGINT AND happened >= $from::BIGINT AND happened < $to::BIGINT
       AND ($type IS NULL OR type = $type) AND ($event IS NULL OR event = $event)
       AND ($ids IS NULL OR message_id IN (SELECT unnest($ids::JSON::VARCHAR[])))
       AND ($devices IS NULL OR device IN (SELECT 'a' || unnest($devices::JSON::VARCHAR[])))
       AND ($users IS NULL OR user_id IN (SELECT unnest($users::JSON::VARCHAR[])))
       AND (event IS NULL OR NOT list_contains($except::JSON::VARCHAR[], event))
     ORDER BY seq LIMIT ${limit}`,
    {
      after,
      type: query.type ?? null,
      event: query.event ?? null,
      ids: query.messageIds ? JSON.stringify(query.messageIds) : null,
      devices: query.anonymousIds ? JSON.stringify(query.anonymousIds) : null,
      users: query.userIds ? JSON.stringify(query.userIds) : null,
      except: JSON.stringify(query.exceptEvents ?? []),
      ...sqlBounds(query),
    },
  );
  return rows.map((row) => ({ seq: row.seq, event: parseEvent(row) }));
}
