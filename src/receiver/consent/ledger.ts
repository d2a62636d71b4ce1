import { CHOICE_EVENTS, type Json, WITHDRAWAL_APPLIED_EVENT } from '../../protocol/index.js';
import { isRepeat } from '../../stores/consent-book.js';
import type { StoredEvent } from '../../stores/contract.js';

/** One entry of the consent ledger: what was chosen, when, where and by whom it was recorded (GDPR 7(1)). */
export interface LedgerEntry {
  /** When the choice was made, ISO 8601, corrected for clock skew. */
  at: string;
  receivedAt: string;
  anonymousId?: string;
  userId?: string;
  /** Purpose or category -> granted; what was undecided is absent. */
  preferences: { [category: string]: boolean };
  /** The state before, of the same device. */
  before?: { [category: string]: boolean };
  /** The consent platform; `manual`, or `stamp` where a client only stamps its events with the state. */
  source?: string;
  /** Version of banner or policy. */
  version?: string;
  /** TC or GPP string. */
  string?: string;
  /** The entry's own id in the store, for whoever wants to see the event. */
  messageId: string;
}

/** A withdrawal that was acted on. */
export interface LedgerAction {
  at: string;
  anonymousId?: string;
  userId?: string;
  policy: string;
  removed: number;
  trimmed: number;
}

/** The ledger of a person, oldest first. */
export interface Ledger {
  choices: LedgerEntry[];
  actions: LedgerAction[];
}

/**
 * The consent ledger of a person, read off their events. Nothing of it is ever changed: a repeat of what was known of the
 * same device, with the same proof, adds no entry.
 */
export function consentLedger(timeline: readonly StoredEvent[]): Ledger {
  const choices: LedgerEntry[] = [];
  const latest = new Map<string, LedgerEntry>();
  for (const event of timeline) {
    if (!CHOICE_EVENTS.includes(event.event ?? '')) continue;
    const device = event.anonymousId ?? event.userId ?? '';
    const before = latest.get(device);
    const entry = readEntry(event, before);
    if (before && isRepeat(entry, before)) continue;
    latest.set(device, entry);
    choices.push(entry);
  }
  return { choices, actions: timeline.filter(({ event }) => event === WITHDRAWAL_APPLIED_EVENT).map(readAction) };
}

function readEntry(event: StoredEvent, before: LedgerEntry | undefined): LedgerEntry {
  const { timestamp: at, receivedAt, messageId, properties, context } = event;
  const { source, version, string } = properties ?? {};
  return {
    at,
    receivedAt,
    ...idsOf(event),
    preferences: context?.consent?.categoryPreferences ?? {},
    ...(before && { before: before.preferences }),
    ...(typeof source === 'string' && { source }),
    ...(typeof version === 'string' && { version }),
    ...(typeof string === 'string' && { string }),
    messageId,
  };
}

function readAction(event: StoredEvent): LedgerAction {
  const { policy, removed, trimmed } = event.properties ?? {};
  return {
    at: event.timestamp,
    ...idsOf(event),
    policy: typeof policy === 'string' ? policy : '',
    removed: countOf(removed),
    trimmed: countOf(trimmed),
  };
}

function idsOf({ anonymousId, userId }: StoredEvent): { anonymousId?: string; userId?: string } {
  return { ...(anonymousId !== undefined && { anonymousId }), ...(userId !== undefined && { userId }) };
}

function countOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0;
}
