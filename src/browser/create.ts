import type { Consent, ConsentProof } from '../protocol/index.js';
import { attempt } from './attempt.js';
import { type CallMethod, draftFromCall } from './calls.js';
import type { Emit, Pin } from './contracts.js';
import { everyPurpose } from './gate.js';
import { listen } from './lifecycle.js';
import type { Tracker, TrackerOptions, Visitor } from './options.js';
import { createPipeline, type Pipeline } from './pipeline.js';
import { countProblems } from './problems.js';
import { type DeviceRecord, readIdCookie, readRecord } from './storage.js';

/** Creates a tracker and starts its captures. Stores and sends nothing before consent. Never throws into the page. */
export function createTracker(options: TrackerOptions): Tracker {
  return startTracker(options).tracker;
}

/** What the tag gets: it replays calls that were made before it loaded, with the time and page they were made on. */
export interface StartedTracker {
  tracker: Tracker;
  call(method: CallMethod, args: readonly unknown[], pin?: Partial<Pin>): void;
}

/** As `createTracker`; `landing` is where and when the page landed, if that was before this script ran. */
export function startTracker(options: TrackerOptions, landing?: Partial<Pin>): StartedTracker {
  const problem = countProblems(options.onProblem);
  const pipeline = createPipeline(options, problem, landing);
  const { outboxes, device } = pipeline;
  const stop = new AbortController();
  const { signal } = stop;
  const emit: Emit = (draft) => signal.aborted || pipeline.emit(draft);
  const call: StartedTracker['call'] = (method, args, pin) =>
    attempt(
      () => {
        emit({ ...draftFromCall(method, args), ...pin });
        const callback = args.find((arg): arg is () => void => typeof arg === 'function');
        if (callback) queueMicrotask(callback);
      },
      problem,
      'bad-call',
    );
  const method =
    (name: CallMethod) =>
    (...args: unknown[]) =>
      call(name, args);
  // Other tabs learn of each decision at once, without a trace on the device.
  const tabs = attempt(() => new BroadcastChannel('filrouge'));
  if (tabs) tabs.onmessage = ({ data }) => void pipeline.setConsent(data);
  const decide: Decide = (change, proof) => {
    if (pipeline.setConsent(change, proof)) tabs?.postMessage(pipeline.consent());
  };
  // In the back/forward cache a page hears nothing of a withdrawal in another tab (WebKit), nor does it ever of one on a
  // subdomain; the id tells, which is gone, or another one since consent was given anew. Before the captures, which have a
  // page view to tell.
  let id: string | undefined;
  let cookie: string | undefined;
  const onLeave = () => {
    cookie = readIdCookie();
    // Where there is no cookie, as some browsers are set, the record alone has the id.
    id = cookie ?? readRecord().anonymousId;
  };
  const onReturn = () => {
    const now = id && (cookie ? readIdCookie() : readRecord().anonymousId);
    if (now !== id) now ? pipeline.renew() : pipeline.setConsent({ analytics: 'denied' });
  };
  listen('pagehide', onLeave, signal);
  listen('pageshow', onReturn, signal);
  const ends = [
    attempt(() => watchConsent(options.consent, pipeline, decide), problem, 'consent-failed'),
    ...(options.capture ?? []).map((capture) => attempt(() => capture.start(emit, signal), problem, 'capture-failed')),
    ...outboxes.map((outbox) => outbox.stop),
    () => {
      tabs?.close();
      stop.abort();
    },
  ];
  // After the captures, so that what they emit when the page is hidden leaves with the rest.
  const onLife = ({ type }: Event) => {
    for (const { leave, flush } of outboxes) type === 'pagehide' || document.hidden ? leave() : void flush();
  };
  listen('online pagehide pageshow visibilitychange', onLife, signal);
  const tracker: Tracker = {
    page: method('page'),
    track: method('track'),
    group: method('group'),
    alias: method('alias'),
    identify: method('identify'),
    reset: () => emit({ type: 'reset' }),
    consent(change) {
      if (change) decide(change);
      const consent = pipeline.consent();
      if (change && !options.consent && consent.analytics === 'granted') device.record().consent = consent;
      return { ...consent };
    },
    flush: async () => void (await Promise.all(outboxes.map((outbox) => outbox.flush()))),
    forget: () => decide(everyPurpose('denied')),
    stop() {
      for (const end of ends) end?.();
    },
    visitor: () => readVisitor(pipeline.consent(), device),
  };
  return { tracker, call };
}

type Decide = (change: Partial<Consent>, proof?: ConsentProof) => void;

function watchConsent(
  source: TrackerOptions['consent'],
  { setConsent }: Pipeline,
  decide: Decide,
): (() => void) | undefined {
  if (source && 'watch' in source) {
    return source.watch((change, proof) => decide(change, { source: source.name, ...proof }));
  }
  // A page that calls consent() itself is remembered when it granted; a denial leaves nothing to remember it by.
  setConsent(source ?? readRecord().consent ?? {});
  return undefined;
}

function readVisitor(consent: Consent, device: Pipeline['device']): Visitor {
  const known: DeviceRecord = consent.analytics === 'granted' ? device.record() : {};
  const { anonymousId, userId, groupId, session, touches = [] } = known;
  return {
    anonymousId,
    userId,
    groupId,
    sessionId: session?.id,
    first: touches[0],
    last: touches.at(-1),
    touches,
  };
}
