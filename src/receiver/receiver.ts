import { randomFillSync } from 'node:crypto';
import type { AudienceBook } from '../audience/contract.js';
import type { IngestLog } from '../log/contract.js';
import { MAX_BATCH_BYTES, MAX_EVENT_BYTES, uuidv7 } from '../protocol/index.js';
import type { Applied, Store } from '../stores/contract.js';
import type { Country } from '../stores/persons/phone.js';
import { type AdminParts, guardAdmin, handleAdmin } from './admin.js';
import { type Applier, createApplier } from './apply/apply.js';
import { createAudienceIngest } from './audience.js';
import type { WithdrawalPolicy } from './consent/withdrawals.js';
import { toRaw } from './fetch.js';
import { health, obstacle } from './health.js';
import { createAccept, type Door, type DoorTools } from './ingest/door.js';
import { createIngest } from './ingest/ingest.js';
import type { IngestParts } from './ingest/parts.js';
import { ingestRoute, isAudienceRoute } from './ingest/routes.js';
import { createSkewClock } from './ingest/skew.js';
import { checkKeys, hasSecretKey, ingestKeys, type Keys, keyRing } from './keys.js';
import { levelsLately } from './lately.js';
import { createLimiter, type RateLimits } from './limits.js';
import { type Logger, silentLogger } from './logger.js';
import { createMetrics, type Metrics } from './metrics.js';
import { type Origins, originCheck } from './origins.js';
import { prepare } from './prepare.js';
import { createPrivacyParts } from './privacy-parts.js';
import { cookieRenewal } from './renew-cookie.js';
import { JSON_HEADERS, type RawAnswer, type RawRequest, refuse, toResponse, wrongMethod } from './request.js';
import { refuseOtherPepper } from './rights/hasher.js';
import type { RetentionRules } from './upkeep/retention.js';
import type { Upkeep } from './upkeep/upkeep.js';

/** Options of `createReceiver`. */
export interface ReceiverOptions {
  log: IngestLog;
  store: Store;
  keys: Keys;
  /** Web pages that may send, e.g. `['https://shop.example']`; none by default. Servers need no entry. */
  origins?: Origins;
  /** The store's pepper, to recognise erased persons and join imports; default ''. Another one than the store's is refused. */
  pepper?: string;
  /** The store's country of phone numbers without a country code. */
  country?: Country | undefined;
  /** Largest body, also after inflating; default 512 KiB (a batch of 500 KiB and something around it). */
  maxBodyBytes?: number;
  /** Largest event; default 32 KiB. */
  maxEventBytes?: number;
  /** Answers 503 `overloaded` while more log records than this wait to be applied; default 250,000. */
  maxLagRecords?: number;
  /** Other ways in, asked in this order for paths that are not the receiver's own; see `filrouge/intake`. */
  doors?: readonly Door[];
  /** How many days events are kept, by class; default: for ever. */
  retention?: RetentionRules;
  /**
   * The position of the log up to which every destination has everything (`forwarder.position`): what retention removes
   * after it is counted and warned of.
   */
  forwarded?: () => number;
  /** What becomes of earlier events when a visitor withdraws consent; default `trim`. */
  onWithdrawal?: WithdrawalPolicy;
  /** How much one sender may send; `false` for no limits. */
  limits?: RateLimits | false;
  /**
   * The site's registrable domain, e.g. `shop.example`: the id cookie of visitors who granted `analytics` is renewed in the
   * answers to pages of listed origins that send it. Default: no cookie is ever set.
   */
  cookieDomain?: string;
  /** Where `POST /v1/audience` counts, apart from all events; without it there is no such route. */
  audience?: AudienceBook;
  /** How many days its counts are kept; default 760, the 25 months that the CNIL recommends at most. */
  audienceDays?: number;
  /** Default: says nothing. */
  logger?: Logger;
  /** Told after records were applied to the store, e.g. to refresh a live view. */
  onApplied?: (applied: Applied) => void;
  /** The clock, milliseconds since 1970. */
  now?: () => number;
}

/** Those of its options that protect people, and the receiver itself. */
export type PrivacyOptions = Pick<
  ReceiverOptions,
  'retention' | 'onWithdrawal' | 'limits' | 'audienceDays' | 'cookieDomain'
>;

/** A running receiver. */
export interface Receiver {
  /** The web-standard door: ingest, /healthz, /metrics and the admin routes; 404 for everything else. */
  fetch(request: Request): Promise<Response>;
  /** The fast door for ingest routes: whole bodies, no Request objects. Resolves when the events are on disk. */
  ingest(request: RawRequest): Promise<RawAnswer>;
  /** Lets a request with the admin key pass (undefined) after what was acknowledged before it is applied. */
  guard(request: Request): Promise<Response | undefined>;
  /** Whether there is an admin key, hence admin routes. */
  hasAdmin: boolean;
  /** The limit for whoever reads bodies for `ingest`. */
  maxBodyBytes: number;
  metrics: Metrics;
  /** Retention and withdrawals; runs by itself and when asked. */
  upkeep: Upkeep;
  /** Waits until everything durable is in the store; false when `timeoutMs` passed first. */
  settled(timeoutMs?: number): Promise<boolean>;
  /**
   * Applies what is durable (for at most 10 s) and stops. Log and store stay open: they belong to whoever made them.
   */
  close(): Promise<void>;
}

const SLACK_BYTES = 12 * 1024;
const MAX_LAG_RECORDS = 250_000;

/**
 * A receiver on a log and a store. What it acknowledges is on disk in the log; the store follows by itself, after a
 * restart from where it was. Throws when its pepper is not the store's, or an option is wrong.
 */
export function createReceiver(options: ReceiverOptions): Receiver {
  refuseOtherPepper(options);
  checkKeys(options.keys);
  const { log, store, keys, logger = silentLogger, now = Date.now } = options;
  const maxBodyBytes = options.maxBodyBytes ?? MAX_BATCH_BYTES + SLACK_BYTES;
  const metrics = createMetrics({
    lagRecords: () => applier.lagRecords(),
    lagSeconds: () => applier.lagSeconds(),
    logBytes: () => log.bytes(),
    ...levelsLately(store, now),
  });
  const applier = createApplier({
    log,
    store,
    logger,
    onApplied: (applied) => {
      metrics.applied(applied);
      options.onApplied?.(applied);
    },
    onFailure: () => metrics.applyFailed(),
  });
  const newId = () => uuidv7(now(), randomFillSync(new Uint32Array(3)));
  const privacy = createPrivacyParts(options, { applier, metrics, logger, now, newId });
  const { suppression, standing, choices, withdrawals, upkeep } = privacy;
  const maxLagRecords = options.maxLagRecords ?? MAX_LAG_RECORDS;
  const { cookieDomain, origins } = options;
  const renewal = cookieRenewal({ cookieDomain, origins, isErased: suppression.knows, now });
  const parts: IngestParts = {
    log,
    keyKind: ingestKeys(keys),
    origins: originCheck(options.origins),
    suppression,
    standing,
    choices,
    withdrawals,
    skew: createSkewClock(),
    limiter: createLimiter(options.limits),
    renewal,
    metrics,
    logger,
    maxBodyBytes,
    maxEventBytes: options.maxEventBytes ?? MAX_EVENT_BYTES,
    obstacle: () => obstacle(applier, maxLagRecords),
    now,
    newId,
  };
  const ingestEvents = createIngest(parts);
  const countView = options.audience && createAudienceIngest(parts, options.audience);
  const ingest = (request: RawRequest): Promise<RawAnswer> =>
    countView && isAudienceRoute(request.target) ? countView(request) : ingestEvents(request);
  const adminKey = keys.admin?.length ? keyRing({ admin: keys.admin }) : undefined;
  const admin: AdminParts = { ...privacy, log, store, applier, metrics, now, adminKey };
  let isReady = false;
  const ready = prepare({ applier, store, doors: [suppression, standing], renewal, logger }).then(() => {
    isReady = true;
  });
  const accept = createAccept(parts);
  const tools: DoorTools = {
    accept: (events, visit) => ready.then(() => accept(events, visit)),
    guard: (request) => guardAdmin(admin, request),
    isTrusted: ({ headers }) => hasSecretKey(parts.keyKind, headers.get('authorization') ?? undefined),
    refused: (code) => metrics.rejected(code, 'request'),
    logger,
    now,
    newId: parts.newId,
  };
  const doors = options.doors ?? [];
  const receiver: Receiver = {
    fetch: (request) => handle({ receiver, applier, admin, store, maxLagRecords, doors, tools }, request),
    ingest: (request) => (isReady ? ingest(request) : ready.then(() => ingest(request))),
    guard: (request) => guardAdmin(admin, request),
    hasAdmin: adminKey !== undefined,
    maxBodyBytes,
    metrics,
    upkeep,
    settled: (timeoutMs) => applier.settled(timeoutMs),
    async close() {
      // What it asks of the store at its start would find it closed, and say so in the log.
      await ready;
      await upkeep.close();
      await applier.close();
    },
  };
  return receiver;
}

interface Doors {
  receiver: Receiver;
  applier: Applier;
  admin: AdminParts;
  store: Store;
  maxLagRecords: number;
  doors: readonly Door[];
  tools: DoorTools;
}

async function handle(
  { receiver, applier, admin, store, maxLagRecords, doors, tools }: Doors,
  request: Request,
): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (ingestRoute(pathname) || isAudienceRoute(pathname))
    return toResponse(await receiver.ingest(await toRaw(request, receiver.maxBodyBytes)));
  if (pathname === '/healthz' || pathname === '/metrics') {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return wrongMethod('GET, HEAD');
    }
    return pathname === '/healthz' ? health(applier, store, maxLagRecords) : metricsPage(receiver.metrics);
  }
  for (const door of doors) {
    const answer = await door(request, tools);
    if (answer) return answer;
  }
  return (await handleAdmin(admin, request)) ?? toResponse(refuse({ code: 'not-found' }));
}

async function metricsPage(metrics: Metrics): Promise<Response> {
  return new Response(await metrics.text(), { headers: { ...JSON_HEADERS, 'content-type': metrics.contentType } });
}
