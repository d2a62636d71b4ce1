import type { AudienceBook } from '../../audience/contract.js';
import { encodeRecord } from '../../log/record.js';
import { CHOICE_EVENTS, WITHDRAWAL_APPLIED_EVENT, type WireEvent } from '../../protocol/index.js';
import { DAY_MS } from '../../protocol/time.js';
import type { StoredEvent } from '../../stores/contract.js';
import {
  type Withdrawal,
  type WithdrawalPolicy,
  type Withdrawals,
  withdraw,
  withdrawalOf,
} from '../consent/withdrawals.js';
import { errorFacts, type Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import { applyRetention, type ClassReport, type RetentionRules } from './retention.js';
import { expireAudience } from './retention-audience.js';
import { type Revised, type RevisionParts, reviseEvents } from './revise.js';

/** What a run of the upkeep did. */
export interface UpkeepReport {
  /** When it ended, ISO 8601. */
  at: string;
  retention: ClassReport[];
  /** Withdrawals acted on, and the events that went or were trimmed because of them. */
  withdrawals: { applied: number; removed: number; trimmed: number };
  /** Records of the log that were rewritten or dropped, in all passes together. */
  logRecords: number;
}

/** Keeps the promises about old data: retention and withdrawals, in the background and when asked. */
export interface Upkeep {
  /** Runs now; a run that is under way is waited for first. */
  run(): Promise<UpkeepReport>;
  /** A withdrawal came in: a run follows soon. */
  soon(): void;
  last(): UpkeepReport | undefined;
  /** Stops the timers, waits for a run that is under way. */
  close(): Promise<void>;
}

/** What the upkeep is made of. */
export interface UpkeepParts extends RevisionParts {
  retention: RetentionRules;
  policy: WithdrawalPolicy;
  withdrawals: Withdrawals;
  /** The counts of the exempt measurement, and how many days they are kept. */
  audience?: { book: AudienceBook; days: number } | undefined;
  metrics: Metrics;
  logger: Logger;
  now(): number;
  newId(): string;
}

/** A withdrawal is acted on after so long, together with others: each pass reads the whole log. */
const SOON_MS = 10 * 60_000;
const FIRST_MS = 10 * 60_000;
const EVERY_MS = DAY_MS;
/** Withdrawals of so many days are looked up again after a restart; none waits nearly as long. */
const LOOK_BACK_MS = 7 * EVERY_MS;
const WITHDRAWALS_PER_PASS = 1000;

/** Starts the timers (which keep no process alive). */
export function createUpkeep(parts: UpkeepParts): Upkeep {
  let last: UpkeepReport | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let hasRecovered = false;
  let coming: NodeJS.Timeout | undefined;

  const runOnce = async (): Promise<UpkeepReport> => {
    clearTimeout(coming);
    coming = undefined;
    await parts.applier.settled();
    if (!hasRecovered && parts.policy !== 'keep') await recoverWithdrawals(parts);
    hasRecovered = true;
    const withdrawals = await applyWithdrawals(parts);
    const { classes, logRecords } = await applyRetention(parts, parts.retention, parts.now());
    last = report(parts, withdrawals, classes, logRecords);
    if (parts.audience) last.retention.push(await expireAudience(parts.audience, parts.now()));
    return last;
  };
  const run = (): Promise<UpkeepReport> => {
    const mine = running.then(runOnce);
    running = mine.catch((error: unknown) => parts.logger.error('upkeep-failed', errorFacts(error)));
    return mine;
  };
  const quietly = (): void => void run().catch(() => undefined);
  const hasWork = Object.keys(parts.retention).length > 0 || parts.policy !== 'keep' || parts.audience !== undefined;
  const first = hasWork ? setTimeout(quietly, FIRST_MS).unref() : undefined;
  const daily = hasWork ? setInterval(quietly, EVERY_MS).unref() : undefined;

  return {
    run,
    soon() {
      if (parts.policy !== 'keep') coming ??= setTimeout(quietly, SOON_MS).unref();
    },
    last: () => last,
    async close() {
      clearTimeout(first);
      clearTimeout(coming);
      clearInterval(daily);
      await running;
    },
  };
}

function report(
  { logger, metrics, now }: UpkeepParts,
  { applied, logRecords, removed, trimmed }: Revised & { applied: number },
  retention: ClassReport[],
  retentionRecords: number,
): UpkeepReport {
  const expired = retention.reduce((sum, { removed }) => sum + removed, 0);
  const unforwarded = retention.reduce((sum, one) => sum + (one.unforwarded ?? 0), 0);
  metrics.revised('retention', expired, 0);
  if (unforwarded) {
    metrics.unforwarded(unforwarded);
    logger.warn('retention-before-forwarding', { events: unforwarded });
  }
  metrics.revised('withdrawal', removed, trimmed);
  logger.info('upkeep-done', { expired, withdrawals: applied, removed, trimmed });
  return {
    at: new Date(now()).toISOString(),
    retention,
    withdrawals: { applied, removed, trimmed },
    logRecords: logRecords + retentionRecords,
  };
}

/** After a restart: withdrawals that the ledger has and that nothing says were acted on. */
async function recoverWithdrawals({ store, withdrawals, now }: UpkeepParts): Promise<void> {
  const from = new Date(now() - LOOK_BACK_MS).toISOString();
  const done = new Map<string, string>();
  for await (const { anonymousId, userId, timestamp } of store.events({ event: WITHDRAWAL_APPLIED_EVENT, from })) {
    done.set(anonymousId ?? userId ?? '', timestamp);
  }
  for (const event of CHOICE_EVENTS) {
    for await (const entry of store.events({ event, from })) {
      const withdrawal = withdrawalOf(entry, 0);
      if (withdrawal && (done.get(entry.anonymousId ?? entry.userId ?? '') ?? '') < withdrawal.at) {
        withdrawals.note(withdrawal);
      }
    }
  }
}

async function applyWithdrawals(parts: UpkeepParts): Promise<Revised & { applied: number }> {
  const total = { applied: 0, removed: 0, trimmed: 0, logRecords: 0, unforwarded: 0 };
  const waiting = parts.policy === 'keep' ? [] : parts.withdrawals.take();
  try {
    while (waiting.length) {
      const done = await applySome(parts, waiting.slice(0, WITHDRAWALS_PER_PASS));
      for (const key of ['applied', 'removed', 'trimmed', 'logRecords'] as const) total[key] += done[key];
      waiting.splice(0, WITHDRAWALS_PER_PASS);
    }
  } finally {
    for (const one of waiting) parts.withdrawals.note(one);
  }
  return total;
}

/** Acts on some withdrawals and notes in the ledger what was done. The first choice of a visitor finds nothing to do. */
async function applySome(parts: UpkeepParts, some: readonly Withdrawal[]): Promise<Revised & { applied: number }> {
  const byDevice = new Map<string, Withdrawal[]>();
  const byUser = new Map<string, Withdrawal[]>();
  for (const one of some) {
    const [group, id] = one.anonymousId === undefined ? [byUser, one.userId ?? ''] : [byDevice, one.anonymousId];
    group.set(id, [...(group.get(id) ?? []), one]);
  }
  /** Of the event's device and of its user, where they were said after it. */
  const over = ({ anonymousId, userId, timestamp }: StoredEvent): Withdrawal[] =>
    [...(byDevice.get(anonymousId ?? '') ?? []), ...(byUser.get(userId ?? '') ?? [])].filter(
      ({ at }) => timestamp <= at,
    );
  const found = new Map<string, { event: StoredEvent; withdrawals: Withdrawal[] }>();
  for (const query of [{ anonymousIds: [...byDevice.keys()] }, { userIds: [...byUser.keys()] }]) {
    for await (const event of parts.store.events(query)) {
      const withdrawals = over(event);
      if (withdrawals.length) found.set(event.messageId, { event, withdrawals });
    }
  }
  const edit = (event: WireEvent): WireEvent | undefined => {
    let left: WireEvent | undefined = event;
    for (const one of found.get(event.messageId)?.withdrawals ?? []) left &&= withdraw(left, one, parts.policy);
    return left;
  };
  const counts = new Map<Withdrawal, { removed: number; trimmed: number }>();
  for (const { event, withdrawals } of found.values()) {
    const acting = withdrawals.find((one) => withdraw(event, one, parts.policy) !== event);
    if (!acting) continue;
    const isLeft = edit(event) !== undefined;
    const { removed, trimmed } = counts.get(acting) ?? { removed: 0, trimmed: 0 };
    counts.set(acting, { removed: removed + (isLeft ? 0 : 1), trimmed: trimmed + (isLeft ? 1 : 0) });
  }
  const events = [...found.values()].map(({ event }) => event);
  const revised = await reviseEvents(parts, events, edit);
  for (const [withdrawal, count] of counts) await noteApplied(parts, withdrawal, count);
  return { ...revised, applied: counts.size };
}

async function noteApplied(
  { log, policy, now, newId }: UpkeepParts,
  { anonymousId, userId }: Withdrawal,
  { removed, trimmed }: { removed: number; trimmed: number },
): Promise<void> {
  const receivedAt = new Date(now()).toISOString();
  const event: WireEvent = {
    type: 'track',
    event: WITHDRAWAL_APPLIED_EVENT,
    messageId: newId(),
    timestamp: receivedAt,
    ...(anonymousId !== undefined && { anonymousId }),
    ...(userId !== undefined && { userId }),
    properties: { policy, removed, trimmed },
  };
  const body = new TextEncoder().encode(JSON.stringify([event]));
  await log.append(encodeRecord({ kind: 'batch', receivedAt, skewMs: 0, key: 'secret' }, body));
}
