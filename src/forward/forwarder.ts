import { Registry } from 'prom-client';
import type { Collector } from '../browser/contracts.js';
import type { IngestLog } from '../log/contract.js';
import { errorFacts, type Logger, silentLogger } from '../receiver/index.js';
import { cursorFile } from './cursor.js';
import { type Lane, openLane } from './lane.js';
import { createMeters, type Lag } from './meters.js';

/** Options of `createForwarder`. */
export interface ForwarderOptions {
  log: IngestLog;
  /** Where the cursors are kept; made if absent. */
  directory: string;
  /** Destinations by label: letters, digits, `-` and `_`. The label names the cursor; change it to begin anew. */
  destinations: { [label: string]: Collector };
  logger?: Logger;
  /** Where the metrics go; default a registry of its own. */
  registry?: Registry;
  /** First pause after a failure in ms, doubled each time up to 5 minutes; default 1000. */
  firstPauseMs?: number;
  /** The clock, milliseconds since 1970. */
  now?: () => number;
}

/** A running forwarder. */
export interface Forwarder {
  /** The position up to which every destination has everything; older records may go. */
  position(): number;
  metrics: Registry;
  /** Ends requests under way (they are repeated at the next start) and stops. The log stays open. */
  close(): Promise<void>;
}

const LONGEST_PAUSE_MS = 300_000;

/**
 * Passes what the log holds on to other systems, each at its own pace from its own durable cursor: at least once, in the
 * order of arrival, with the event's id for deduplication. What an erasure or a withdrawal took out of the log is not
 * sent. A new destination begins with what arrives from now on. Rejects when a cursor cannot be read.
 */
export async function createForwarder(options: ForwarderOptions): Promise<Forwarder> {
  const { log, directory, logger = silentLogger, registry = new Registry(), now = Date.now } = options;
  const lags = new Map<string, Lag>();
  const meterOf = createMeters(registry, lags);
  const stopping = new AbortController();
  const lanes: Lane[] = [];
  for (const [label, destination] of Object.entries(options.destinations)) {
    if (!/^[\w-]{1,60}$/.test(label)) {
      throw new Error(`The destination "${label}" needs a label of letters, digits, "-" and "_" only.`);
    }
    const lane = await openLane({
      label,
      destination,
      log,
      logger,
      now,
      file: cursorFile(directory, label),
      meter: meterOf(label),
      stopping: stopping.signal,
    });
    lags.set(label, {
      records: () => Math.max(0, log.last() - lane.cursor.position),
      seconds: () => (lane.waitingSinceMs === undefined ? 0 : Math.max(0, now() - lane.waitingSinceMs) / 1000),
    });
    lanes.push(lane);
    logger.info('forward-started', { destination: label, waiting: log.last() - lane.cursor.position });
  }
  const running = lanes.map((lane) =>
    run(lane, { log, logger, stopping: stopping.signal, first: options.firstPauseMs }),
  );
  return {
    position: () => Math.min(log.last(), ...lanes.map(({ cursor }) => cursor.position)),
    metrics: registry,
    async close() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

interface Surroundings {
  log: IngestLog;
  logger: Logger;
  stopping: AbortSignal;
  first: number | undefined;
}

async function run(lane: Lane, { log, logger, stopping, first = 1000 }: Surroundings): Promise<void> {
  let failures = 0;
  while (!stopping.aborted) {
    const before = log.last();
    const result = await lane.step().catch((error: unknown) => {
      // A disk that is full, a log that cannot be read: the same pause as for a destination that fails.
      logger.error('forward-step-failed', errorFacts(error));
      return { againAfterMs: 0 };
    });
    if (result === 'more') failures = 0;
    else if (result === 'idle') await untilAppended(log, before, stopping);
    else {
      const doubled = Math.min(first * 2 ** failures, LONGEST_PAUSE_MS);
      failures += 1;
      await pause(result.againAfterMs + doubled * (0.5 + Math.random() / 2), stopping);
    }
  }
}

function untilAppended(log: IngestLog, before: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      stopListening();
      stopping.removeEventListener('abort', end);
      resolve();
    };
    const stopListening = log.onAppend(end);
    stopping.addEventListener('abort', end, { once: true });
    // Something may have come between the look and the listening.
    if (log.last() > before || stopping.aborted) end();
  });
}

function pause(ms: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stopping.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    stopping.addEventListener('abort', end, { once: true });
    if (stopping.aborted) end();
  });
}
