import { appendRows, type Session } from './database.js';
import type { Incoming } from './schema.js';

/**
 * Leaves out events whose messageId is known, in the batch or in the table, whenever that was: an id of the site's own,
 * such as an order number, may come from the browser and much later from the till.
 */
export async function withoutDuplicates(session: Session, events: Incoming[]) {
  const first = new Map<string, Incoming>();
  for (const event of events) if (!first.has(event.row.messageId)) first.set(event.row.messageId, event);
  const known = await findKnown(session, [...first.values()]);
  for (const id of known) first.delete(id);
  const copies = events.filter((event) => first.get(event.row.messageId) !== event).map(({ row }) => row);
  return { unique: [...first.values()], copies };
}

/** The messageIds of stored events whose numbers are among these: all that are known, and perhaps one that is not. */
async function findKnown(session: Session, events: Incoming[]): Promise<string[]> {
  if (!events.length) return [];
  await session.run('CREATE OR REPLACE TEMP TABLE incoming(value BIGINT)');
  await appendRows(
    session,
    'incoming',
    ['DOUBLE'],
    events.map(({ row }) => [row.messageNo]),
  );
  const found = await session.rows<{ message_id: string }>(
    'SELECT message_id FROM events WHERE message_no IN (SELECT value FROM incoming)',
  );
  return found.map(({ message_id: id }) => id);
}
