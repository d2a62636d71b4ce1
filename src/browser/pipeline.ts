import {
  CONSENT_EVENT,
  type Consent,
  type ConsentProof,
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
import { toJson } from './json.js';
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
  /** True when that changed something. */
  setConsent(change: Partial<Consent>, proof?: ConsentProof): boolean;
  /** The device has another id than when the page was left: what was in memory is forgotten, what is on disk stays. */
  renew(): void;
}

/** What waits for consent: a draft for all, or what one outbox (its number) lacks the purpose for, with whose event it is. */
type Held = [draft: PinnedDraft, identity?: Identity, outbox?: number];

/** Builds the pipeline. It stores and sends nothing before `setConsent` grants, unless the owner chose `anonymous`. */
export function createPipeline(options: TrackerOptions, problem: ReportProblem, landing?: Partial<Pin>): Pipeline {
  const {
    withoutConsent = 'hold',
    onWithdrawal,
    sessionMinutes = SESSION_IDLE_MINUTES,
    cookieDomain,
    parameters,
  } = options;
  const newId = createNewId();
  const device = openDevice(sessionMinutes * 60_000, cookieDomain, newId, problem, options.firstId);
  const outboxes = options.collectors.map((collector) => createOutbox(collector, problem));
  const pen = createPen<Held>();
  const pinDraft = createPinDraft(newId);
  const nobody: Identity = { anonymousId: newId() };
  /** Touches wait here from the first line of script until `attribution` is decided. */
  const escrow: Touch[] = [];
  let seenUrl = '';
  let consent = everyPurpose('pending');
  /** Where the latest choice comes from, until an event has told it. */
  let proof: ConsentProof | undefined;

  const granted = (purpose: Purpose) => consent[purpose] === 'granted';
  const denied = (purpose: Purpose) => consent[purpose] === 'denied';

  /** A URL seen for the first time may be a touch. Only the landing has a foreign referrer. */
  const pin = (draft: Draft): PinnedDraft => {
    const pinned = pinDraft(draft);
    const { url, referrer, at } = pinned;
    const touch = url !== seenUrl && !denied('attribution') && readTouch(url, seenUrl ? '' : referrer, at, parameters);
    if (touch) escrow.push(touch);
    seenUrl = url;
    return pinned;
  };

  const hold = (...held: Held) => pen.hold(held) || problem('held-full');

  const deliver = (draft: PinnedDraft, identity: Identity, only?: number) => {
    const { filrouge } = identity;
    if (filrouge && proof) {
      filrouge.consent = proof;
      proof = undefined;
    }
    const event = enrichDraft(draft, identity, consent, newId, parameters);
    const json = toJson(event);
    const { messageId: id } = event;
    if (byteLength(json) > MAX_EVENT_BYTES) return problem('too-large', id);
    outboxes.forEach(({ purpose, ledger, take }, index) => {
      if (index !== (only ?? index)) return;
      // What has no identity needs no purpose, but only collectors for analytics may have it; a withdrawal is no business
      // of others than who keeps the ledger.
      const isOpen = filrouge ? granted(purpose) : purpose === 'analytics' && (identity === nobody || ledger);
      if (isOpen) take({ id, json, minor: draft.minor });
      // Made anew with the consent of then, but the same event.
      else if (filrouge && !denied(purpose)) {
        hold({ ...draft, options: { ...draft.options, messageId: id } }, identity, index);
      } else problem('no-consent', purpose);
    });
  };

  const admit = (...[draft, identity, only]: Held) =>
    attempt(
      () => {
        const { type } = draft;
        if (type === 'view') return;
        // A page that is only prerendered may never be seen; nothing it did has happened yet.
        const verdict = document.prerendering ? 'hold' : gateDraft(consent, type, withoutConsent);
        if (verdict === 'drop') problem('no-consent');
        else if (verdict === 'hold') hold(draft, identity, only);
        else if (verdict === 'anonymous') identity || deliver(draft, nobody);
        else if (type === 'reset') device.reset();
        // While attribution is pending the touches stay in escrow and the event goes out without them.
        else
          deliver(
            draft,
            identity ?? device.identify(draft, granted('attribution') ? escrow.splice(0) : undefined),
            only,
          );
      },
      problem,
      'not-serializable',
    );

  // Before any router can move on: the landing is evidence even if the first call comes later.
  pin({ type: 'track', ...landing });
  // What a prerendered page did happens when it is shown.
  document.addEventListener('prerenderingchange', () =>
    pen.release().forEach(([draft, ...rest]) => admit({ ...draft, at: Date.now() }, ...rest)),
  );

  return {
    outboxes,
    device,
    emit: (draft) => admit(pin(draft)),
    consent: () => consent,
    renew() {
      pen.release();
      device.wipe(true);
      outboxes.forEach(({ purpose, open }) => granted('analytics') && granted(purpose) && open(true));
    },
    setConsent(change, from) {
      const before = consent;
      consent = changeConsent(before, change);
      if (consent === before) return false;
      if (denied('attribution')) escrow.length = 0;
      proof = from;
      const anonymousId = enforce(consent, device, outboxes, onWithdrawal === 'finish');
      // The last word of a device that was known: its withdrawal, from memory, for who keeps the ledger. It says nothing of
      // the page: that is what was just refused.
      if (anonymousId) {
        const options = { context: { page: {} } };
        deliver(pin({ type: 'track', event: CONSENT_EVENT, properties: { ...from }, options }), { anonymousId });
      }
      // By the gate again, which passes, drops or holds on.
      pen.release().forEach((held) => admit(...held));
      attempt(() => options.onConsent?.({ ...consent }), problem, 'consent-failed');
      return true;
    },
  };
}

/** What a new state means for what the device already holds. Returns the id that a denial has removed. */
function enforce(
  consent: Consent,
  device: Device,
  outboxes: readonly Outbox[],
  isFinishing: boolean,
): string | undefined {
  const { analytics, attribution } = consent;
  const known = analytics === 'denied' ? device.wipe() : undefined;
  if (analytics === 'granted' && attribution === 'denied') {
    // How the visitor came is forgotten, who it is stays.
    const record = device.record();
    record.touch = record.touches = undefined;
  }
  for (const { purpose, open, purge } of outboxes) {
    if (analytics === 'denied' || consent[purpose] === 'denied') purge(isFinishing);
    else if (analytics === 'granted' && consent[purpose] === 'granted') open();
  }
  return known;
}

/** Never the same millisecond twice, nor an earlier one: ids sort in the order in which they were made. */
function createNewId(): () => string {
  let lastMs = 0;
  return () => uuidv7((lastMs = Math.max(Date.now(), lastMs + 1)), crypto.getRandomValues(new Uint32Array(3)));
}
