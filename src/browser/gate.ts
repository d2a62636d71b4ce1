import { type Consent, type ConsentState, PURPOSES, type Purpose } from '../protocol/index.js';
import type { Draft } from './contracts.js';

/** What to do with events while `analytics` is not granted; `anonymous` sends them without any identity or storage. */
export type WithoutConsent = 'hold' | 'drop' | 'anonymous';

/** What the gate says about an event now. */
export type Verdict = 'pass' | WithoutConsent;

/** How the wire says it: what is pending vanishes from the JSON. */
const PREFERENCES = { granted: true, denied: false, pending: undefined };

/**
 * Decides by the consent of this moment. Pending is not denied: it holds (in memory) unless the owner chose otherwise;
 * denied drops, and what is dropped is never sent later. Who says who the visitor is cannot be anonymous.
 */
export function gateDraft({ analytics }: Consent, type: Draft['type'], withoutConsent: WithoutConsent): Verdict {
  if (analytics === 'granted') return 'pass';
  if (withoutConsent === 'anonymous') return /page|track/.test(type) ? withoutConsent : 'drop';
  // What is misspelt holds: nothing but a grant may let through.
  return analytics === 'denied' || withoutConsent === 'drop' ? 'drop' : 'hold';
}

/** The state after a change; the same object when nothing really changed. Unknown purposes and values are ignored. */
export function changeConsent(before: Consent, change: Partial<Consent>): Consent {
  const after = eachPurpose((purpose) => {
    const state = change[purpose];
    return state && Object.hasOwn(PREFERENCES, state) ? state : before[purpose];
  });
  return PURPOSES.every((purpose) => after[purpose] === before[purpose]) ? before : after;
}

/** The same state for every purpose. */
export function everyPurpose(state: ConsentState): Consent {
  return eachPurpose(() => state);
}

/** `context.consent.categoryPreferences` of the Segment spec. */
export function wirePreferences(consent: Consent): Record<Purpose, boolean | undefined> {
  return eachPurpose((purpose) => PREFERENCES[consent[purpose]]);
}

function eachPurpose<T>(value: (purpose: Purpose) => T): Record<Purpose, T> {
  return Object.fromEntries(PURPOSES.map((purpose) => [purpose, value(purpose)])) as Record<Purpose, T>;
}
