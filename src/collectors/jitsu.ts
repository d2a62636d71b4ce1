import type { Collector } from '../browser/contracts.js';
import { sendAndRead } from './encode/encoder.js';
import { type SegmentOptions, segment } from './segment.js';

/**
 * Jitsu 2: Segment's batch, with the key (`keyId:secret` of a browser key) in the body. It answers 200 also when it could
 * not take some events. Source: jitsucom/bulker, ingest/router_batch_handler.go.
 */
export function jitsu(options: SegmentOptions): Collector {
  const { ledger: _, ...collector } = segment(options);
  return { ...collector, name: collector.name.replace('segment', 'jitsu'), send: sendAndRead(refusals) };
}

function refusals(answer: unknown): string[] {
  const { ok, errors } = (answer ?? {}) as { ok?: unknown; errors?: unknown };
  // The texts quote ids and go no further.
  return ok === false && Array.isArray(errors) ? errors.map(() => 'jitsu-error') : [];
}
