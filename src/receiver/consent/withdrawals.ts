import { LEDGER_EVENTS, type WireEvent } from '../../protocol/index.js';
import type { StoredEvent } from '../../stores/contract.js';
import { stripCampaign } from './purposes.js';

/**
 * What becomes of earlier events when a visitor withdraws. `trim`: without `attribution` they lose campaign values and
 * click ids, without `analytics` they go. `purge`: they go in both cases. `keep`: they stay, as GDPR 7(3) allows where the
 * owner has a ground to keep them.
 */
export type WithdrawalPolicy = 'trim' | 'purge' | 'keep';

/** A choice that denies `analytics` or `attribution`. It speaks for one device, or, without one, for a user. */
export interface Withdrawal {
  anonymousId?: string;
  userId?: string;
  /** ISO 8601, corrected for clock skew: events up to here are meant. */
  at: string;
  analytics: boolean;
  attribution: boolean;
}

/** Withdrawals that were taken and not acted on yet; in memory, made up from the store after a restart. */
export interface Withdrawals {
  note(withdrawal: Withdrawal): void;
  /** All that wait; they are forgotten here. */
  take(): Withdrawal[];
  waiting(): number;
}

/**
 * Collects withdrawals. Of several of one device that deny the same, the latest counts; others stand beside each other, each up
 * to its own time, for in between there may have been a grant. `onNote` is told about each.
 */
export function createWithdrawals(onNote: () => void): Withdrawals {
  const waiting = new Map<string, Withdrawal>();
  return {
    note(withdrawal) {
      const { anonymousId, userId, analytics, attribution, at } = withdrawal;
      const key = JSON.stringify([anonymousId, userId, analytics, attribution]);
      // They may arrive in another order.
      if ((waiting.get(key)?.at ?? '') < at) waiting.set(key, withdrawal);
      onNote();
    },
    take() {
      const taken = [...waiting.values()];
      waiting.clear();
      return taken;
    },
    waiting: () => waiting.size,
  };
}

/** Reads an entry of the ledger; undefined when it denies nothing that earlier events could hold. */
export function withdrawalOf(entry: WireEvent, skewMs: number): Withdrawal | undefined {
  const { analytics, attribution } = entry.context?.consent?.categoryPreferences ?? {};
  if (analytics !== false && attribution !== false) return undefined;
  const { anonymousId, userId } = entry;
  return {
    ...(anonymousId !== undefined ? { anonymousId } : { userId: userId ?? '' }),
    at: new Date(Date.parse(entry.timestamp) + skewMs).toISOString(),
    analytics: analytics === false,
    attribution: attribution === false,
  };
}

/** What is left of an event after a withdrawal: the same object, a trimmed copy, or undefined. */
export function withdraw(
  event: WireEvent,
  { analytics, attribution }: Pick<Withdrawal, 'analytics' | 'attribution'>,
  policy: WithdrawalPolicy,
): WireEvent | undefined {
  if (policy === 'keep' || LEDGER_EVENTS.includes(event.event ?? '')) return event;
  if (analytics || policy === 'purge') return undefined;
  if (!attribution) return event;
  const trimmed = structuredClone(event);
  return stripCampaign(trimmed) ? trimmed : event;
}

/** A stored event as the client sent it. */
export function asSent(event: StoredEvent): WireEvent {
  const { originalTimestamp, receivedAt, ...sent } = event;
  return { ...sent, timestamp: originalTimestamp };
}
