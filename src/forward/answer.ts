import { HOUR_MS } from '../protocol/time.js';

/** What an answer means for the events of the request. */
export type Outcome =
  | { kind: 'taken' }
  /** The collector will never take this request: halve it to find the event that it means. */
  | { kind: 'refused' }
  /** Again after a pause; `afterMs` is what the collector asked for, 0 when it said nothing. */
  | { kind: 'again'; afterMs: number; status: number };

const REFUSED = [400, 413, 415, 422];
/** A collector that asks for more is asked again after this. */
const LONGEST_PAUSE_MS = HOUR_MS;

/**
 * Classifies as the outbox of the browser does, but for 401, 403, 404 and 410: here somebody can mend a key while the
 * server runs, so they are tried again.
 */
export function classify(response: Response | undefined, nowMs: number): Outcome {
  const status = response?.status ?? 0;
  if (response?.ok) return { kind: 'taken' };
  if (REFUSED.includes(status)) return { kind: 'refused' };
  const after = response?.headers.get('retry-after') ?? '';
  const askedMs = Number(after) ? Number(after) * 1000 : Date.parse(after) - nowMs;
  return { kind: 'again', afterMs: Math.min(Math.max(0, askedMs || 0), LONGEST_PAUSE_MS), status };
}
