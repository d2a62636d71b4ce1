import { Counter, Gauge, type Registry } from 'prom-client';

/** Why an event was passed over: no consent for the purpose, sent before, no word for it there, or too old. */
export type PassedOver = 'no-consent' | 'repeat' | 'no-word';

/** Counts of one destination. */
export interface Meter {
  sent(events: number): void;
  passedOver(reason: PassedOver, events: number): void;
  refused(events: number): void;
  failed(): void;
}

/** What the gauges show; read when they are scraped. */
export interface Lag {
  records(): number;
  seconds(): number;
}

/** Adds the metrics of forwarding to a registry; every line has the label `destination`. */
export function createMeters(registry: Registry, lags: ReadonlyMap<string, Lag>): (label: string) => Meter {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, more: L[] = []) =>
    new Counter({ name, help, labelNames: ['destination', ...more], registers });
  const sent = counter('filrouge_forward_sent_total', 'Events that a destination took.');
  const refused = counter('filrouge_forward_refused_total', 'Events that a destination refused for good.');
  const passed = counter('filrouge_forward_passed_over_total', 'Events not meant for a destination.', ['reason']);
  const failures = counter('filrouge_forward_failures_total', 'Requests that failed; they are repeated.');
  const gauge = (name: string, help: string, read: (lag: Lag) => number) =>
    new Gauge({
      name,
      help,
      labelNames: ['destination'],
      registers,
      collect() {
        for (const [destination, lag] of lags) this.set({ destination }, read(lag));
      },
    });
  gauge('filrouge_forward_lag_records', 'Log records that were not offered yet.', (lag) => lag.records());
  gauge('filrouge_forward_lag_seconds', 'Age of the oldest of them.', (lag) => lag.seconds());
  return (destination) => ({
    sent: (events) => sent.inc({ destination }, events),
    refused: (events) => refused.inc({ destination }, events),
    passedOver: (reason, events) => passed.inc({ destination, reason }, events),
    failed: () => failures.inc({ destination }),
  });
}
