/**
 * What a visitor can agree to. `analytics` measures the use of the site, `attribution` measures campaigns (click ids,
 * UTM values), `personalization` adapts content, `advertising` exports to ad platforms.
 */
export type Purpose = 'analytics' | 'attribution' | 'personalization' | 'advertising';

/** `pending` is not `denied`: pending events wait in memory, denied ones are dropped and counted. */
export type ConsentState = 'granted' | 'denied' | 'pending';

/** The state of every purpose. */
export type Consent = Record<Purpose, ConsentState>;

/** All purposes, in the order in which they are written to the wire. */
export const PURPOSES: readonly Purpose[] = ['analytics', 'attribution', 'personalization', 'advertising'];

/**
 * The track event with which a choice reaches a collector by itself. A collector that keeps a ledger takes it also when it
 * denies. Source: segment.com/docs, "Segment Consent Preference Updated event".
 */
export const CONSENT_EVENT = 'Segment Consent Preference Updated';

/** The name under which a receiver notes a choice that came with another event. */
export const CHOICE_NOTED_EVENT = 'Consent Recorded';
/** The name under which a receiver notes that it acted on a withdrawal. */
export const WITHDRAWAL_APPLIED_EVENT = 'Consent Withdrawal Applied';
/** The events that tell a choice. */
export const CHOICE_EVENTS: readonly string[] = [CONSENT_EVENT, CHOICE_NOTED_EVENT];
/** The events that make up the consent ledger: never subject to consent, and of a retention class of their own. */
export const LEDGER_EVENTS: readonly string[] = [CONSENT_EVENT, CHOICE_NOTED_EVENT, WITHDRAWAL_APPLIED_EVENT];

/** Where a choice comes from: in `context.filrouge.consent` of the first event after it, or as properties of `CONSENT_EVENT`. */
export interface ConsentProof {
  /** Name of the consent platform, or `manual`. */
  source?: string;
  /** Version of the platform's banner or policy. */
  version?: string;
  /** The TC or GPP string. */
  string?: string;
}

/**
 * `context.consent` of the Segment spec: a category is `true` (granted) or `false` (denied); a pending one is absent.
 * Source: segment.com/docs, "Consent in the tracking context".
 */
export interface WireConsent {
  categoryPreferences?: { [category: string]: boolean };
}
