import type { IngestLog } from '../../log/contract.js';
import { type AsideBatch, type BatchMeta, decodeRecord } from '../../log/record.js';
import type { WireEvent } from '../../protocol/index.js';
import type { Store, StoredEvent } from '../../stores/contract.js';
import { type EventEdit, editRecord } from '../upkeep/revise.js';
import { asideEvents } from './aside.js';
import { ownNames } from './own-names.js';
import type { Principals } from './principals.js';

/** What is needed to find what names people without being filed under them. */
export interface MentionParts {
  log: IngestLog;
  store: Store;
  principals: Principals;
}

/** Under which names somebody is looked for. */
export interface Sought {
  /** The names that were asked for. */
  asked: readonly string[];
  /** Those that stand for this person alone; none when nobody is known. */
  own: ReadonlySet<string>;
  /** The events that the store knows as theirs: those are found already. */
  messageIds: ReadonlySet<string>;
}

/** The names of whoever is behind what was asked for, and which of their events the store knows. */
export async function seek(parts: MentionParts, asked: readonly string[]): Promise<Sought> {
  const own = new Set<string>();
  const messageIds = new Set<string>();
  for (const name of asked) {
    const person = await parts.store.person(name);
    if (!person) continue;
    for (const one of await ownNames(parts, person, name)) own.add(one);
    for (const { messageId } of person.timeline) messageIds.add(messageId);
  }
  return { asked, own, messageIds };
}

/**
 * Events up to a time that name somebody and no other user, on whatever device: an address in a property, a card number in a
 * trait. The store files them under the device, so that only the log, read from its start, has them all. Oldest first.
 */
export async function findMentioned(parts: MentionParts, sought: Sought, at: string): Promise<StoredEvent[]> {
  const batches: AsideBatch[] = [];
  for await (const { meta, event, left } of edited(parts.log, editFor(parts, sought, at))) {
    if (!left) batches.push({ meta, events: [event] });
  }
  return asideEvents(batches);
}

/**
 * Takes such events out of store and log, and the person's own addresses and ids out of events of other users (who keep what
 * they state as their own, such as a mailbox that two share). Undefined when there was nothing. The store first: what the
 * log still has is found again after a crash in between.
 */
export async function eraseMentioned(
  parts: MentionParts,
  sought: Sought,
  at: string,
): Promise<{ events: number; trimmed: number; logRecords: number } | undefined> {
  const { log, store } = parts;
  const edit = editFor(parts, sought, at);
  const removed = new Set<string>();
  const replaced = new Map<string, WireEvent>();
  for await (const { event, left } of edited(log, edit)) {
    if (left) replaced.set(event.messageId, left);
    else removed.add(event.messageId);
  }
  if (!removed.size && !replaced.size) return undefined;
  await store.revise({ removed: [...removed], replaced: [...replaced.values()] });
  const logRecords = await log.rewrite((record) => editRecord(record, edit));
  return { events: removed.size, trimmed: replaced.size, logRecords };
}

function editFor({ principals }: MentionParts, { asked, own, messageIds }: Sought, at: string): EventEdit {
  const all = principals.mentions(new Set([...asked, ...own]));
  const alone = principals.mentions(own);
  const untilMs = Date.parse(at);
  return (event, skewMs) => {
    if (messageIds.has(event.messageId) || Date.parse(event.timestamp) + skewMs > untilMs) return event;
    const { isUser, others } = principals.of(event);
    if (!isUser) return all.areIn(event) ? undefined : event;
    return others.some((name) => own.has(name)) ? event : alone.removedFrom(event);
  };
}

/** The events of the log that an edit changes, and what it leaves of each. */
async function* edited(
  log: IngestLog,
  edit: EventEdit,
): AsyncGenerator<{ meta: BatchMeta; event: WireEvent; left: WireEvent | undefined }> {
  for await (const { bytes } of log.read(0)) {
    const { meta, events } = decodeRecord(bytes);
    if (meta.kind !== 'batch') continue;
    for (const event of events) {
      const left = edit(event, meta.skewMs);
      if (left !== event) yield { meta, event, left };
    }
  }
}
