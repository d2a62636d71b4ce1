import { type CallMethod, draftFromCall } from './calls.js';
import type { Emit, Pin, ReportProblem } from './contracts.js';
import { everyPurpose } from './gate.js';
import { onHidden, onRestore } from './lifecycle.js';
import type { Tracker, TrackerOptions, Visitor } from './options.js';
import { createPipeline, type Pipeline } from './pipeline.js';
import { countProblems } from './problems.js';
import { readRecord } from './storage.js';

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
  let stopped = false;
  const emit: Emit = (draft) => stopped || pipeline.emit(draft);
  const call: StartedTracker['call'] = (method, args, pin) => {
    try {
      emit({ ...draftFromCall(method, args), ...pin });
      const callback = args.find((arg) => typeof arg === 'function');
      if (callback) queueMicrotask(() => callback());
    } catch (error) {
      problem('bad-call', error);
    }
  };
  const method =
    (name: CallMethod) =>
    (...args: unknown[]) =>
      call(name, args);
  const flush = async () => {
    await Promise.all(outboxes.map((outbox) => outbox.flush()));
  };
  const stop = new AbortController();
  const { signal } = stop;
  const stops = [...watchConsent(options.consent, pipeline, problem), ...startCaptures(options.capture, emit, problem)];
  // After the captures, so that what they emit when the page is hidden leaves with the rest.
  onHidden(() => pipeline.setAway(true), signal);
  const back = () => {
    pipeline.setAway(false);
    void flush();
  };
  onRestore(back, signal);
  addEventListener('online', back, { signal });
  addEventListener('visibilitychange', () => document.visibilityState === 'visible' && back(), {
    capture: true,
    signal,
  });
  const tracker: Tracker = {
    page: method('page'),
    track: method('track'),
    identify: method('identify'),
    group: method('group'),
    alias: method('alias'),
    reset: () => emit({ type: 'reset' }),
    consent(change) {
      if (change) {
        pipeline.setConsent(change);
        if (!options.consent && pipeline.consent().analytics === 'granted')
          device.record().consent = pipeline.consent();
      }
      return { ...pipeline.consent() };
    },
    flush,
    forget: () => pipeline.setConsent(everyPurpose('denied')),
    stop() {
      stopped = true;
      stop.abort();
      for (const end of [...stops, ...outboxes.map((outbox) => outbox.stop)]) end();
    },
    visitor: () => readVisitor(pipeline),
  };
  return { tracker, call };
}

function watchConsent(source: TrackerOptions['consent'], pipeline: Pipeline, problem: ReportProblem): (() => void)[] {
  try {
    if (source && 'watch' in source) return [source.watch(pipeline.setConsent)];
    // A page that calls consent() itself is remembered when it granted; a denial leaves nothing to remember it by.
    const known = source ?? readRecord().consent;
    if (known) pipeline.setConsent(known);
  } catch (error) {
    problem('consent-failed', error);
  }
  return [];
}

function startCaptures(captures: TrackerOptions['capture'], emit: Emit, problem: ReportProblem): (() => void)[] {
  return (captures ?? []).map((capture) => {
    try {
      return capture.start(emit);
    } catch (error) {
      problem('capture-failed', error);
      return () => {};
    }
  });
}

function readVisitor({ consent, device }: Pipeline): Visitor {
  if (consent().analytics !== 'granted') return { touches: [] };
  const { id, user, group, session, touches = [] } = device.record();
  const history = touches.map(({ touch }) => touch);
  return {
    anonymousId: id,
    userId: user,
    groupId: group,
    sessionId: session?.id,
    first: history[0],
    last: history.at(-1),
    touches: history,
  };
}
