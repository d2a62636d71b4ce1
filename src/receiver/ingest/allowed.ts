import type { BatchMeta } from '../../log/record.js';
import type { Purpose, ReasonCode, WireEvent } from '../../protocol/index.js';
import { cleanAddresses } from '../check/addresses.js';
import type { Checked } from '../check/validate.js';
import { isConsentEvent, OWN_EVENTS, readConsentEvent } from '../consent/choices.js';
import { applyPrivacy, denyPurposes, isRefused } from '../consent/purposes.js';
import { withdrawalOf } from '../consent/withdrawals.js';
import type { IngestParts } from './parts.js';

/** What the receiver knows of the request beside its events. */
interface About {
  skewMs: number;
  gpc: boolean;
  key: BatchMeta['key'];
  /** As they came, for the position of a refused one. */
  events: readonly unknown[];
}

/** The events that may be written. */
interface Allowed {
  kept: WireEvent[];
  /** How many of the client's events are among them; the rest are entries of the consent ledger. */
  accepted: number;
  /** True when `kept` is not what came. */
  changed: boolean;
}

/**
 * Leaves out what its visitor refused and what belongs to people who were erased, restricted or objected, names it in
 * `checked.rejected`, and adds entries to the consent ledger.
 */
export function keepAllowed(parts: IngestParts, checked: Checked, about: About): Allowed {
  const allowed: Allowed = { kept: [], accepted: 0, changed: checked.changed };
  for (const event of checked.events) {
    const code = obstacleOf(parts, event, about);
    if (code) {
      allowed.changed = true;
      checked.rejected.push({ messageId: event.messageId, index: about.events.indexOf(event), code });
    } else {
      allowed.accepted += 1;
      keep(parts, event, about, allowed);
    }
  }
  return allowed;
}

function obstacleOf(parts: IngestParts, event: WireEvent, { skewMs, key }: About): ReasonCode | undefined {
  // The receiver's own word.
  if (OWN_EVENTS.includes(event.event ?? '') && key === 'write') return 'wrong-key';
  if (parts.suppression.blocks(event, skewMs)) return 'suppressed';
  const standing = parts.standing.of(event);
  if (standing?.restricted) return 'restricted';
  if (isConsentEvent(event)) return undefined;
  if (standing?.objected.includes('analytics')) return 'objected';
  return isRefused(event) ? 'no-consent' : undefined;
}

function keep(parts: IngestParts, event: WireEvent, { skewMs, gpc }: About, allowed: Allowed): void {
  // What only the browser says by a header is no choice that the page recorded.
  const hasChoice = event.context?.consent !== undefined;
  const denied: readonly Purpose[] = parts.standing.of(event)?.objected ?? [];
  if (denyPurposes(event, gpc ? [...denied, 'advertising'] : denied)) allowed.changed = true;
  if (isConsentEvent(event)) {
    const choice = readConsentEvent(event);
    allowed.changed = true;
    allowed.kept.push(choice ?? event);
    parts.choices.hear(event);
    const withdrawal = choice && withdrawalOf(choice, skewMs);
    if (withdrawal) parts.withdrawals.note(withdrawal);
    return;
  }
  if (cleanAddresses(event)) allowed.changed = true;
  if (applyPrivacy(event)) allowed.changed = true;
  const entry = hasChoice ? parts.choices.entryOf(event) : undefined;
  allowed.kept.push(event);
  if (!entry) return;
  allowed.changed = true;
  allowed.kept.push(entry);
  const withdrawal = withdrawalOf(entry, skewMs);
  if (withdrawal) parts.withdrawals.note(withdrawal);
}
