import { type Consent, MAX_EVENT_BYTES, SESSION_IDLE_MINUTES, uuidv7 } from '../protocol/index.js';
import type { Emit, Pin, PinnedDraft, ReportProblem } from './contracts.js';
import { type Device, openDevice } from './device.js';
import { enrichDraft, type Identity } from './enrich.js';
import { createEscrow } from './escrow.js';
import { changeConsent, everyPurpose, gateDraft } from './gate.js';
import type { TrackerOptions } from './options.js';
import { createOutbox, type Outbox } from './outbox.js';
import { createPen } from './pen.js';
import { createPinDraft } from './pin.js';

/** The way of an event from a call to the outboxes: pin, gate, enrich, fan out. */
export interface Pipeline {
  emit: Emit;
  outboxes: Outbox[];
  device: Device;
  consent(): Consent;
  setConsent(change: Partial<Consent>): void;
  /** Since the page was hidden it may end at any moment: then every event leaves at once. */
  setAway(away: boolean): void;
}

/** Builds the pipeline. It stores and sends nothing before `setConsent` grants, unless the owner chose `anonymous`. */
export function createPipeline(options: TrackerOptions, problem: ReportProblem, landing?: Partial<Pin>): Pipeline {
  const { withoutConsent = 'hold', sessionMinutes = SESSION_IDLE_MINUTES, cookieDomain } = options;
  let lastMs = 0;
  // Never the same millisecond twice, nor an earlier one: ids sort in the order in which they were made.
  const newId = () => uuidv7((lastMs = Math.max(Date.now(), lastMs + 1)), (bytes) => crypto.getRandomValues(bytes));
  const device = openDevice(sessionMinutes * 60_000, cookieDomain, newId, problem);
  const outboxes = options.collectors.map((collector) => createOutbox(collector, problem));
  const pen = createPen(problem);
  const pinDraft = createPinDraft(newId);
  const escrow = createEscrow();
  const anonymous: Identity = { anonymousId: newId() };
  let consent = everyPurpose('pending');
  let away = false;
  // Before any router can move on: the landing is evidence even if the first call comes later.
  escrow.notice(pinDraft({ type: 'track', ...landing }));

  const admit = (draft: PinnedDraft) => {
    const verdict = gateDraft(consent, withoutConsent);
    if (verdict === 'hold') pen.hold(draft);
    else if (verdict === 'drop') problem('no-consent');
    else if (draft.type === 'reset') device.reset();
    else if (verdict === 'anonymous') deliver(draft, anonymous, false);
    else {
      // While attribution is pending the touches stay in escrow and the event goes out without them.
      const touches = consent.attribution === 'granted' ? escrow.take() : undefined;
      deliver(draft, device.identify(draft, touches), true);
    }
  };

  const deliver = (draft: PinnedDraft, identity: Identity, durable: boolean) => {
    const event = enrichDraft(draft, identity, consent, newId);
    const json = JSON.stringify(event);
    const id = event.messageId;
    if (json.length * 3 > MAX_EVENT_BYTES && new Blob([json]).size > MAX_EVENT_BYTES) return problem('too-large', id);
    for (const outbox of outboxes) {
      const { purpose } = outbox.collector;
      // What has no identity needs no purpose, but only collectors for analytics may have it.
      if (durable ? consent[purpose] !== 'granted' : purpose !== 'analytics') problem('no-consent', purpose);
      else {
        outbox.add({ id, json, ...(draft.minor && { minor: true }) }, durable);
        if (away) outbox.leave();
      }
    }
  };

  return {
    outboxes,
    device,
    emit(draft) {
      try {
        const pinned = pinDraft(draft);
        escrow.notice(pinned);
        admit(pinned);
      } catch (error) {
        problem('not-serializable', error);
      }
    },
    consent: () => consent,
    setConsent(change) {
      const next = changeConsent(consent, change);
      if (!next) return;
      consent = next;
      const { analytics, attribution } = next;
      if (attribution === 'denied') escrow.take();
      if (analytics === 'denied') {
        problem('no-consent', 'held', pen.release().length);
        device.wipe();
      }
      for (const outbox of outboxes) {
        const state = next[outbox.collector.purpose];
        if (analytics === 'denied' || state === 'denied') outbox.purge();
        else if (analytics === 'granted' && state === 'granted') outbox.open();
      }
      if (analytics === 'granted') pen.release().forEach(admit);
    },
    setAway(now) {
      away = now;
      if (now) for (const outbox of outboxes) outbox.leave();
    },
  };
}
