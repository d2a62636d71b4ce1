import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ReasonCode } from '../protocol/index.js';
import type { Applied, IdentityProblems } from '../stores/contract.js';

/** What the gauges show; read when they are scraped. */
export interface Levels {
  lagRecords(): number;
  lagSeconds(): number;
  logBytes(): number;
  /** Numbered events that did not arrive lately. */
  lost(): Promise<number>;
  /** What the stitching rules keep apart. */
  identityProblems(): Promise<IdentityProblems>;
}

/** Counts what happens, for Prometheus. */
export interface Metrics {
  accepted(events: number): void;
  /** A page view of the exempt measurement. */
  viewed(): void;
  /** One event, or a request refused as a whole. */
  rejected(code: ReasonCode, what: 'event' | 'request'): void;
  answered(status: number, seconds: number): void;
  applied(applied: Applied): void;
  applyFailed(): void;
  /** Events taken out of, or trimmed in, log and store. */
  revised(why: 'retention' | 'withdrawal' | 'objection' | 'restriction', removed: number, trimmed: number): void;
  /** Events that retention removed before every destination had them. */
  unforwarded(events: number): void;
  /** Where other parts of the process may add their own. */
  registry: Registry;
  /** The text of `GET /metrics`. */
  text(): Promise<string>;
  contentType: string;
}

/** Metrics on a registry of their own, so that several receivers in one process do not collide. */
export function createMetrics(levels: Levels): Metrics {
  const registers = [new Registry()];
  const counter = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Counter({ name, help, labelNames, registers });
  const accepted = counter('filrouge_events_accepted_total', 'Events written to the log.');
  const unforwarded = counter(
    'filrouge_events_unforwarded_total',
    'Events that retention removed before every destination had them.',
  );
  const viewed = counter('filrouge_audience_views_total', 'Page views counted by the exempt measurement.');
  const rejected = counter('filrouge_events_rejected_total', 'Events that were not taken, by reason code.', ['code']);
  const refused = counter('filrouge_requests_refused_total', 'Requests refused as a whole, by reason code.', ['code']);
  const stored = counter('filrouge_events_stored_total', 'Events applied to the store.');
  const duplicate = counter('filrouge_events_duplicate_total', 'Events whose messageId was stored already.');
  const suppressed = counter(
    'filrouge_events_suppressed_total',
    'Events of erased persons, at the door or when applied.',
  );
  const failures = counter(
    'filrouge_apply_failures_total',
    'Attempts to apply records that failed; they are repeated.',
  );
  const removed = counter('filrouge_events_removed_total', 'Events removed from log and store, by reason.', ['why']);
  const trimmed = counter('filrouge_events_trimmed_total', 'Events that lost what was refused later.', ['why']);
  const durations = new Histogram({
    name: 'filrouge_request_duration_seconds',
    help: 'Time from the whole request to its answer on the ingest routes.',
    labelNames: ['status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  // Looking the labels up anew costs as much as checking an event.
  const statuses = new Map<number, ReturnType<typeof durations.labels>>();
  gauge(registers, 'filrouge_applier_lag_records', 'Log records that are not applied yet.', levels.lagRecords);
  gauge(registers, 'filrouge_applier_lag_seconds', 'Age of the oldest log record not applied yet.', levels.lagSeconds);
  gauge(registers, 'filrouge_log_bytes', 'Size of the log on disk.', levels.logBytes);
  const lossHelp =
    'Events that page loads of the last 24 hours numbered and that did not arrive (asked once a minute).';
  gauge(registers, 'filrouge_events_lost', lossHelp, levels.lost);
  identityGauges(registers, levels.identityProblems);
  const [registry = new Registry()] = registers;
  return {
    accepted: (events) => accepted.inc(events),
    viewed: () => viewed.inc(),
    rejected: (code, what) => {
      (what === 'event' ? rejected : refused).inc({ code });
      if (code === 'suppressed') suppressed.inc();
    },
    answered: (status, seconds) => {
      let ofStatus = statuses.get(status);
      if (!ofStatus) statuses.set(status, (ofStatus = durations.labels(String(status))));
      ofStatus.observe(seconds);
    },
    applied: (applied) => {
      stored.inc(applied.stored);
      duplicate.inc(applied.duplicates);
      suppressed.inc(applied.suppressed);
    },
    applyFailed: () => failures.inc(),
    revised: (why, gone, cut) => {
      if (gone) removed.inc({ why }, gone);
      if (cut) trimmed.inc({ why }, cut);
    },
    unforwarded: (events) => unforwarded.inc(events),
    registry,
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

function gauge(registers: Registry[], name: string, help: string, level: () => number | Promise<number>): void {
  new Gauge({
    name,
    help,
    registers,
    async collect() {
      this.set(await level());
    },
  });
}

/** Counts only: which identifiers they are is for who has the admin key (`GET /v1/identity-problems`). */
function identityGauges(registers: Registry[], problems: Levels['identityProblems']): void {
  const conflicts =
    'Pairs of identifiers that came together and were kept apart, or two of a kind would be one person.';
  gauge(registers, 'filrouge_identity_conflicts', conflicts, async () => (await problems()).conflicts.length);
  const shared = 'Identifiers that met too many others and link nobody any more.';
  gauge(registers, 'filrouge_identity_shared', shared, async () => (await problems()).shared.length);
  new Gauge({
    name: 'filrouge_identity_blocked_events',
    help: 'Stored events whose identifier stands for nobody (null, 0, guest), by its type.',
    labelNames: ['type'],
    registers,
    async collect() {
      this.reset();
      for (const { type, events } of (await problems()).blocked) this.set({ type }, events);
    },
  });
}
