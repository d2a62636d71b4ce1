import {
  CHOICE_NOTED_EVENT,
  CONSENT_EVENT,
  type ConsentProof,
  isObject,
  type JsonObject,
  WITHDRAWAL_APPLIED_EVENT,
  type WireConsent,
  type WireEvent,
} from '../../protocol/index.js';

/** What nobody sent. */
export const OWN_EVENTS: readonly string[] = [CHOICE_NOTED_EVENT, WITHDRAWAL_APPLIED_EVENT];

/** Turns choices that come with events into entries of the consent ledger. */
export interface Choices {
  /** The ledger's entry for the choice that an event tells, if it is news. Takes the proof out of the event. */
  entryOf(event: WireEvent): WireEvent | undefined;
  /** Takes note of a choice that was told by itself: the stamps that repeat it are no news. */
  hear(event: WireEvent): void;
}

const DEVICES = 50_000;
/** Characters, about: a sender may name as many categories as an event has room for. */
const MAX_HELD = 20_000_000;

/**
 * A client may say where a choice comes from (ours does once a page). Of those that only stamp each event with the state of
 * their visitor, the last state of each device is remembered in memory; a state noted twice (after a restart) is harmless.
 */
export function createChoices(): Choices {
  const last = new Map<string, { state: JsonObject; proof: string }>();
  let held = 0;
  const isNews = (
    { anonymousId, userId }: WireEvent,
    preferences: JsonObject,
    proof?: ConsentProof | JsonObject,
  ): boolean => {
    const key = anonymousId ?? userId ?? '';
    const known = last.get(key);
    const proven = proof && Object.keys(proof).length ? JSON.stringify(proof) : (known?.proof ?? '');
    if (known && known.proof === proven && isSame(known.state, preferences)) return false;
    const size = key.length + proven.length + JSON.stringify(preferences).length;
    if (last.size >= DEVICES || (held += size) > MAX_HELD) {
      last.clear();
      held = size;
    }
    last.set(key, { state: { ...preferences }, proof: proven });
    return true;
  };
  return {
    hear(event) {
      const preferences = event.context?.consent?.categoryPreferences;
      if (preferences) isNews(event, preferences, event.properties);
    },
    entryOf(event) {
      const { context } = event;
      const preferences = context?.consent?.categoryPreferences;
      if (!preferences || isConsentEvent(event)) return undefined;
      const proof = context?.filrouge?.consent;
      if (proof) delete context?.filrouge?.consent;
      if (!isNews(event, preferences, proof)) return undefined;
      return entry(event, preferences, { ...(proof ?? { source: 'stamp' }) });
    },
  };
}

/** The same choices. Nearly every event repeats those of the one before, so nothing is made here. */
function isSame(known: JsonObject, preferences: JsonObject): boolean {
  let left = 0;
  for (const category in known) {
    if (known[category] !== preferences[category]) return false;
    left += 1;
  }
  for (const _ in preferences) left -= 1;
  return left === 0;
}

/** True for the event by which a client tells a choice and nothing else. */
export function isConsentEvent({ type, event }: WireEvent): boolean {
  return type === 'track' && event === CONSENT_EVENT;
}

/**
 * What the ledger keeps of a consent event: who, when, what, and the proof. Everything else goes, because the event is kept
 * also when it denies. Without preferences it says nothing: undefined.
 */
export function readConsentEvent(event: WireEvent): WireEvent | undefined {
  const preferences = event.context?.consent?.categoryPreferences;
  if (!preferences) return undefined;
  const { source, version, string } = event.properties ?? {};
  return entry(event, preferences, { source, version, string });
}

function entry(event: WireEvent, preferences: Preferences, proof: JsonObject): WireEvent {
  const { messageId, timestamp, anonymousId, userId } = event;
  const properties: JsonObject = {};
  for (const [key, value] of Object.entries(proof)) {
    if (typeof value === 'string' && /^(?:source|version|string)$/.test(key)) properties[key] = value;
  }
  return {
    type: 'track',
    event: isConsentEvent(event) ? CONSENT_EVENT : CHOICE_NOTED_EVENT,
    // Made from the event's own, so that what is sent again makes the same entry again.
    messageId: isConsentEvent(event) ? messageId : `${messageId.slice(0, 240)}:consent`,
    timestamp,
    ...(anonymousId !== undefined && { anonymousId }),
    ...(userId !== undefined && { userId }),
    ...(Object.keys(properties).length > 0 && { properties }),
    context: { consent: { categoryPreferences: preferences }, ...(isConsentEvent(event) && keptContext(event)) },
  };
}

type Preferences = NonNullable<WireConsent['categoryPreferences']>;

/** The number in the sequence stays, or the event would look lost. */
function keptContext({ context }: WireEvent): WireEvent['context'] {
  const sequence = context?.filrouge?.sequence;
  return isObject(sequence) ? { filrouge: { v: 1, sequence } } : {};
}
