import { encodeRecord } from '../log/record.js';
import { PURPOSES, type Purpose } from '../protocol/index.js';
import type { Person, StoredEvent } from '../stores/contract.js';
import { asideEvents, dropAside, readAside, setAside } from './aside.js';
import type { ErasureParts } from './erase.js';
import { exportCsv } from './export-csv.js';
import { readBody } from './fetch.js';
import { consentLedger } from './ledger.js';
import type { Metrics } from './metrics.js';
import { isObject } from './parse.js';
import { JSON_HEADERS, refuse, toResponse } from './request.js';
import { editRecord, reviseEvents } from './revise.js';
import { type WithdrawalPolicy, withdraw } from './withdrawals.js';

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
  if (right === 'consent' || right === 'export') {
    if (!isRead) return wrongMethod('GET, HEAD');
    const person = await collectPerson(parts, identifier);
    if (!person) return no('not-found');
    return right === 'consent' ? json(person.consent) : exported(person, new URL(request.url));
  }
  if (isRead) {
    const { restricted = false, objected = [] } = parts.standing.byHash(parts.hash(identifier)) ?? {};
    return json({ restricted, objected });
  }
  if (method !== 'POST' && method !== 'DELETE') return wrongMethod('GET, HEAD, POST, DELETE');
  if (right === 'restriction') {
    const done = method === 'POST' ? await restrict(parts, identifier) : await lift(parts, identifier);
    return done ? json({ success: true, ...done }) : no('not-found');
  }
  const purposes = method === 'POST' ? await readPurposes(request) : [];
  return purposes ? json({ success: true, ...(await object(parts, identifier, purposes)) }) : no('bad-query');
}

/** The person with what a restriction has set aside; undefined when nobody is known by that identifier. */
async function collectPerson(parts: RightsParts, identifier: string): Promise<PersonExport | undefined> {
  const { store, log, standing, hash, now } = parts;
  const state = standing.byHash(hash(identifier));
  const person = await store.person(identifier);
  const aside: StoredEvent[] = state?.restricted ? asideEvents((await readAside(log, hash(identifier))).batches) : [];
  if (!person && !aside.length) return undefined;
  const timeline = [...aside, ...(person?.timeline ?? [])];
  return {
    exportedAt: new Date(now()).toISOString(),
    person: person?.person ?? identifier,
    identifiers: person?.identifiers ?? [],
    edges: person?.edges ?? [],
    traits: person?.traits ?? Object.assign({}, ...aside.map(({ traits }) => traits)),
    timeline,
    consent: consentLedger(timeline),
    restricted: state?.restricted ?? false,
    objected: state?.objected ?? [],
  };
}

function exported(person: PersonExport, url: URL): Response {
  const format = url.searchParams.get('format') ?? 'json';
  if (format !== 'json' && format !== 'csv') return no('bad-query');
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

/** Sets a person's events aside: they leave the store, hence every report, and stay in the log. */
function restrict(parts: RightsParts, identifier: string): Promise<{ restricted: true; events: number } | undefined> {
  const { log, store, applier, standing, metrics, now } = parts;
  return applier.exclusively(async () => {
    const person = await store.person(identifier);
    if (!person) return undefined;
    const at = new Date(now()).toISOString();
    const hashes = await ownHashes(parts, person, identifier);
    const removed = person.timeline.map(({ messageId }) => messageId);
    const ids = new Set(removed);
    for (const one of hashes)
      standing.set([one], { at, restricted: true, objected: standing.byHash(one)?.objected ?? [] });
    await log.append(encodeRecord({ kind: 'standing', at, identifiers: hashes, restricted: true }));
    await setAside(log, ids, { at, identifiers: hashes });
    await log.rewrite((record) => editRecord(record, (event) => (ids.has(event.messageId) ? undefined : event)));
    await store.revise({ removed, replaced: [] });
    metrics.revised('restriction', removed.length, 0);
    return { restricted: true, events: removed.length };
  });
}

/** Puts what was set aside back, as it came. */
function lift(parts: RightsParts, identifier: string): Promise<{ restricted: false; events: number } | undefined> {
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
    return { restricted: false, events: batches.reduce((sum, { events }) => sum + events.length, 0) };
  });
}

/** From now on as if the person had denied these purposes on every device; earlier events as after a withdrawal. */
async function object(
  parts: RightsParts,
  identifier: string,
  purposes: readonly Purpose[],
): Promise<{ objected: readonly Purpose[]; removed: number; trimmed: number }> {
  const { log, store, standing, hash, policy, metrics, now } = parts;
  const at = new Date(now()).toISOString();
  const person = await store.person(identifier);
  const hashes = person ? await ownHashes(parts, person, identifier) : [hash(identifier)];
  for (const one of hashes) {
    standing.set([one], { at, restricted: standing.byHash(one)?.restricted ?? false, objected: purposes });
  }
  await log.append(encodeRecord({ kind: 'standing', at, identifiers: hashes, objected: [...purposes] }));
  const denied = { analytics: purposes.includes('analytics'), attribution: purposes.includes('attribution') };
  const isPast = person && (denied.analytics || denied.attribution);
  const revised = isPast && (await reviseEvents(parts, person.timeline, (event) => withdraw(event, denied, policy)));
  const { removed = 0, trimmed = 0 } = revised || {};
  metrics.revised('objection', removed, trimmed);
  return { objected: purposes, removed, trimmed };
}

/** HMACs of what stands for this person alone: users, and devices that are theirs as a whole. */
async function ownHashes({ store, hash }: RightsParts, person: Person, identifier: string): Promise<string[]> {
  const own = new Set([identifier]);
  for (const { type, value } of person.identifiers) {
    if (type === 'userId' || (await store.person(value))?.person === person.person) own.add(value);
  }
  return [...own].map(hash);
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

function json(value: object): Response {
  return new Response(JSON.stringify(value), { headers: JSON_HEADERS });
}

function no(code: 'not-found' | 'bad-query'): Response {
  return toResponse(refuse({ code }));
}

function wrongMethod(allow: string): Response {
  return toResponse(refuse({ code: 'wrong-method' }, { ...JSON_HEADERS, allow }));
}
