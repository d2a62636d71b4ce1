import { type Consent, type ConsentState, PURPOSES } from '../protocol/index.js';

/** What to do with events while `analytics` is not granted; `anonymous` sends them without any identity or storage. */
export type WithoutConsent = 'hold' | 'drop' | 'anonymous';

/** What the gate says about an event now. */
export type Verdict = 'pass' | 'hold' | 'drop' | 'anonymous';

/**
 * Decides by the consent of this moment. Pending is not denied: it holds (in memory) unless the owner chose otherwise;
 * denied drops, and what is dropped is never sent later.
 */
export function gateDraft(consent: Consent, withoutConsent: WithoutConsent): Verdict {
  if (consent.analytics === 'granted') return 'pass';
  if (withoutConsent === 'anonymous') return 'anonymous';
  return consent.analytics === 'denied' ? 'drop' : withoutConsent;
}

/** Merges a change into the state; undefined when nothing really changes. Unknown purposes and values are ignored. */
export function changeConsent(before: Consent, change: Partial<Consent>): Consent | undefined {
  const next = { ...before };
  for (const purpose of PURPOSES) {
    const state = change[purpose];
    if (state === 'granted' || state === 'denied' || state === 'pending') next[purpose] = state;
  }
  return PURPOSES.some((purpose) => before[purpose] !== next[purpose]) ? next : undefined;
}

/** The same state for every purpose. */
export function everyPurpose(state: ConsentState): Consent {
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, state])) as Consent;
}
