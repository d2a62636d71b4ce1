import type { LogRecord } from '../../src/log/contract.js';
import { type BatchMeta, encodeRecord } from '../../src/log/record.js';
import type { WireEvent } from '../../src/protocol/index.js';

/** What a test says about an event; the rest is filled in. `minute` counts from 2026-11-02T10:00Z. */
export type Sketch = Partial<WireEvent> & { minute: number };

const START = Date.parse('2026-11-02T10:00:00.000Z');

/** The time of a minute of the test's day, ISO 8601. */
export function at(minute: number): string {
  return new Date(START + minute * 60_000).toISOString();
}

/** Makes wire events; ids count per call: `m1`, `m2` … unless given. */
export function events(...sketches: Sketch[]): WireEvent[] {
  return sketches.map(({ minute, ...rest }, i) => ({
    type: rest.event ? 'track' : 'page',
    messageId: `m${i + 1}`,
    timestamp: at(minute),
    ...(rest.userId || rest.anonymousId ? {} : { anonymousId: 'device' }),
    ...rest,
  }));
}

/** A log record with a batch of events, received long after they happened. */
export function record(position: number, batch: WireEvent[], meta: Partial<BatchMeta> = {}): LogRecord {
  const full: BatchMeta = { kind: 'batch', receivedAt: '2026-12-01T00:00:00.000Z', skewMs: 0, key: 'write', ...meta };
  return { position, bytes: encodeRecord(full, new TextEncoder().encode(JSON.stringify({ batch }))) };
}

/** A log record that suppresses identifiers. */
export function suppression(position: number, identifiers: string[], until: string): LogRecord {
  return { position, bytes: encodeRecord({ kind: 'suppress', at: until, identifiers }) };
}

/** Everything an async iterable yields. */
export async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}
