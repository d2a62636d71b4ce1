import type { BatchMeta } from '../../log/record.js';
import { SESSION_IDLE_MINUTES, type WireEvent } from '../../protocol/index.js';
import type { IdentifierType, SourceFacts, StoredEvent } from '../contract.js';
import { type Loose, objectOf, textOf } from '../loose.js';
import { readOrder } from '../order.js';
import type { HashOptions } from '../persons/identifiers.js';
import { textNumber } from '../text-number.js';
import { type Agent, createAgentReader } from './agent.js';
import { createIdentityReader, type EventIdentity } from './identity.js';
import { pageFacts } from './page-facts.js';
import { createSourceReader, type Evidence, readEvidence } from './source.js';
import { readTold } from './told.js';
import { type Told, type ToldKind, toldBy } from './touch-events.js';

/** A session ends after this long without an interactive event; also how long before it a landing may lie. */
export const IDLE_MS = SESSION_IDLE_MINUTES * 60_000;

/** The columns of an event that reports need. Times are milliseconds since 1970, corrected for clock skew. */
export interface EventRow {
  messageId: string;
  /** Stands for `messageId`. */
  messageNo: number;
  type: string;
  at: number;
  /** By the client's clock; null when the client sent no time. */
  originalAt: number | null;
  receivedAt: number;
  /** The name of a track call. */
  event: string | null;
  /** Null also for values that stand for nobody (`null`, `guest`, …). */
  userId: string | null;
  anonymousId: string | null;
  /** What makes its session, and what it is filed under when nobody is known: `a` + device, or `u` + user without one. */
  device: string;
  /** Stands for `device`. */
  deviceNo: number;
  /** Stands for `u` + user. */
  userNo: number | null;
  /** For an alias call: the id that `userId` replaces. */
  previousId: string | null;
  /** Further identifiers of the event, by the names of persons/identifiers.ts; mostly none. */
  others: readonly string[];
  /** The visitor denied that the event joins identifiers. */
  unlinked: boolean;
  /** For an alias call: takes back that the two ids are one person (`context.filrouge.undo`). */
  undo: boolean;
  /** Types of the identifiers that stand for nobody (`null`, `guest`, …); mostly none. */
  blocked: readonly IdentifierType[];
  /** Part of a session: a page or screen call, or anything with a page URL. */
  interactive: boolean;
  pageView: boolean;
  /** Stands for the client's session id. */
  sessionNo: number | null;
  /** Stands for the lane: the page load whose events `n` counts. */
  laneNo: number | null;
  /** The page load before, and how far it had counted; only the first event of a page load says so. */
  lastLaneNo: number | null;
  lastLaneN: number;
  /** Number in its lane; decides between events of the same millisecond. */
  n: number;
  /** `SourceFacts.key`, null without evidence. */
  source: string | null;
  /** When the visitor landed; equal to `at` where the client does not say. */
  landedAt: number;
  /** What touch it is, outside of sessions. */
  touch: ToldKind | null;
  /** Shared by events of one contact, see `Told.once`. */
  once: string | null;
  url: string | null;
  path: string | null;
  title: string | null;
  orderId: string | null;
  /** In 1/AMOUNT_UNITS; null without an amount. */
  amount: number | null;
  currency: string | null;
  browser: string | null;
  os: string | null;
  deviceType: string | null;
  /** By its User-Agent, or because the receiver's own doors saw that a machine asked. */
  automated: boolean;
  /** Sent with the secret key. */
  trusted: boolean;
}

/** An event ready for an engine. */
export interface Stamped {
  row: EventRow;
  /** As the client sent it. */
  wire: WireEvent;
  /** Equal facts and equal agents are the same object, as long as they are remembered. */
  facts: SourceFacts | undefined;
  agent: Agent;
}

/** Turns an event of a batch into what engines store. */
export type Stamper = (event: WireEvent, meta: BatchMeta) => Stamped;

/** A stamper: a pure function of event and meta, but for what it remembers to be quick. */
export function createStamper(options: HashOptions): Stamper {
  const readAgent = createAgentReader();
  const sources = createSourceReader();
  const readIdentity = createIdentityReader(options);
  let batch: BatchMeta | undefined;
  let receivedAt = 0;
  return (event, meta) => {
    if (meta !== batch) {
      batch = meta;
      receivedAt = Date.parse(meta.receivedAt);
    }
    const context = objectOf(event.context);
    const told = toldBy(event, context);
    const evidence = told ? readTold(event, told, sources) : readEvidence(event, sources);
    const agent = readAgent(textOf(context?.userAgent) ?? meta.userAgent);
    const who = readIdentity(event, context);
    return stampEvent(event, meta, { evidence, told: evidence && told, agent, who, receivedAt });
  };
}

/** What was read of an event before. */
interface Read {
  evidence: Evidence | undefined;
  told: Told | undefined;
  agent: Agent;
  who: EventIdentity;
  receivedAt: number;
}

function stampEvent(event: WireEvent, meta: BatchMeta, { evidence, told, agent, who, receivedAt }: Read): Stamped {
  const original = Date.parse(event.timestamp);
  const context = objectOf(event.context);
  const originalAt = Number.isNaN(original) ? null : original;
  // Not before 1970: a clock that lost its battery must not make a date that cannot be written.
  const correct = (ms: number): number => Math.max(Math.min(Math.round(ms + meta.skewMs), receivedAt), 0);
  const at = correct(originalAt ?? receivedAt);
  const touchedAt = evidence?.touchedAt === undefined ? Number.NaN : Date.parse(evidence.touchedAt);
  const { interactive, pageView } = visiting(event.type, context);
  const page = pageFacts(event, context);
  const { sessionNo, laneNo, n, lastLaneNo, lastLaneN, automated } = visit(context);
  const { orderId, amount, currency } = readOrder(objectOf(event.properties));
  // One literal, without spreads: this is the hottest function of the applier.
  const row: EventRow = {
    messageId: event.messageId,
    messageNo: textNumber(event.messageId),
    type: event.type,
    at,
    originalAt,
    receivedAt,
    event: textOf(event.event),
    userId: who.userId,
    anonymousId: who.anonymousId,
    device: who.device,
    deviceNo: textNumber(who.device),
    userNo: who.userId === null ? null : textNumber(`u${who.userId}`),
    previousId: who.previousId,
    others: who.others,
    unlinked: who.unlinked,
    undo: who.undo,
    blocked: who.blocked,
    interactive,
    pageView,
    sessionNo,
    laneNo,
    lastLaneNo,
    lastLaneN,
    n,
    source: evidence?.facts.key ?? null,
    landedAt: Number.isNaN(touchedAt) ? at : Math.min(correct(touchedAt), at),
    touch: told?.kind ?? null,
    once: told?.once ?? null,
    url: textOf(page?.url),
    path: textOf(page?.path),
    title: textOf(page?.title),
    orderId,
    amount,
    currency,
    browser: agent.browser,
    os: agent.os,
    deviceType: agent.device,
    automated: agent.automated || automated,
    trusted: meta.key === 'secret',
  };
  return { row, wire: event, facts: evidence?.facts, agent };
}

/** What has to be known of a stored event's request to stamp it again after its values were trimmed. */
export function metaOf(row: Pick<EventRow, 'at' | 'originalAt' | 'receivedAt' | 'trusted'>): BatchMeta {
  return {
    kind: 'batch',
    receivedAt: new Date(row.receivedAt).toISOString(),
    skewMs: row.originalAt === null ? 0 : row.at - row.originalAt,
    key: row.trusted ? 'secret' : 'write',
  };
}

/** The event as a store gives it back: what the client sent, with the times that were made of it. */
export function storedEvent(wire: WireEvent, { at, receivedAt }: Pick<EventRow, 'at' | 'receivedAt'>): StoredEvent {
  const timestamp = new Date(at).toISOString();
  return {
    ...wire,
    timestamp,
    originalTimestamp: wire.timestamp ?? timestamp,
    receivedAt: new Date(receivedAt).toISOString(),
  };
}

/** True for a page or screen call, and anything with the address of a page. */
export function isInteractive({ type, context }: Pick<WireEvent, 'type' | 'context'>): boolean {
  return visiting(type, objectOf(context)).interactive;
}

function visiting(type: string, context: Loose | null) {
  const pageView = type === 'page' || type === 'screen';
  return { interactive: pageView || !!textOf(objectOf(context?.page)?.url), pageView };
}

/**
 * Session, place in the sequence, and whether a machine was at work: ours, or RudderStack's `context.sessionId`, which is a number.
 */
function visit(context: Loose | null) {
  const ours = objectOf(context?.filrouge);
  const sequence = objectOf(ours?.sequence);
  const n = sequence?.n;
  const lane = textOf(sequence?.lane);
  const last = objectOf(sequence?.last);
  const lastLane = textOf(last?.lane);
  const session = textOf(objectOf(ours?.session)?.id) ?? textOf(context?.sessionId);
  return {
    sessionNo: session === null ? null : textNumber(session),
    laneNo: lane === null ? null : textNumber(lane),
    n: countOf(n),
    lastLaneNo: lastLane === null ? null : textNumber(lastLane),
    lastLaneN: countOf(last?.n),
    automated: ours?.automated === true,
  };
}

/** A place in a sequence that a browser can reach; anything else is no count. */
function countOf(n: unknown): number {
  return typeof n === 'number' && Number.isSafeInteger(n) && n > 0 && n < 1e7 ? n : 0;
}
