import type { Person, Store, StoredEvent } from '../stores/contract.js';
import { readInstant } from './check/instant.js';
import { OWN_EVENTS } from './consent/choices.js';
import type { Withdrawals } from './consent/withdrawals.js';
import { bearerKey, type KeyRing } from './keys.js';
import {
  askingStore,
  JSON_HEADERS,
  jsonAnswer,
  type Refusal,
  refuse,
  toResponse,
  UNKNOWN_PERSON,
  wrongMethod,
} from './request.js';
import { erasePerson } from './rights/erase.js';
import { answerRight, type RightsParts } from './rights/rights.js';
import type { RetentionRules } from './upkeep/retention.js';
import type { Upkeep } from './upkeep/upkeep.js';

/** How long a read waits for what was acknowledged before it; a report that is a moment old beats none. */
const READ_YOUR_WRITES_MS = 5000;
const LINES_PER_CHUNK = 200;
const EVENTS = '/v1/events';
const RETENTION = '/v1/retention';
const PROBLEMS = '/v1/identity-problems';
const PERSON = /^\/v1\/people\/([^/]+)(?:\/(consent|export|restriction|objection|merges))?$/;

/** What the admin routes are made of. */
export interface AdminParts extends RightsParts {
  upkeep: Upkeep;
  rules: RetentionRules;
  withdrawals: Withdrawals;
  /** Undefined when there is no admin key: then these routes do not exist. */
  adminKey: KeyRing<'admin'> | undefined;
}

/**
 * Lets a request with the admin key pass (undefined), once what was acknowledged before it is in the store; else the
 * answer that refuses it. For every route that reads about people.
 */
export async function guardAdmin(parts: AdminParts, request: Request): Promise<Response | undefined> {
  if (!parts.adminKey) return toResponse(refuse({ code: 'not-found' }));
  const key = bearerKey(request.headers.get('authorization') ?? undefined);
  if (key === undefined || !parts.adminKey(key)) {
    const message = key === undefined ? 'Send the admin key as "Authorization: Bearer …".' : undefined;
    const refusal: Refusal = { code: 'wrong-key', ...(message && { message }) };
    return toResponse(refuse(refusal, { ...JSON_HEADERS, 'www-authenticate': 'Bearer' }));
  }
  // A store that is being started again may be back in a moment.
  if (parts.store.state?.() !== 'stopped') await parts.applier.settled(READ_YOUR_WRITES_MS);
  return askingStore(parts.store, async () => undefined);
}

/**
 * `GET /v1/events`, `GET` and `DELETE /v1/people/{identifier}`, `GET …/merges`, what rights.ts adds to it,
 * `GET /v1/identity-problems`, `GET` and `POST /v1/retention`; undefined when the path is another one.
 */
export async function handleAdmin(parts: AdminParts, request: Request): Promise<Response | undefined> {
  const url = new URL(request.url);
  const [, encoded, right] = PERSON.exec(url.pathname) ?? [];
  if (![EVENTS, RETENTION, PROBLEMS].includes(url.pathname) && encoded === undefined) return undefined;
  const refused = await guardAdmin(parts, request);
  return refused ?? askingStore(parts.store, () => answerAdmin(parts, request, { url, encoded, right }));
}

async function answerAdmin(
  parts: AdminParts,
  request: Request,
  { url, encoded, right }: { url: URL; encoded: string | undefined; right: string | undefined },
): Promise<Response> {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (url.pathname === RETENTION) return answerRetention(parts, request.method);
  if (url.pathname === PROBLEMS)
    return isRead ? jsonAnswer(await parts.store.identityProblems()) : wrongMethod('GET, HEAD');
  if (encoded === undefined) return isRead ? readEvents(parts, url) : wrongMethod('GET, HEAD');
  const identifier = decodeIdentifier(encoded);
  if (identifier === undefined) {
    const message = 'The identifier in the path must be percent-encoded UTF-8, as encodeURIComponent does it.';
    return toResponse(refuse({ code: 'bad-query', message }));
  }
  if (right === 'merges') return isRead ? readMerges(parts, identifier) : wrongMethod('GET, HEAD');
  if (right !== undefined) return answerRight(parts, right, identifier, request);
  if (isRead) return readPerson(parts, identifier);
  return request.method === 'DELETE' ? deletePerson(parts, identifier) : wrongMethod('GET, HEAD, DELETE');
}

/** The rules and what the last run did; POST runs now and answers with its report. */
async function answerRetention(parts: AdminParts, method: string): Promise<Response> {
  const { rules, policy, withdrawals, upkeep } = parts;
  if (method === 'POST') return jsonAnswer(await upkeep.run());
  if (method !== 'GET' && method !== 'HEAD') return wrongMethod('GET, HEAD, POST');
  return jsonAnswer({ rules, onWithdrawal: policy, waitingWithdrawals: withdrawals.waiting(), last: upkeep.last() });
}

async function readPerson(parts: AdminParts, identifier: string): Promise<Response> {
  const person = await personAsked(parts, identifier);
  return person ? jsonAnswer(person) : toResponse(refuse(UNKNOWN_PERSON));
}

/** The first who is known by a name that was asked for. */
async function personAsked({ store, principals }: AdminParts, identifier: string): Promise<Person | undefined> {
  for (const name of principals.asked(identifier)) {
    const person = await store.person(name);
    if (person) return person;
  }
  return undefined;
}

/** The merge log: which events say that which identifiers are one person. */
async function readMerges(parts: AdminParts, identifier: string): Promise<Response> {
  const person = await personAsked(parts, identifier);
  return person ? jsonAnswer({ person: person.person, edges: person.edges }) : toResponse(refuse(UNKNOWN_PERSON));
}

async function deletePerson(parts: AdminParts, identifier: string): Promise<Response> {
  const erased = await erasePerson(parts, identifier, new Date(parts.now()).toISOString());
  return erased ? jsonAnswer({ success: true, erased }) : toResponse(refuse(UNKNOWN_PERSON));
}

async function readEvents({ store }: AdminParts, url: URL): Promise<Response> {
  const query: { limit?: number; from?: string; to?: string; after?: string } = {};
  for (const [name, value] of url.searchParams) {
    if (name === 'limit' && /^[1-9]\d{0,8}$/.test(value)) query.limit = Number(value);
    else if (name === 'after' && value !== '') query.after = value;
    else if (name === 'from' || name === 'to') {
      const instant = readInstant(value);
      if (instant === undefined) return badQuery(`"${name}" must be a time in ISO 8601, e.g. 2026-11-22T10:00:00Z.`);
      query[name] = instant;
    } else return badQuery('There are "from", "to", "after" (a message id) and "limit" (a number from 1).');
  }
  if (query.from !== undefined && query.to !== undefined && query.from > query.to)
    return badQuery('"from" is later than "to".');
  // Whoever asks for what is new must not be given everything once more, nor wait for ever.
  if (query.after !== undefined && !(await hasEvent(store, query.after)))
    return badQuery('The event that "after" names is not stored; it may have been erased. Ask with "from" instead.');
  return new Response(ndjson(store.events({ ...query, exceptEvents: OWN_EVENTS })), {
    headers: { ...JSON_HEADERS, 'content-type': 'application/x-ndjson; charset=utf-8' },
  });
}

async function hasEvent(store: Store, messageId: string): Promise<boolean> {
  for await (const _ of store.events({ messageIds: [messageId], limit: 1 })) return true;
  return false;
}

function badQuery(message: string): Response {
  return toResponse(refuse({ code: 'bad-query', message }));
}

/** One event a line, read from the store only as fast as the client takes them. */
function ndjson(events: AsyncIterable<StoredEvent>): ReadableStream<Uint8Array> {
  const iterator = events[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      let lines = '';
      for (let count = 0; count < LINES_PER_CHUNK; count += 1) {
        const { done, value } = await iterator.next();
        if (done) {
          if (lines) controller.enqueue(encoder.encode(lines));
          controller.close();
          return;
        }
        lines += `${JSON.stringify(value)}\n`;
      }
      controller.enqueue(encoder.encode(lines));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function decodeIdentifier(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
