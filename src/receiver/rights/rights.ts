import { encodeRecord } from '../../log/record.js';
import { isObject, PURPOSES, type Purpose } from '../../protocol/index.js';
import type { Person, StoredEvent } from '../../stores/contract.js';
import { consentLedger } from '../consent/ledger.js';
import { type WithdrawalPolicy, withdraw } from '../consent/withdrawals.js';
import { readBody } from '../fetch.js';
import type { Metrics } from '../metrics.js';
import { JSON_HEADERS, jsonAnswer, type Refusal, refuse, toResponse, UNKNOWN_PERSON, wrongMethod } from '../request.js';
import { editRecord, reviseEvents } from '../upkeep/revise.js';
import { asideEvents, dropAside, readAside, setAside } from './aside.js';
import type { ErasureParts } from './erase.js';
import { exportCsv } from './export-csv.js';
import { findMentioned, seek } from './mentions-in-log.js';
import { ownNames } from './own-names.js';

/** What the rights of people are made of. */
export interface RightsParts extends ErasureParts {
  policy: WithdrawalPolicy;
  metrics: Metrics;
  now(): number;
}

/** Everything that is kept about a person (GDPR 15 and 20). */
export interface PersonExport extends Person {
  exportedAt: string;
  consent: ReturnType<typeof consentLedger>;
  restricted: boolean;
  objected: readonly Purpose[];
}

/**
 * `/v1/people/{identifier}/consent | export | restriction | objection`. Restriction and objection are states: GET says
 * whether they stand, POST sets them, DELETE lifts them.
 */
export async function answerRight(
  parts: RightsParts,
  right: string,
  identifier: string,
  request: Request,
): Promise<Response> {
  const { method } = request;
  const isRead = method === 'GET' || method === 'HEAD';
  const names = parts.principals.asked(identifier);
  if (right === 'consent' || right === 'export') {
    if (!isRead) return wrongMethod('GET, HEAD');
    const person = await collectPerson(parts, names, right === 'export');
    if (!person) return no(UNKNOWN_PERSON);
    return right === 'consent' ? jsonAnswer(person.consent) : exported(person, new URL(request.url));
  }
  if (isRead) return jsonAnswer(standingOf(parts, names));
  if (method !== 'POST' && method !== 'DELETE') return wrongMethod('GET, HEAD, POST, DELETE');
  if (right === 'restriction') {
    let events: number | undefined;
    for (const name of names) {
      const moved = method === 'POST' ? await restrict(parts, name) : await lift(parts, name);
      if (moved !== undefined) events = (events ?? 0) + moved;
    }
    return events === undefined
      ? no(UNKNOWN_PERSON)
      : jsonAnswer({ success: true, restricted: method === 'POST', events });
  }
  const purposes = method === 'POST' ? await readPurposes(request) : [];
  if (!purposes) return no({ code: 'bad-query', message: `"purposes" must be a list of ${PURPOSES.join(', ')}.` });
  const done = { objected: purposes, removed: 0, trimmed: 0 };
  for (const name of names) {
    const { removed, trimmed } = await object(parts, name, purposes);
    done.removed += removed;
    done.trimmed += trimmed;
  }
  return jsonAnswer({ success: true, ...done });
}

/** What stands for any of the names. */
function standingOf({ standing, hash }: RightsParts, names: readonly string[]) {
  const found = names.flatMap((name) => standing.byHash(hash(name)) ?? []);
  return {
    restricted: found.some(({ restricted }) => restricted),
    objected: [...new Set(found.flatMap(({ objected }) => objected))],
  };
}

/**
 * The person with what a restriction has set aside, and the whole also with what names them on devices of others; undefined
 * when there is nothing of any of the names.
 */
async function collectPerson(
  parts: RightsParts,
  names: readonly string[],
  isWhole: boolean,
): Promise<PersonExport | undefined> {
  const { store, log, hash, now } = parts;
  const persons = new Map<string, Person>();
  const aside: StoredEvent[] = [];
  for (const name of names) {
    const person = await store.person(name);
    if (person) persons.set(person.person, person);
    if (standingOf(parts, [name]).restricted) aside.push(...asideEvents((await readAside(log, hash(name))).batches));
  }
  const found = [...persons.values()];
  const [person] = found;
  const exportedAt = new Date(now()).toISOString();
  const mentioned = isWhole ? await findMentioned(parts, await seek(parts, names), exportedAt) : [];
  const timeline = [...aside, ...found.flatMap((one) => one.timeline), ...mentioned];
  if (!timeline.length) return undefined;
  return {
    exportedAt,
    person: person?.person ?? names[0] ?? '',
    identifiers: found.flatMap((one) => one.identifiers),
    edges: found.flatMap((one) => one.edges),
    traits: Object.assign({}, ...(person ? found : aside).map(({ traits }) => traits)),
    timeline,
    consent: consentLedger(timeline),
    ...standingOf(parts, names),
  };
}

function exported(person: PersonExport, url: URL): Response {
  const format = url.searchParams.get('format') ?? 'json';
  if (format !== 'json' && format !== 'csv') return no({ code: 'bad-query', message: '"format" must be json or csv.' });
  const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8';
  return new Response(format === 'csv' ? exportCsv(person) : JSON.stringify(person), {
    headers: {
      ...JSON_HEADERS,
      'content-type': type,
      // A fixed name: identifiers belong in no header.
      'content-disposition': `attachment; filename="person.${format}"`,
    },
  });
}

/**
 * Sets a person's events aside: they leave the store, hence every report, and stay in the log. Resolves with their number,
 * undefined when nobody is known by that identifier.
 */
function restrict(parts: RightsParts, identifier: string): Promise<number | undefined> {
  const { log, store, applier, standing, metrics, now } = parts;
  return applier.exclusively(async () => {
    const person = await store.person(identifier);
    const at = new Date(now()).toISOString();
    const mentioned = await findMentioned(parts, await seek(parts, [identifier]), at);
    const removed = [...(person?.timeline ?? []), ...mentioned].map(({ messageId }) => messageId);
    if (!removed.length) return undefined;
    const hashes = await ownHashes(parts, person, identifier);
    const ids = new Set(removed);
    for (const one of hashes)
      standing.set([one], { at, restricted: true, objected: standing.byHash(one)?.objected ?? [] });
    await log.append(encodeRecord({ kind: 'standing', at, identifiers: hashes, restricted: true }));
    await setAside(log, ids, { at, identifiers: hashes });
    await log.rewrite((record) => editRecord(record, (event) => (ids.has(event.messageId) ? undefined : event)));
    await store.revise({ removed, replaced: [] });
    metrics.revised('restriction', removed.length, 0);
    return removed.length;
  });
}

/** Puts what was set aside back, as it came; resolves with its number. */
function lift(parts: RightsParts, identifier: string): Promise<number | undefined> {
  const { log, applier, standing, hash, now } = parts;
  return applier.exclusively(async () => {
    if (!standing.byHash(hash(identifier))?.restricted) return undefined;
    const at = new Date(now()).toISOString();
    const { batches, hashes } = await readAside(log, hash(identifier));
    const identifiers = [...new Set([...hashes, hash(identifier)])];
    const encoder = new TextEncoder();
    for (const { meta, events } of batches) {
      await log.append(encodeRecord(meta, encoder.encode(JSON.stringify(events))));
    }
    await log.append(encodeRecord({ kind: 'standing', at, identifiers, restricted: false }));
    await dropAside(log, identifiers);
    for (const one of identifiers) {
      standing.set([one], { at, restricted: false, objected: standing.byHash(one)?.objected ?? [] });
    }
    return batches.reduce((sum, { events }) => sum + events.length, 0);
  });
}

/** From now on as if the person had denied these purposes on every device; earlier events as after a withdrawal. */
async function object(
  parts: RightsParts,
  identifier: string,
  purposes: readonly Purpose[],
): Promise<{ removed: number; trimmed: number }> {
  const { log, store, standing, policy, metrics, now } = parts;
  const at = new Date(now()).toISOString();
  const person = await store.person(identifier);
  const hashes = await ownHashes(parts, person, identifier);
  for (const one of hashes) {
    standing.set([one], { at, restricted: standing.byHash(one)?.restricted ?? false, objected: purposes });
  }
  await log.append(encodeRecord({ kind: 'standing', at, identifiers: hashes, objected: [...purposes] }));
  const denied = { analytics: purposes.includes('analytics'), attribution: purposes.includes('attribution') };
  const isPast = denied.analytics || denied.attribution;
  const mentioned = isPast ? await findMentioned(parts, await seek(parts, [identifier]), at) : [];
  const past = isPast ? [...(person?.timeline ?? []), ...mentioned] : [];
  const { removed, trimmed } = await reviseEvents(parts, past, (event) => withdraw(event, denied, policy));
  metrics.revised('objection', removed, trimmed);
  return { removed, trimmed };
}

/** HMACs of what stands for this person alone; of the name itself where nobody is known by it. */
async function ownHashes(parts: RightsParts, person: Person | undefined, identifier: string): Promise<string[]> {
  const names = person ? await ownNames(parts, person, identifier) : [identifier];
  return [...names].map(parts.hash);
}

const MAX_BODY_BYTES = 16 * 1024;

/** `{"purposes": ["attribution"]}`; without a body all. Undefined when it is something else. */
async function readPurposes(request: Request): Promise<Purpose[] | undefined> {
  const bytes = await readBody(request.body, MAX_BODY_BYTES);
  if (bytes === 'too-large') return undefined;
  const text = new TextDecoder().decode(bytes);
  if (!text.trim()) return [...PURPOSES];
  try {
    const body: unknown = JSON.parse(text);
    const asked: unknown = isObject(body) ? body.purposes : undefined;
    if (!Array.isArray(asked) || !asked.length) return undefined;
    const known = PURPOSES.filter((purpose) => asked.includes(purpose));
    return known.length === asked.length ? known : undefined;
  } catch {
    return undefined;
  }
}

function no(refusal: Refusal): Response {
  return toResponse(refuse(refusal));
}
