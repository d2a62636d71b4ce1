import {
  type Consent,
  MAX_EVENT_BYTES,
  type Purpose,
  SESSION_IDLE_MINUTES,
  type Touch,
  uuidv7,
} from '../protocol/index.js';
import { attempt } from './attempt.js';
import type { Draft, Emit, Pin, PinnedDraft, ReportProblem } from './contracts.js';
import { type Device, type Identity, openDevice } from './device.js';
import { enrichDraft } from './enrich.js';
import { changeConsent, everyPurpose, gateDraft } from './gate.js';
import type { TrackerOptions } from './options.js';
import { createOutbox, type Outbox } from './outbox.js';
import { createPen } from './pen.js';
import { createPinDraft } from './pin.js';
import { readTouch } from './touch.js';
import { byteLength } from './transport.js';

declare global {
  interface Document {
    /** The browser loads the page in advance; nobody may ever see it. Missing in TypeScript's library. */
    prerendering?: boolean;
  }
}

/** The way of an event from a call to the outboxes: pin, gate, enrich, fan out. */
export interface Pipeline {
  emit: Emit;
  outboxes: Outbox[];
  device: Device;
  consent(): Consent;
  setConsent(change: Partial<Consent>): void;
}

/** Builds the pipeline. It stores and sends nothing before `setConsent` grants, unless the owner chose `anonymous`. */
export function createPipeline(options: TrackerOptions, problem: ReportProblem, landing?: Partial<Pin>): Pipeline {
  const { withoutConsent = 'hold', sessionMinutes = SESSION_IDLE_MINUTES, cookieDomain } = options;
  let lastMs = 0;
  // Never the same millisecond twice, nor an earlier one: ids sort in the order in which they were made.
  const newId = () => uuidv7((lastMs = Math.max(Date.now(), lastMs + 1)), (bytes) => crypto.getRandomValues(bytes));
  const device = openDevice(sessionMinutes * 60_000, cookieDomain, newId, problem);
  const outboxes = options.collectors.map((collector) => createOutbox(collector, problem));
  const pen = createPen();
  const pinDraft = createPinDraft(newId);
  const nobody: Identity = { anonymousId: newId() };
  /** Touches wait here from the first line of script until `attribution` is decided. */
  const escrow: Touch[] = [];
  let seenUrl = '';
  let consent = everyPurpose('pending');

  const granted = (purpose: Purpose) => consent[purpose] === 'granted';
  const denied = (purpose: Purpose) => consent[purpose] === 'denied';

  /** A URL seen for the first time may be a touch. Only the landing has a foreign referrer. */
  const pin = (draft: Draft): PinnedDraft => {
    const pinned = pinDraft(draft);
    const { url, referrer, at } = pinned;
    const touch = url !== seenUrl && !denied('attribution') && readTouch(url, seenUrl ? '' : referrer, at);
    if (touch) escrow.push(touch);
    seenUrl = url;
    return pinned;
  };

  const deliver = (draft: PinnedDraft, identity: Identity) => {
    const event = enrichDraft(draft, identity, consent, newId);
    const json = JSON.stringify(event);
    const { messageId: id } = event;
    if (byteLength(json) > MAX_EVENT_BYTES) return problem('too-large', id);
    for (const { purpose, add } of outboxes) {
      // What has no identity needs no purpose, but only collectors for analytics may have it.
      if (identity === nobody ? purpose === 'analytics' : granted(purpose)) add({ id, json, minor: draft.minor });
      else problem('no-consent', purpose);
    }
  };

  const admit = (draft: PinnedDraft) =>
    attempt(
      () => {
        // A page that is only prerendered may never be seen; nothing it did has happened yet.
        const verdict = document.prerendering ? 'hold' : gateDraft(consent, draft.type, withoutConsent);
        if (verdict === 'drop') problem('no-consent');
        else if (verdict === 'hold') pen.hold(draft) || problem('held-full');
        else if (verdict === 'anonymous') deliver(draft, nobody);
        else if (draft.type === 'reset') device.reset();
        // While attribution is pending the touches stay in escrow and the event goes out without them.
        else deliver(draft, device.identify(draft, granted('attribution') ? escrow.splice(0) : undefined));
      },
      problem,
      'not-serializable',
    );

  // Before any router can move on: the landing is evidence even if the first call comes later.
  pin({ type: 'track', ...landing });
  // What a prerendered page did happens when it is shown.
  document.addEventListener('prerenderingchange', () =>
    pen.release().forEach((draft) => admit({ ...draft, at: Date.now() })),
  );

  return {
    outboxes,
    device,
    emit: (draft) => admit(pin(draft)),
    consent: () => consent,
    setConsent(change) {
      consent = changeConsent(consent, change);
      const isGranted = granted('analytics');
      const isDenied = denied('analytics');
      if (denied('attribution')) {
        escrow.length = 0;
        if (isGranted) device.forgetTouches();
      }
      if (isDenied) device.wipe();
      for (const { purpose, open, purge } of outboxes) {
        if (isDenied || denied(purpose)) purge();
        else if (isGranted && granted(purpose)) open();
      }
      // By the gate again, which passes, drops or holds on.
      pen.release().forEach(admit);
    },
  };
}
