import type { BatchAnswer, ReasonCode, WireEvent } from '../protocol/index.js';
import { type DoorTools, JSON_HEADERS, jsonAnswer, refuse, toResponse } from '../receiver/index.js';
import { type EventMaking, eventOf } from './event.js';
import type { Entry } from './webhooks/contract.js';

/** Refuses a request as a whole, and counts that. */
export function no(code: ReasonCode, tools: DoorTools, headers: { [name: string]: string } = {}): Response {
  tools.refused(code);
  return toResponse(refuse({ code }, { ...JSON_HEADERS, ...headers }));
}

/**
 * Records what entries tell and answers: how many were taken, how many say nothing of interest, and each that nobody can read by
 * its place in the list. 503 when they could not be written to disk.
 */
export async function takeEntries(
  name: string,
  entries: readonly Entry[],
  making: EventMaking,
  tools: DoorTools,
): Promise<Response> {
  const heardAt = new Date(tools.now()).toISOString();
  const events: WireEvent[] = [];
  const indexes: number[] = [];
  const rejected: NonNullable<BatchAnswer['rejected']> = [];
  let ignored = 0;
  entries.forEach((entry, index) => {
    if (entry === 'ignored') ignored += 1;
    else if (entry === 'missing-id') rejected.push({ messageId: null, index, code: 'bad-field', field: 'id' });
    else if (typeof entry === 'string') rejected.push({ messageId: null, index, code: entry });
    else {
      events.push(eventOf(name, entry, making, heardAt));
      indexes.push(index);
    }
  });
  const taken = await tools.accept(events);
  if ('code' in taken) return no(taken.code, tools);
  rejected.push(...taken.rejected.map((one) => ({ ...one, index: indexes[one.index] ?? one.index })));
  if (rejected.length) tools.logger.warn('webhook-entries-rejected', { service: name, entries: rejected.length });
  const answer = { success: true, accepted: taken.accepted, ignored, ...(rejected.length && { rejected }) };
  return jsonAnswer(answer);
}
