import type { IngestLog } from '../../log/contract.js';
import type { Applied, Store } from '../../stores/contract.js';
import { unavailableCode } from '../../stores/unavailable.js';
import { errorFacts, type Logger } from '../logger.js';
import { arrivalAfter, createStepper, type Stepper } from './step.js';
import { createNap, createWaiters, type Nap, type Waiters } from './waiting.js';

/** Carries records from the log into the store, in order, each until it is in. */
export interface Applier {
  /** Resolves after the first look at the store, whether or not it answered. */
  started: Promise<void>;
  /** Durable records that are not in the store yet. */
  lagRecords(): number;
  /** Age of the oldest of them; 0 when there is none. */
  lagSeconds(): number;
  /**
   * Waits until everything that is durable now is in the store; true when it is, false when `timeoutMs` passed first or
   * the applier stopped.
   */
  settled(timeoutMs?: number): Promise<boolean>;
  /** Runs work while nothing is being applied. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** True while applying fails again and again, or cannot begin, and while the store is away. */
  isFailing(): boolean;
  /** True when the store holds more than the log: what is accepted now would be taken for applied, hence lost. */
  isBlocked(): boolean;
  /**
   * Applies what is durable, then stops; after `timeoutMs`, or when the store fails, it stops earlier: the log keeps the
   * rest for the next start.
   */
  close(timeoutMs?: number): Promise<void>;
}

export interface ApplierParts {
  log: IngestLog;
  store: Store;
  logger: Logger;
  onApplied(applied: Applied): void;
  onFailure(): void;
}

const MAX_RECORDS = 4000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
const CLOSE_MS = 10_000;

interface State {
  position: number;
  /** When the oldest record not yet applied was received, ISO 8601. */
  oldestAt: string | undefined;
  failures: number;
  /** The position is known. */
  started: boolean;
  /** It is the store's own word: not so before the first look, and after a crash. */
  knowsPosition: boolean;
  /** The store holds more than the log: nothing may be taken. */
  isBlocked: boolean;
  closing: boolean;
  stopped: boolean;
}

/**
 * Starts the loop. Nothing is ever skipped: a batch that fails is tried again after a growing pause and in halves, so
 * that a single bad record ends up alone, is named by its position in the log lines, and holds the line until somebody
 * looks.
 */
export function createApplier(parts: ApplierParts): Applier {
  const { log, store } = parts;
  const state: State = {
    position: 0,
    oldestAt: undefined,
    failures: 0,
    started: false,
    knowsPosition: false,
    isBlocked: false,
    closing: false,
    stopped: false,
  };
  const nap = createNap();
  const waiters = createWaiters(state);
  const stepper = createStepper(log, store);
  let turn: Promise<unknown> = Promise.resolve();
  let looked = () => {};
  const started = new Promise<void>((resolve) => {
    looked = resolve;
  });

  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const pass = (limit: number): Promise<boolean> => exclusively(() => applyNext(parts, state, { stepper, limit }));
  const stopListening = log.onAppend(() => {
    if (state.failures === 0) nap.wake();
  });
  const running = run(parts, state, { pass, nap, waiters, looked }).finally(stopListening);

  return {
    started,
    lagRecords: () => (state.started ? Math.max(0, log.last() - state.position) : 0),
    lagSeconds: () => (state.oldestAt ? Math.max(0, Date.now() - Date.parse(state.oldestAt)) / 1000 : 0),
    isFailing: () => state.isBlocked || state.failures >= 3 || (store.state?.() ?? 'ready') !== 'ready',
    isBlocked: () => state.isBlocked,
    exclusively,
    settled: (timeoutMs) => waiters.until(log.last(), timeoutMs),
    async close(timeoutMs = CLOSE_MS) {
      state.closing = true;
      const timer = setTimeout(() => {
        state.stopped = true;
      }, timeoutMs);
      nap.wake();
      await running;
      clearTimeout(timer);
    },
  };
}

interface Loop {
  /** Applies the next records, at most so many; true when there may be more. */
  pass(limit: number): Promise<boolean>;
  nap: Nap;
  waiters: Waiters;
  /** To be called after the first look at the store. */
  looked(): void;
}

/** Applies until it is told to stop. Never rejects. */
async function run(parts: ApplierParts, state: State, { pass, nap, waiters, looked }: Loop): Promise<void> {
  let limit = MAX_RECORDS;
  while (!state.stopped) {
    try {
      if (!state.knowsPosition) await begin(parts, state).finally(looked);
      const more = await pass(limit);
      state.failures = 0;
      limit = Math.min(MAX_RECORDS, limit * 2);
      waiters.look();
      if (!more && state.closing) break;
      if (!more) await nap.rest();
    } catch (error) {
      parts.onFailure();
      state.failures += 1;
      const unavailable = unavailableCode(error);
      // A store that crashed may or may not have done what it was asked; it says where it is.
      if (unavailable) state.knowsPosition = false;
      // What was not even tried is not too much.
      if (unavailable !== 'store-unavailable') limit = Math.max(1, Math.floor(limit / 2));
      parts.logger.error('apply-failed', { ...errorFacts(error), after: state.position, attempt: state.failures });
      if (state.closing) break;
      await nap.rest(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (state.failures - 1)));
    }
  }
  state.stopped = true;
  waiters.look();
}

async function begin({ log, store, logger }: ApplierParts, state: State): Promise<void> {
  const position = await store.position();
  // New records would get positions that the store believes to have: they would be lost without a word.
  state.isBlocked = position > log.last();
  if (state.isBlocked) throw new Error('The store is ahead of the log: log files are missing.');
  state.position = position;
  state.started = true;
  state.knowsPosition = true;
  logger.info('applier-started', { position, waiting: log.last() - position });
}

/** Applies one batch of at most `limit` records. Resolves with true when there may be more. */
async function applyNext(
  { log, onApplied }: ApplierParts,
  state: State,
  { stepper, limit }: { stepper: Stepper; limit: number },
): Promise<boolean> {
  const end = log.last();
  if (end > state.position) {
    state.oldestAt ??= await arrivalAfter(log, state.position);
    const step = await stepper(state.position, limit);
    // The last positions may be gaps that an erasure or a repair left: there is nothing to wait for.
    state.position = step?.position ?? end;
    state.oldestAt = log.last() > state.position ? step?.receivedAt : undefined;
    if (step) onApplied(step.applied);
  }
  return log.last() > state.position;
}
