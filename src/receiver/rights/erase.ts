import type { IngestLog } from '../../log/contract.js';
import { encodeRecord } from '../../log/record.js';
import type { WireEvent } from '../../protocol/index.js';
import type { Erased, Person, Store } from '../../stores/contract.js';
import { classOf, nameIdentifier } from '../../stores/persons/identifiers.js';
import type { Applier } from '../apply/apply.js';
import { editRecord } from '../upkeep/revise.js';
import { dropAside, readAside } from './aside.js';
import { eraseSurely } from './erase-surely.js';
import type { Hasher } from './hasher.js';
import { eraseMentioned, seek } from './mentions-in-log.js';
import type { Principals } from './principals.js';
import type { StandingDoor } from './standing-door.js';
import type { Suppression } from './suppression.js';

/** What an erasure removed. */
export interface ErasureReport {
  identifiers: Erased['identifiers'];
  /** Events removed from the store. */
  events: number;
  /** Events of other users that lost an address or id of this person. */
  trimmed: number;
  /** Records of the log that were rewritten or dropped. */
  logRecords: number;
}

export interface ErasureParts {
  log: IngestLog;
  store: Store;
  applier: Applier;
  suppression: Suppression;
  standing: StandingDoor;
  hash: Hasher;
  principals: Principals;
}

/** Tells the events of the person that is being erased. */
type Ownership = (event: WireEvent, skewMs: number) => boolean;

/**
 * Erases a person from log and store, and closes the door to what may still be on its way. Undefined when nobody is known
 * by that identifier.
 *
 * The log is cleaned before the store forgets: after a crash in between, the same call still finds the person and
 * finishes the work.
 */
export function erasePerson(parts: ErasureParts, identifier: string, at: string): Promise<ErasureReport | undefined> {
  return parts.applier.exclusively(async () => {
    const names = parts.principals.asked(identifier);
    let report = await eraseMentions(parts, names, at);
    for (const name of names) {
      for (const erase of [eraseAside, eraseStored]) report = sum(report, await erase(parts, name, at));
    }
    return report;
  });
}

function sum(one: ErasureReport | undefined, other: ErasureReport | undefined): ErasureReport | undefined {
  if (!one || !other) return one ?? other;
  return {
    identifiers: [...one.identifiers, ...other.identifiers],
    events: one.events + other.events,
    trimmed: one.trimmed + other.trimmed,
    logRecords: one.logRecords + other.logRecords,
  };
}

/** What names them on the devices of others, while the store still says which names are theirs. */
async function eraseMentions(
  parts: ErasureParts,
  names: readonly string[],
  at: string,
): Promise<ErasureReport | undefined> {
  const { log, suppression, hash } = parts;
  const sought = await seek(parts, names);
  // What was accepted before is on disk when this is, so that reading and rewriting meet it. An erasure of nobody.
  await log.append(encodeRecord({ kind: 'suppress', at, identifiers: [] }));
  const done = await eraseMentioned(parts, sought, at);
  if (!done) return undefined;
  const hashes = names.map(hash);
  suppression.close(hashes, at);
  await log.append(encodeRecord({ kind: 'suppress', at, identifiers: hashes }));
  return { identifiers: [], ...done };
}

async function eraseStored(
  { log, store, applier, suppression }: ErasureParts,
  identifier: string,
  at: string,
): Promise<ErasureReport | undefined> {
  const person = await store.person(identifier);
  if (!person) return undefined;
  let logRecords = await removeFromLog(log, knownEvents(person, at));
  const erased = await eraseSurely(store, { identifier, at, person });
  if (!erased) return undefined;
  suppression.close(erased.hashes, at);
  await log.append(encodeRecord({ kind: 'suppress', at, identifiers: erased.hashes }));
  const known = new Set(person.timeline.map(({ messageId }) => messageId));
  const more = erased.messageIds.filter((messageId) => !known.has(messageId));
  // The log may hold events that the store has not seen yet, and the store may count more as this person's.
  if (more.length > 0 || applier.lagRecords() > 2) {
    const others = new Set(more);
    logRecords += await removeFromLog(
      log,
      (event, skewMs) => others.has(event.messageId) || suppression.blocks(event, skewMs),
    );
  }
  return { identifiers: erased.identifiers, events: erased.messageIds.length, trimmed: 0, logRecords };
}

/** What a restriction had set aside goes, and the restriction with it; objections stay, as HMACs. */
async function eraseAside(
  { log, suppression, standing, hash }: ErasureParts,
  identifier: string,
  at: string,
): Promise<ErasureReport | undefined> {
  if (!standing.byHash(hash(identifier))?.restricted) return undefined;
  const { batches, hashes } = await readAside(log, hash(identifier));
  suppression.close(hashes, at);
  await log.append(encodeRecord({ kind: 'suppress', at, identifiers: hashes }));
  await log.append(encodeRecord({ kind: 'standing', at, identifiers: hashes, restricted: false }));
  for (const one of hashes)
    standing.set([one], { at, restricted: false, objected: standing.byHash(one)?.objected ?? [] });
  const events = batches.reduce((sum, batch) => sum + batch.events.length, 0);
  return { identifiers: [], events, trimmed: 0, logRecords: await dropAside(log, hashes) };
}

/** By message id, and by what names a user for what the store refused (repeats with other ids) or has not seen. */
function knownEvents({ timeline, identifiers }: Person, at: string): Ownership {
  const messageIds = new Set(timeline.map(({ messageId }) => messageId));
  const users = new Set(
    identifiers
      .filter(({ type }) => classOf(type) === 'unique')
      .map(({ type, value }) => nameIdentifier({ type, id: value })),
  );
  const untilMs = Date.parse(at);
  return ({ messageId, userId, timestamp }, skewMs) =>
    messageIds.has(messageId) ||
    (userId !== undefined && users.has(userId) && Date.parse(timestamp) + skewMs <= untilMs);
}

function removeFromLog(log: IngestLog, isTheirs: Ownership): Promise<number> {
  return log.rewrite((record) => editRecord(record, (event, skewMs) => (isTheirs(event, skewMs) ? undefined : event)));
}
